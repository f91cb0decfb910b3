/**
 * Random programs whose bodies of loops are random, too: of every operation whose answer does not
 * depend on an order. All data sets have the fields `k`, `a` and `s` with few different values, so
 * that they stay small however often a body runs.
 */
import { type Random, randomFrom } from '../../support/random.js'
import type { Program, Statement } from './program.js'

const FIELDS = ['k', 'a', 's'] as const

/** What can be read at some place of a program. */
interface Scope {
  readonly names: readonly string[]
  /** The solution sets among them, which are read in part by coGroup. */
  readonly solutions: readonly string[]
  /** How many loops are around. */
  readonly depth: number
  /** What keys of solution sets look like here: `'k'`, or the name of a function. */
  readonly key: string
}

/** The program of a seed. */
export function randomLoop(seed: number): Program {
  return new LoopGrower(randomFrom(seed)).program()
}

class LoopGrower {
  readonly #random: Random
  #names = 0

  constructor(random: Random) {
    this.#random = random
  }

  program(): Program {
    const { array, pick, chance } = this.#random
    const size = () => pick([0, 1, 4, 12, 25])
    const record = () => ({
      k: pick([0, 1, 2, 3, 4, 5, null]),
      a: pick([0, 1, 2, 3, 0.5, -1, null, Number.NaN]),
      s: pick(['', 'a', 'ü', '😀', null]),
    })
    const data = {
      first: array(1 + size(), record),
      second: array(1 + size(), record),
      third: array(1 + size(), record),
    }
    let scope: Scope = { names: Object.keys(data), solutions: [], depth: 0, key: "'k'" }
    const statements: Statement[] = []
    const add = (text: string) => {
      const name = `d${this.#names++}`
      statements.push({ name, text, uses: usedIn(text, scope.names), order: 'none' })
      scope = { ...scope, names: [...scope.names, name] }
    }
    if (chance(0.5)) add(this.#step(pick(scope.names), scope))
    for (let loops = pick([1, 1, 2]); loops > 0; loops--) add(this.#loop(pick(scope.names), scope))
    if (chance(0.5)) add(this.#step(scope.names.at(-1)!, scope))
    return { data, statements, roots: [scope.names.at(-1)!] }
  }

  #loop(start: string, scope: Scope): string {
    return this.#random.chance(0.5) ? this.#bulk(start, scope) : this.#delta(start, scope)
  }

  #bulk(start: string, scope: Scope): string {
    const current = `c${this.#names++}`
    const { lines, last, inner } = this.#body(current, {
      ...scope,
      names: [...scope.names, current],
    })
    const result = this.#random.chance(0.3)
      ? `{ next: ${last}.distinct(), untilEmpty: ${this.#step(this.#pick(inner), inner)} }`
      : `${last}${this.#random.chance(0.8) ? '.distinct()' : ''}`
    const bounded = result.includes('distinct') ? result : `${last}.distinct()`
    return `${start}.iterate({ maxIterations: ${this.#rounds()} }, ${current} => { ${lines} return ${bounded} })`
  }

  #delta(start: string, scope: Scope): string {
    const { chance, pick } = this.#random
    const n = this.#names++
    const [solution, workset] = [`s${n}`, `w${n}`]
    const key = pick(["'k'", `key${n}`, "'k', 's'"])
    const unique = (name: string) =>
      key === "'k', 's'"
        ? `${name}.groupBy('k', 's').aggregate({ a: max('a') })`
        : `${name}.groupBy('k').aggregate({ a: max('a'), s: min('s') })`
    const within = {
      ...scope,
      names: [...scope.names, solution, workset],
      solutions: [...scope.solutions, solution],
      key,
    }
    const { lines, last, inner } = this.#body(workset, within)
    const parts = [
      `delta: ${unique(this.#step(last, inner))}`,
      `workset: ${chance(0.3) ? workset : `${last}.distinct()`}`,
      ...(chance(0.2) ? [`untilEmpty: ${this.#step(this.#pick(inner), inner)}`] : []),
    ]
    const first = chance(0.5) ? start : this.#pick(scope)
    const options = `{ workset: ${first}, key: [${key}], maxIterations: ${this.#rounds()} }`
    const loop = `${unique(start)}.iterateDelta(${options}, ({ solution: ${solution}, workset: ${workset} }) => { ${lines} return { ${parts.join(', ')} } })`
    return key.startsWith('key') ? `(${key} => ${loop})(r => r.k)` : loop
  }

  /** Some steps from `from` on, and beside it. */
  #body(from: string, scope: Scope): { lines: string; last: string; inner: Scope } {
    let inner: Scope = { ...scope, depth: scope.depth + 1 }
    let last = from
    const lines: string[] = []
    for (let steps = 1 + this.#random.int(4); steps > 0; steps--) {
      const name = `b${this.#names++}`
      const beside = this.#random.chance(0.25)
      const text = this.#step(beside ? this.#pick(inner) : last, inner)
      lines.push(`const ${name} = ${text};`)
      inner = { ...inner, names: [...inner.names, name] }
      if (!beside) last = name
    }
    return { lines: lines.join(' '), last, inner }
  }

  #pick({ names }: Scope): string {
    return this.#random.pick(names)
  }

  #rounds(): number {
    return 1 + this.#random.int(4)
  }

  #step(name: string, scope: Scope): string {
    const steps = [
      this.#filter,
      this.#map,
      this.#map,
      this.#derive,
      this.#flatMap,
      this.#union,
      this.#distinct,
      this.#first,
      this.#aggregate,
      this.#aggregate,
      this.#group,
      this.#join,
      this.#join,
      this.#join,
      this.#lookUp,
      this.#lookUp,
      this.#select,
      this.#coGroup,
      this.#handed,
      this.#partition,
      this.#cross,
      this.#reduce,
      this.#mapPartition,
    ]
    if (scope.depth < 2 && this.#random.chance(scope.depth === 0 ? 0.2 : 0.1)) {
      return this.#loop(name, scope)
    }
    return this.#random.pick(steps).call(this, name, scope)
  }

  #filter(name: string): string {
    return `${name}.filter(${this.#random.pick([
      'r => r.a > 1',
      'r => r.k !== 2',
      "r => r.s === 'a' || r.k > 3",
      'r => r.a !== null && r.k !== null',
      "'a > 0 or k == 1'",
    ])})`
  }

  #map(name: string): string {
    const n = 1 + this.#random.int(3)
    return `${name}.map(${this.#random.pick([
      `r => ({ ...r, k: r.k === null ? ${n} : (r.k + ${n}) % 6 })`,
      `r => ({ k: r.k, a: r.a === null ? null : (r.a * ${n}) % 5, s: r.s })`,
      `({ k, a, s }) => ({ k, a: k, s: s === null ? 'n' : s })`,
      `r => ({ ...r, s: r.a > ${n} ? 'a' : null })`,
      'r => r',
    ])})`
  }

  #derive(name: string): string {
    return `${name}.derive({ ${this.#random.pick([
      "a: r => r.k ?? 0, s: () => 'd'",
      "a: 'k'",
      'k: r => (r.k ?? 0) % 3',
    ])} }).select('k', 'a', 's')`
  }

  #flatMap(name: string): string {
    const n = this.#random.int(6)
    return `${name}.flatMap(${this.#random.pick([
      `r => [r, { ...r, k: ${n} }]`,
      `r => r.k === ${n} ? [] : [r]`,
    ])})`
  }

  #union(name: string, scope: Scope): string {
    return `${name}.union(${this.#pick(scope)}).distinct()`
  }

  #distinct(name: string): string {
    return `${name}.distinct()`
  }

  #first(name: string): string {
    const down = this.#random.chance(0.5) ? ", 'descending'" : ''
    return `${name}.orderBy('k'${down}).thenBy('a').thenBy('s').first(${1 + this.#random.int(9)})`
  }

  #aggregate(name: string): string {
    return this.#random.pick([
      `${name}.groupBy('k').aggregate({ a: max('a'), s: min('s') })`,
      `${name}.groupBy('s').aggregate({ k: min('k'), a: count() }).map(r => ({ ...r, a: r.a % 5 }))`,
      `${name}.groupBy('k', 's').sum('a').map(r => ({ k: r.k, s: r.s, a: r.a === null ? null : r.a % 5 }))`,
      `${name}.aggregate({ k: max('k'), a: min('a'), s: max('s') })`,
      `${name}.groupBy('k').minBy('a', 's')`,
      `${name}.groupBy(r => r.k).count().map(r => ({ k: r.key, a: r.count % 5, s: 'g' }))`,
    ])
  }

  #group(name: string): string {
    return `${name}.groupBy('k').reduceGroup(group => [{ k: group[0].k, a: group.length % 5, s: 'g' }])`
  }

  #join(name: string, scope: Scope): string {
    const { pick, chance } = this.#random
    const other = this.#pick(scope)
    const type = pick(['join', 'join', 'leftJoin', 'rightJoin', 'fullJoin'])
    const hint = chance(0.2)
      ? `, { hint: '${pick(['build-left', 'build-right', 'sort-merge'])}' }`
      : ''
    const [left, right] = this.#keys(scope)
    const condition = chance(0.3) ? `.filter((l, r) => ${pick(['l.a !== r.a', 'r.k > 1'])})` : ''
    const field = (side: string, f: string) => `(${side}?.${f} ?? null)`
    const [x, y, z] = FIELDS.map(f => field(pick(['l', 'r']), f))
    return `${name}.${type}(${other}${hint}).where(${left}).equalTo(${right})${condition}.with((l, r) => ({ k: ${x}, a: ${y}, s: ${z} })).distinct()`
  }

  /** A join with a solution set, where there is one, by its key. */
  #lookUp(name: string, scope: Scope): string {
    const solution = scope.solutions.at(-1)
    if (solution === undefined) return this.#join(name, scope)
    const { key } = scope
    const keys = `.where(${key}).equalTo(${key})`
    return this.#random.pick([
      `${name}.join(${solution})${keys}.with((l, r) => ({ k: l.k, a: r.a, s: l.s }))`,
      `${name}.join(${solution})${keys}.filter((l, r) => l.a > r.a).with(l => l)`,
      `${name}.leftJoin(${solution})${keys}.with((l, r) => ({ k: l.k, a: l.a, s: r === null ? 'new' : r.s }))`,
      `${solution}.join(${name})${keys}.with((l, r) => ({ ...r, a: l.a }))`,
      `${solution}.rightJoin(${name})${keys}.with((l, r) => ({ k: r.k, a: l?.a ?? null, s: r.s }))`,
      `${name}.semiJoin(${solution})${keys}`,
      `${name}.antiJoin(${solution})${keys}`,
    ])
  }

  #select(name: string, scope: Scope): string {
    const [left, right] = this.#keys(scope)
    const type = this.#random.pick(['semiJoin', 'antiJoin'])
    return `${name}.${type}(${this.#pick(scope)}).where(${left}).equalTo(${right})`
  }

  #coGroup(name: string, scope: Scope): string {
    const other = this.#pick(scope)
    // With a solution set, keys that only it has get no call.
    const looked = [name, other].some(side => scope.solutions.includes(side))
    const none = looked ? 'x.length === 0 || y.length === 0 ? [] : ' : ''
    return `${name}.coGroup(${other}).where('k').equalTo('k').with((x, y) => ${none}[{ k: (x[0] ?? y[0]).k, a: (x.length + 2 * y.length) % 5, s: 'c' }])`
  }

  #handed(name: string, scope: Scope): string {
    const other = this.#pick(scope)
    return this.#random.pick([
      `${name}.map((r, { o }) => ({ ...r, a: o.length % 5 }), { with: { o: ${other} } })`,
      `${name}.filter((r, { o }) => o.some(x => x.k === r.k), { with: { o: ${other} } })`,
      `${name}.map((r, { o, n }) => ({ k: (o.filter(x => x.a > 1).length + n) % 6, a: r.a, s: r.s }), { with: { o: ${other}, n: 2 } })`,
    ])
  }

  #partition(name: string): string {
    return `${name}${this.#random.pick(['.rebalance()', ".partitionByHash('k')", ".partitionByRange('k')"])}`
  }

  #cross(name: string, scope: Scope): string {
    const other = `${this.#pick(scope)}.aggregate({ k: max('k'), a: min('a'), s: max('s') })`
    const result = '.with((l, r) => ({ k: l.k, a: r.a, s: l.s }))'
    return this.#random.chance(0.5)
      ? `${name}.cross(${other})${result}`
      : `${other}.cross(${name})${result}`
  }

  #reduce(name: string): string {
    return `${name}.groupBy('k').reduce((x, y) => ({ k: x.k, a: Math.max(x.a ?? 0, y.a ?? 0), s: 'r' }))`
  }

  #mapPartition(name: string): string {
    return `${name}.mapPartition(${this.#random.pick([
      'function* (records) { for (const r of records) if (r.a !== 1) yield r }',
      'records => [...records].map(r => ({ ...r, k: (r.k ?? 0) % 4 }))',
    ])})`
  }

  #keys({ key }: Scope): readonly [string, string] {
    return this.#random.pick([
      ["'k'", "'k'"],
      ["'k'", "'k'"],
      ["'k', 's'", "'k', 's'"],
      ['r => r.k', "'k'"],
      ["'a'", "'k'"],
      [key, key],
    ])
  }
}

/** Those of `names` that stand in `text`. */
function usedIn(text: string, names: readonly string[]): readonly string[] {
  return names.filter(name => new RegExp(`\\b${name}\\b`).test(text))
}
