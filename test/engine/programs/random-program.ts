/** Random programs on data sets, of every operation whose answer is defined. */
import { type Random, randomFrom } from '../../support/random.js'
import type { Order, Program, Statement } from './program.js'

type Type = 'number' | 'string' | 'boolean' | 'date'

/** A field: where it is, and how a function reads it. */
interface Field {
  readonly path: string
  readonly type: Type
}

/** A data set under construction. */
interface Part {
  readonly name: string
  readonly fields: readonly Field[]
  readonly order: Order
  /** About how many records it has, so that programs stay small. */
  readonly size: number
  readonly shape: 'object' | 'tuple' | 'value'
}

const NUMBERS = [0, -0, 1, 2, 3, 4, 5, 7, 0.5, -1.5, 2 ** 31, -(2 ** 31), null, Number.NaN]
const TEXTS = ['', 'a', 'b', 'ü', '日本', '😀', 'constructor', '__proto__', null]
const LARGEST = 2500

/** The program of a seed. */
export function randomProgram(seed: number): Program {
  return new Grower(randomFrom(seed)).program()
}

class Grower {
  readonly #random: Random
  readonly #parts: Part[] = []
  readonly #statements: Statement[] = []
  #names = 0

  constructor(random: Random) {
    this.#random = random
  }

  program(): Program {
    const random = this.#random
    const data = this.#data()
    const steps = 2 + random.int(7)
    for (let step = 0; step < steps; step++) {
      this.#grow(random.chance(0.75) ? this.#parts.at(-1)! : random.pick(this.#parts))
    }
    const last = this.#statements.at(-1)!.name
    const other = random.pick(this.#statements).name
    const roots = random.chance(0.3) && other !== last ? [last, other] : [last]
    return { data, statements: this.#statements, roots }
  }

  #data(): Record<string, unknown[]> {
    const random = this.#random
    const size = () => random.pick([0, 1, 5, 20, 60])
    const number = () => random.pick(NUMBERS)
    const text = () => random.pick(TEXTS)
    const whole = () => random.int(6)
    const date = () => random.pick([new Date(0), new Date(86_400_000), new Date(5), null])
    const flag = () => random.pick([true, false, null])
    const records = {
      numbers: random.array(20 + size(), () => ({ a: number(), b: whole(), c: number() })),
      things: random.array(5 + size(), () => ({ k: whole(), s: text(), f: flag(), d: date() })),
      nested: random.array(1 + size(), k =>
        k % 3 === 0 ? { k: whole(), u: null } : { k: whole(), u: { p: number(), q: text() } },
      ),
      tuples: random.array(1 + size(), () => [whole(), text()]),
      values: random.array(1 + size(), () => random.pick([0, 1, 2, 3, 0.5])),
    }
    const fields: Readonly<Record<keyof typeof records, Readonly<Record<string, Type>>>> = {
      numbers: { a: 'number', b: 'number', c: 'number' },
      things: { k: 'number', s: 'string', f: 'boolean', d: 'date' },
      nested: { k: 'number', 'u.p': 'number', 'u.q': 'string' },
      tuples: { 0: 'number', 1: 'string' },
      values: { value: 'number' },
    }
    for (const name of random.shuffle(Object.keys(records) as (keyof typeof records)[])) {
      this.#parts.push({
        name,
        fields: Object.entries(fields[name]).map(([path, type]) => ({ path, type })),
        order: 'exact',
        size: records[name].length,
        shape: name === 'tuples' ? 'tuple' : name === 'values' ? 'value' : 'object',
      })
    }
    return records
  }

  #grow(part: Part): void {
    if (part.shape === 'tuple') this.#growTuple(part)
    else if (part.shape === 'value') this.#growValue(part)
    else this.#growObject(part)
  }

  #growObject(part: Part): void {
    const steps = [
      this.#filter,
      this.#filter,
      this.#map,
      this.#map,
      this.#derive,
      this.#select,
      this.#flatMap,
      this.#union,
      this.#distinct,
      this.#first,
      this.#sort,
      this.#aggregate,
      this.#aggregate,
      this.#pick,
      this.#reduce,
      this.#reduceGroup,
      this.#join,
      this.#join,
      this.#selection,
      this.#merge,
      this.#coGroup,
      this.#cross,
      this.#partition,
      this.#mapPartition,
      this.#number,
      this.#cache,
      this.#handed,
      this.#twins,
    ]
    this.#random.pick(steps).call(this, part)
  }

  /** Adds a statement and the data set it makes. */
  #add(text: string, from: readonly Part[], made: Partial<Part> = {}): Part {
    const name = `d${this.#names++}`
    const part = { ...from[0]!, order: weakest(from), ...made, name }
    this.#statements.push({ name, text, uses: from.map(p => p.name), order: part.order })
    this.#parts.push(part)
    return part
  }

  #field(part: Part, type?: Type): Field | undefined {
    const fitting = part.fields.filter(field => type === undefined || field.type === type)
    return fitting.length > 0 ? this.#random.pick(fitting) : undefined
  }

  #some({ fields }: Part, most = 2): readonly Field[] {
    return this.#random.shuffle(fields).slice(0, 1 + this.#random.int(most))
  }

  /** A condition on `r` as the body of a function. */
  #condition(part: Part, r = 'r'): string {
    const field = this.#field(part)!
    const x = read(field, r)
    const n = this.#random.int(5)
    const texts: Readonly<Record<Type, readonly string[]>> = {
      number: [
        `${x} > ${n}`,
        `${x} > ${n} && ${x} <= ${n + 2}`,
        `${x} === ${n} || ${x} < 1`,
        `!(${x} >= ${n})`,
        `${x} !== null`,
        `Math.abs(${x} ?? 9) % 2 === 1`,
      ],
      string: [`${x} === 'a'`, `(${x} ?? '').length > 0`, `${x} !== null && ${x} < 'b'`],
      boolean: [`${x}`, `${x} === false`, `!${x}`],
      date: [`${x} !== null`, `(${x}?.getTime() ?? 0) > 3`],
    }
    return this.#random.pick(texts[field.type])
  }

  #filter(part: Part): void {
    const number = this.#field(part, 'number')
    const n = this.#random.int(5)
    const formula =
      number && this.#random.chance(0.3) && !number.path.includes('.')
        ? this.#random.pick([
            `${number.path} > ${n}`,
            `${number.path} * 2 <= ${n} or ${number.path} == 3`,
          ])
        : undefined
    const condition = formula ? `'${formula}'` : `r => ${this.#condition(part)}`
    this.#add(`${part.name}.filter(${condition})`, [part])
  }

  #map(part: Part): void {
    const [x, y, z] = this.#random.array(3, () => this.#field(part)!)
    const number = this.#field(part, 'number')
    const doubled = number ? `{ ...r, m: ${read(number)} * 2 }` : `{ ...r, m: 1 }`
    const [text, fields] = this.#random.pick<readonly [string, readonly Field[]]>([
      [`r => (${doubled})`, withFields(part.fields, { path: 'm', type: 'number' })],
      [
        `r => ({ x: ${read(x!)}, y: ${read(y!)}, z: ${read(z!)} })`,
        [renamed(x!, 'x'), renamed(y!, 'y'), renamed(z!, 'z')],
      ],
      [
        `r => { const x = ${read(x!)}; return { ...r, x } }`,
        withFields(part.fields, renamed(x!, 'x')),
      ],
      ['r => r', part.fields],
      [
        `({ ...rest }) => ({ ...rest, n: 3 })`,
        withFields(part.fields, { path: 'n', type: 'number' }),
      ],
    ])
    this.#add(`${part.name}.map(${text})`, [part], { fields })
  }

  #derive(part: Part): void {
    const [number, other] = [this.#field(part, 'number'), this.#field(part)!]
    if (number === undefined) return
    const plain = !number.path.includes('.')
    const text =
      plain && this.#random.chance(0.5)
        ? `{ p: '${number.path} * 2 + 1', q: r => ${read(other)} }`
        : `{ p: r => ${read(number)} - 1, q: r => ${read(other)} }`
    const fields = withFields(part.fields, { path: 'p', type: 'number' }, renamed(other, 'q'))
    this.#add(`${part.name}.derive(${text})`, [part], { fields })
  }

  #select(part: Part): void {
    const kept = this.#random
      .shuffle(part.fields)
      .slice(0, 1 + this.#random.int(part.fields.length))
    if (this.#random.chance(0.5)) {
      const fields = kept.map(field => renamed(field, lastName(field.path)))
      if (new Set(fields.map(field => field.path)).size < fields.length) return
      this.#add(`${part.name}.select(${quoted(kept)})`, [part], { fields })
      return
    }
    const fields = kept.map((field, k) => renamed(field, `w${k}`))
    const names = kept.map((field, k) => `w${k}: '${field.path}'`).join(', ')
    this.#add(`${part.name}.selectAs({ ${names} })`, [part], { fields })
  }

  #flatMap(part: Part): void {
    const condition = this.#condition(part)
    const text = this.#random.pick([
      `r => ${condition} ? [r, r] : []`,
      `r => [r].filter(r => ${condition})`,
      `function* (r) { if (${condition}) yield r }`,
    ])
    this.#add(`${part.name}.flatMap(${text})`, [part], { size: part.size * 1.5 })
  }

  #union(part: Part): void {
    const other = this.#random.pick(
      this.#parts.filter(({ shape, size }) => shape === 'object' && size + part.size < LARGEST),
    )
    if (other === undefined || part.size * 2 > LARGEST) return
    const same = (a: Field, b: Field) => a.path === b.path && a.type === b.type
    const clash = part.fields.some(a =>
      other.fields.some(b => topName(a.path) === topName(b.path) && !same(a, b)),
    )
    if (clash) return
    // Only fields of both sides are used further; the others may be absent.
    const fields = part.fields.filter(a => other.fields.some(b => same(a, b)))
    if (fields.length === 0) return
    this.#add(`${part.name}.union(${other.name})`, [part, other], {
      fields,
      size: part.size + other.size,
    })
  }

  /** The same records in an order that is the same everywhere. */
  #ordered(part: Part): Part {
    if (part.order === 'exact') return part
    const keys = part.fields.map(
      (field, k) => `.${k === 0 ? 'orderBy' : 'thenBy'}('${field.path}')`,
    )
    const plain = part.fields.map((field, k) => `k${k}: ${read(field)}`).join(', ')
    const fields = part.fields.map((field, k) => renamed(field, `k${k}`))
    const text = `${part.name}${keys.join('')}.map(r => ({ ${plain} }))`
    return this.#add(text, [part], { order: 'exact', fields })
  }

  #distinct(given: Part): void {
    if (this.#random.chance(0.3)) {
      const fields = this.#some(given, 3).filter(field => !field.path.includes('.'))
      if (fields.length === 0) return
      const text = `${given.name}.select(${quoted(fields)}).distinct()`
      this.#add(text, [given], { fields, order: inMemory(given.order) })
      return
    }
    const part = this.#ordered(given)
    const keys = this.#random.chance(0.2)
      ? `r => ${read(this.#field(part)!)}`
      : quoted(this.#some(part))
    this.#add(`${part.name}.distinct(${keys})`, [part], { order: inMemory(part.order) })
  }

  #first(given: Part): void {
    const part = this.#ordered(given)
    const count = 1 + this.#random.int(12)
    if (this.#random.chance(0.4)) {
      this.#add(`${part.name}.first(${count})`, [part], { size: count })
      return
    }
    const by = `${part.name}.groupBy(${quoted(this.#some(part))})`
    if (this.#random.chance(0.5)) {
      this.#add(`${by}.first(${count})`, [part], { order: 'none' })
      return
    }
    const sort = `.sortGroup('${this.#field(part)!.path}', '${this.#direction()}')`
    this.#add(`${by}${sort}.first(${count})`, [part], { order: 'none' })
  }

  #sort(part: Part): void {
    const keys = this.#some(part, 3).map((field, k) => {
      const key = this.#random.chance(0.2) ? `r => ${read(field)}` : `'${field.path}'`
      return `.${k === 0 ? 'orderBy' : 'thenBy'}(${key}, '${this.#direction()}')`
    })
    const limit = part.order === 'exact' && this.#random.chance(0.3) ? '.first(7)' : ''
    this.#add(`${part.name}${keys.join('')}${limit}`, [part], {
      order: part.order,
      size: limit ? 7 : part.size,
    })
  }

  #aggregate(given: Part): void {
    const { chance } = this.#random
    const ops = this.#random.shuffle(Object.keys(AGGREGATES)).slice(0, 1 + this.#random.int(3))
    const positional = ops.some(op => op === 'firstValue' || op === 'lastValue')
    const part = positional ? this.#ordered(given) : given
    const made: Field[] = []
    const aggregates = ops.flatMap((op, k) => {
      const types = AGGREGATES[op]!
      const field = this.#random.pick(part.fields.filter(({ type }) => types.includes(type)))
      if (op === 'count') {
        made.push({ path: `g${k}`, type: 'number' })
        return [`g${k}: count()`]
      }
      if (field === undefined) return []
      const kept = ['min', 'max', 'firstValue', 'lastValue'].includes(op)
      made.push({ path: `g${k}`, type: kept ? field.type : 'number' })
      const byFunction = op === 'share' || chance(0.2)
      const input =
        op === 'share'
          ? `r => ${read(field)} > 2`
          : byFunction
            ? `r => ${read(field)}`
            : `'${field.path}'`
      return [`g${k}: ${op}(${input})`]
    })
    if (aggregates.length === 0) return
    if (chance(0.2)) {
      const text = `${part.name}.aggregate({ ${aggregates.join(', ')} })`
      this.#add(text, [part], { fields: made, order: 'exact', size: 1 })
      return
    }
    const keys = this.#some(part)
    const byFunction = chance(0.25)
    const names = byFunction ? keys.map((_, k) => `h${k}`) : keys.map(({ path }) => lastName(path))
    if (new Set(names).size < names.length) return
    const key = byFunction
      ? `r => ({ ${keys.map((field, k) => `h${k}: ${read(field)}`).join(', ')} })`
      : quoted(keys)
    const text = `${part.name}.groupBy(${key}).aggregate({ ${aggregates.join(', ')} })`
    const fields = [...keys.map((field, k) => renamed(field, names[k]!)), ...made]
    this.#add(text, [part], { fields, order: inMemory(part.order) })
  }

  #pick(given: Part): void {
    const part = this.#ordered(given)
    const by = this.#random.chance(0.3) ? '' : `.groupBy(${quoted(this.#some(part))})`
    const op = this.#random.pick(['minBy', 'maxBy'])
    const order = by === '' ? 'exact' : inMemory(part.order)
    this.#add(`${part.name}${by}.${op}(${quoted(this.#some(part))})`, [part], { order })
  }

  #reduce(given: Part): void {
    const number = this.#field(given, 'number')
    if (number === undefined || number.path.includes('.')) return
    const part = this.#ordered(given)
    const { path } = part === given ? number : this.#field(part, 'number')!
    const by = this.#random.chance(0.3) ? '' : `.groupBy(${quoted(this.#some(part))})`
    const sum = `(a.${path} ?? 0) + (b.${path} ?? 0)`
    const text = `${part.name}${by}.reduce((a, b) => ({ ...a, ${path}: ${sum} }))`
    const order = by === '' ? 'exact' : inMemory(part.order)
    this.#add(text, [part], { order })
  }

  #reduceGroup(given: Part): void {
    const part = this.#ordered(given)
    const field = this.#field(part)!
    const keys = this.#some(part)
    const sort = this.#random.chance(0.5)
      ? `.sortGroup('${this.#field(part)!.path}', '${this.#direction()}')`
      : ''
    const [fn, fields] = this.#random.pick<readonly [string, readonly Field[]]>([
      ['group => group.slice(0, 2)', part.fields],
      ['function* (group) { for (const r of group) yield r }', part.fields],
      [
        `group => ({ n: group.length, x: ${read(field, 'group[0]')} })`,
        [{ path: 'n', type: 'number' }, renamed(field, 'x')],
      ],
    ])
    const text = `${part.name}.groupBy(${quoted(keys)})${sort}.reduceGroup(${fn})`
    this.#add(text, [part], { fields, order: inMemory(part.order) })
  }

  /** Another part to join with, and a pair of keys of one type. */
  #partner(left: Part): { right: Part; a: Field; b: Field } | undefined {
    const right = this.#random.pick(this.#parts.filter(({ shape }) => shape === 'object'))
    const a = this.#field(left)
    const b = a && right && this.#field(right, a.type)
    if (!a || !b || (left.size * right.size) / 4 > LARGEST) return undefined
    return { right, a, b }
  }

  #keyed(left: Part, right: Part, kind: string, a: Field, b: Field): string {
    const hint = this.#random.pick(['', '', '', 'build-left', 'build-right', 'sort-merge'])
    const options = kind === 'coGroup' || hint === '' ? '' : `, { hint: '${hint}' }`
    const keys = this.#random.chance(0.2)
      ? [`r => ${read(a)}`, `r => ${read(b)}`]
      : [`'${a.path}'`, `'${b.path}'`]
    return `${left.name}.${kind}(${right.name}${options}).where(${keys[0]}).equalTo(${keys[1]})`
  }

  #join(left: Part): void {
    const found = this.#partner(left)
    if (found === undefined) return
    const { right, a, b } = found
    const kind = this.#random.pick(['join', 'join', 'leftJoin', 'rightJoin', 'fullJoin'])
    const [x, y] = [this.#field(left)!, this.#field(right)!]
    const condition = this.#random.chance(0.3)
      ? `.filter((l, r) => ${this.#condition(left, 'l')}${this.#random.chance(0.5) ? ` && ${this.#condition(right)}` : ''})`
      : ''
    const pair = [renamed(x, 'x'), renamed(y, 'y')]
    const [result, fields] = this.#random.pick<readonly [string, readonly Field[]]>([
      [`.with((l, r) => ({ x: ${outer(x, 'l')}, y: ${outer(y, 'r')} }))`, pair],
      [`.pairs().map(([l, r]) => ({ x: ${outer(x, 'l')}, y: ${outer(y, 'r')} }))`, pair],
      [`.flatWith((l, r) => l && r ? [{ x: ${outer(x, 'l')}, y: ${outer(y, 'r')} }] : [])`, pair],
      kind === 'join' || kind === 'leftJoin'
        ? [
            `.with((l, r) => ({ ...l, y: ${outer(y, 'r')} }))`,
            withFields(left.fields, renamed(y, 'y')),
          ]
        : [
            `.with((l, r) => ({ x: ${outer(x, 'l')}, a: ${outer(a, 'l')}, y: ${outer(y, 'r')} }))`,
            [...pair, renamed(a, 'a')],
          ],
    ])
    this.#add(`${this.#keyed(left, right, kind, a, b)}${condition}${result}`, [left, right], {
      fields,
      order: 'none',
      size: (left.size * right.size) / 4 + left.size + right.size,
    })
  }

  #selection(left: Part): void {
    const found = this.#partner(left)
    if (found === undefined) return
    const { right, a, b } = found
    const kind = this.#random.pick(['semiJoin', 'antiJoin'])
    this.#add(this.#keyed(left, right, kind, a, b), [left, right], { order: 'none' })
  }

  /** A merge; the right side's fields get names of their own, but for a key of the same name. */
  #merge(left: Part): void {
    const found = this.#partner(left)
    if (found === undefined || left.fields.some(({ path }) => path.includes('.'))) return
    const { right, a, b } = found
    const other = this.#field(right)!
    const name = `v${this.#names}`
    const kind = this.#random.pick(['join', 'leftJoin', 'rightJoin', 'fullJoin'])
    const sides = `${right.name}.selectAs({ ${a.path}: '${b.path}', ${name}: '${other.path}' })`
    const keep = `${left.name}.select(${quoted(left.fields)})`
    const text = `${keep}.${kind}(${sides}).where('${a.path}').equalTo('${a.path}').merge()`
    this.#add(text, [left, right], {
      fields: withFields(left.fields, renamed(other, name)),
      order: 'none',
      size: (left.size * right.size) / 4 + left.size + right.size,
    })
  }

  #coGroup(given: Part): void {
    const found = this.#partner(given)
    if (found === undefined) return
    const { right, a, b } = found
    const sort = this.#random.chance(0.3) ? `.sortLeft('${this.#field(given)!.path}')` : ''
    const text = `${this.#keyed(given, right, 'coGroup', a, b)}${sort}.with((l, r) => ({ n: l.length, m: r.length, key: ${outer(a, 'l[0]')} ?? ${outer(b, 'r[0]')} }))`
    this.#add(text, [given, right], {
      fields: [{ path: 'n', type: 'number' }, { path: 'm', type: 'number' }, renamed(a, 'key')],
      order: 'none',
      size: given.size + right.size,
    })
  }

  #cross(left: Part): void {
    const right = this.#random.pick(
      this.#parts.filter(p => p.shape === 'object' && p.size * left.size < LARGEST),
    )
    if (right === undefined) return
    const [x, y] = [this.#field(left)!, this.#field(right)!]
    const text = this.#random.pick([
      `.with((l, r) => ({ x: ${read(x, 'l')}, y: ${read(y)} }))`,
      `.pairs().map(([l, r]) => ({ x: ${read(x, 'l')}, y: ${read(y)} }))`,
      `.flatWith((l, r) => [{ x: ${read(x, 'l')}, y: ${read(y)} }])`,
    ])
    this.#add(`${left.name}.cross(${right.name})${text}`, [left, right], {
      fields: [renamed(x, 'x'), renamed(y, 'y')],
      order: 'none',
      size: left.size * right.size,
    })
  }

  #partition(part: Part): void {
    const field = this.#field(part)!
    const number = this.#field(part, 'number')
    const text = this.#random.pick([
      '.rebalance()',
      '.rebalance({ partitions: 4 })',
      `.partitionByHash('${field.path}')`,
      `.partitionByRange('${field.path}')`,
      `.partitionByHash(r => ${read(field)}, { partitions: 3 })`,
      ...(number
        ? [`.partitionCustom('${number.path}', (k, n) => Math.abs(Math.trunc(k) || 0) % n)`]
        : []),
    ])
    const sorted = this.#random.chance(0.3) ? `.sortPartition('${this.#field(part)!.path}')` : ''
    this.#add(`${part.name}${text}${sorted}`, [part], { order: 'none' })
  }

  #mapPartition(part: Part): void {
    const condition = this.#condition(part)
    const text = this.#random.pick([
      `records => [...records].filter(r => ${condition})`,
      `function* (records) { for (const r of records) if (${condition}) yield r }`,
    ])
    this.#add(`${part.name}.mapPartition(${text})`, [part])
  }

  #number(given: Part): void {
    const part = this.#ordered(given)
    const name = `i${this.#names}`
    const fields = withFields(part.fields, { path: name, type: 'number' })
    this.#add(`${part.name}.zipWithIndex('${name}')`, [part], { fields })
  }

  #cache(part: Part): void {
    this.#add(`${part.name}.cache()`, [part])
  }

  #handed(part: Part): void {
    const other = this.#random.pick(this.#parts.filter(({ shape }) => shape === 'object'))
    const number = this.#field(part, 'number')
    if (number === undefined || other === undefined) return
    const fields = withFields(part.fields, { path: 't', type: 'number' })
    const text = this.#random.pick([
      `${part.name}.map((r, { others, shift }) => ({ ...r, t: others.length + shift }), { with: { others: ${other.name}, shift: 2 } })`,
      `${part.name}.filter((r, { others }) => others.length > ${read(number)}, { with: { others: ${other.name} } }).map(r => ({ ...r, t: 1 }))`,
    ])
    this.#add(text, [part, other], { fields, order: part.order })
  }

  /** The same operation written twice, which is run once. */
  #twins(part: Part): void {
    if (part.size * 2 > LARGEST) return
    const condition = this.#condition(part)
    const once = `${part.name}.filter(r => ${condition})`
    this.#add(`${once}.union(${once})`, [part], { size: part.size * 2 })
  }

  #growTuple(part: Part): void {
    const fields: readonly Field[] = [
      { path: 'x', type: 'number' },
      { path: 'y', type: 'string' },
    ]
    const [text, made] = this.#random.pick<readonly [string, Partial<Part>]>([
      ['.filter(([x, y]) => x > 1 && y !== null)', {}],
      ['.map(([x, y]) => [x + 1, y])', {}],
      ['.map(([x, y]) => ({ x, y }))', { shape: 'object', fields }],
      ["['distinct'](0)".replace("['distinct']", '.distinct'), { order: inMemory(part.order) }],
      ['.distinct()', { order: inMemory(part.order) }],
      [".orderBy(1, 'descending').thenBy(0)", {}],
      ['.flatMap(([x, y]) => [{ x, y }, { x, y: null }])', { shape: 'object', fields }],
      [
        ".groupBy(1).aggregate({ n: count(), x: max('0') }).map(r => ({ x: r.x, y: r[1] }))",
        { shape: 'object', fields, order: inMemory(part.order) },
      ],
    ])
    const base = part.order === 'exact' || !text.includes('distinct(0)') ? part : undefined
    if (base !== undefined) this.#add(`${part.name}${text}`, [part], made)
  }

  #growValue(part: Part): void {
    const value: Partial<Part> = { shape: 'object', fields: [{ path: 'x', type: 'number' }] }
    const [text, made] = this.#random.pick<readonly [string, Partial<Part>]>([
      ['.filter(x => x > 1)', {}],
      ['.map(x => x * 2)', {}],
      ['.map(x => ({ x }))', value],
      ['.distinct()', { order: inMemory(part.order) }],
      [".orderBy(x => x, 'descending')", {}],
      ['.flatMap(x => [x, x + 1])', { size: part.size * 2 }],
      ['.reduce((a, b) => a + b)', { size: 1, order: 'exact' }],
      [
        '.groupBy(x => x).count().map(r => ({ x: r.key, n: r.count }))',
        {
          shape: 'object',
          fields: [
            { path: 'x', type: 'number' },
            { path: 'n', type: 'number' },
          ],
          order: inMemory(part.order),
        },
      ],
    ])
    this.#add(`${part.name}${text}`, [part], made)
  }

  #direction(): string {
    return this.#random.pick(['ascending', 'descending'])
  }
}

/** The types that each aggregate takes. */
const AGGREGATES: Readonly<Record<string, readonly Type[]>> = {
  count: [],
  sum: ['number'],
  mean: ['number'],
  min: ['number', 'string', 'date'],
  max: ['number', 'string', 'date'],
  countDistinct: ['number', 'string', 'boolean', 'date'],
  share: ['number'],
  firstValue: ['number', 'string', 'boolean', 'date'],
  lastValue: ['number', 'string', 'boolean', 'date'],
}

function weakest(parts: readonly Part[]): Order {
  const orders = parts.map(({ order }) => order)
  return orders.includes('none') ? 'none' : orders.includes('memory') ? 'memory' : 'exact'
}

/** The order of groups, which come in order of first appearance unless something is spilled. */
function inMemory(order: Order): Order {
  return order === 'exact' ? 'memory' : order
}

/** How a function reads a field of the record `r`. */
function read({ path }: Field, r = 'r'): string {
  return /^\d/.test(path) ? `${r}[${path}]` : `${r}.${path.replaceAll('.', '?.')}`
}

/** The same for a record that may be missing itself; gives `null` for what is not there. */
function outer({ path }: Field, r: string): string {
  return `(${r}?.${path.replaceAll('.', '?.')} ?? null)`
}

function renamed({ type }: Field, path: string): Field {
  return { path, type }
}

function withFields(fields: readonly Field[], ...more: readonly Field[]): readonly Field[] {
  const names = more.map(({ path }) => path)
  return [...fields.filter(({ path }) => !names.includes(topName(path))), ...more]
}

function quoted(fields: readonly Field[]): string {
  return fields.map(({ path }) => `'${path}'`).join(', ')
}

function lastName(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1)
}

function topName(path: string): string {
  return path.split('.')[0]!
}
