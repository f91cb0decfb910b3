/**
 * Functions of all shapes that users write, to compare ways of running them. Records have the fields
 * `a` (integers), `b` (numbers), `s` (strings that repeat), `d` (dates) and `m` (mixed), each
 * sometimes missing; tuples have such values in that order.
 */
import { distance, isLarge } from './zoo-module.js'

/** A record of the zoo as functions see it. */
export interface Sample {
  readonly a: number
  readonly b: number
  readonly s: string
  readonly d: Date
  readonly m: unknown
}

type Pair = [number, number, string]

const threshold = 3
const factors = { low: 0.5, high: 2 }
const labels: Record<string, string> = { x: 'ex', y: 'why' }
const helper = (value: number) => value * factors.high + threshold

class Point {
  readonly x: number
  constructor(x: number) {
    this.x = x
  }
  get double(): number {
    return this.x * 2
  }
}

/** One function with a name for tests. */
export interface Specimen {
  readonly name: string
  readonly kind: 'map' | 'filter' | 'flatMap'
  readonly call: (record: never) => unknown
  /** Whether it wants tuples. */
  readonly tuple?: true
}

const map = (name: string, call: (record: Sample) => unknown): Specimen => ({
  name,
  kind: 'map',
  call,
})
const filter = (name: string, call: (record: Sample) => unknown): Specimen => ({
  name,
  kind: 'filter',
  call,
})
const flatMap = (name: string, call: (record: Sample) => unknown): Specimen => ({
  name,
  kind: 'flatMap',
  call,
})
const ofTuple = (name: string, call: (record: Pair) => unknown): Specimen => ({
  name,
  kind: 'map',
  call,
  tuple: true,
})

/** Filters: what they return is taken for true or false. */
export const filters: readonly Specimen[] = [
  filter('a comparison', r => r.a > 1),
  filter('a comparison with a captured constant', r => r.a > threshold),
  filter('an equality of strings', r => r.s === 'x'),
  filter('a truthy value', r => r.b),
  filter('a conjunction', r => r.a > 0 && r.s !== 'y' && r.b < 100),
  filter('a destructured parameter', ({ a, b }) => a < b),
  filter('a destructured parameter with a default', ({ a = 7 }) => a > 2),
  filter('a block body with early returns', r => {
    if (r.a > 5) return true
    if (r.s === 'z') return false
    return r.b > 0
  }),
  filter('optional chaining', r => (r.s?.length ?? 0) > 1),
  filter('an imported function', r => isLarge(r.a)),
  filter('a regular expression', r => /[xé]/.test(r.s)),
  filter('everything', () => true),
  filter('nothing', () => false),
  filter('undefined', () => undefined),
  filter('a native function', Boolean),
  filter('a function keyword', r => r.a % 2 === 0),
  filter('typeof', r => typeof r.m === 'string'),
  filter('dates', r => r.d !== null && r.d.getTime() > 1e12),
  filter('NaN', r => Number.isNaN(r.b)),
  filter('a loop', r => {
    let sum = 0
    for (let k = 0; k < r.a; k++) sum += k
    return sum > 3
  }),
]

/** Maps of records. */
export const maps: readonly Specimen[] = [
  map('two computed fields', r => ({ a: r.a * 2 + r.b, b: r.b })),
  map('the record itself', r => r),
  map('a plain number', r => r.a + 1),
  map('a plain string', r => `${r.s}!`),
  map('a copied value', r => r.s),
  map('a spread', r => ({ ...r, x: r.a * 2 })),
  map('a spread over a field before it', r => ({ ...{ a: 1 }, ...r })),
  map('a field that overrides a spread', r => ({ ...r, a: r.b, s: 'new' })),
  map('a spread with a captured value', r => ({ ...r, a: r.a * threshold })),
  map('a rest', ({ a, ...rest }) => ({ ...rest, twice: a * 2 })),
  map('a rest that takes what is missing', ({ s, m, d, ...rest }) => rest),
  map('renamed and swapped fields', ({ a: b, b: a }) => ({ a, b, s: null })),
  map('destructuring with defaults', ({ a = 5, b: c = a }) => ({ a, c })),
  map('destructuring in the body', r => {
    const { a, s: text } = r
    return { a, text: text === null ? 'none' : text.toUpperCase() }
  }),
  map('locals', r => {
    const sum = r.a + r.b
    const half = sum / 2
    return { sum, half, both: sum + half }
  }),
  map('locals and a spread', r => {
    const twice = r.a * 2
    return { ...r, twice }
  }),
  map('locals, a spread and fields that override it', r => {
    let sum = 0
    for (let k = 0; k < 3; k++) sum += r.a * k
    return { ...r, a: sum, s: `${sum}`, copy: r.b }
  }),
  map('a spread on several ways', r => {
    if (r.a > 2) return { ...r, size: 'large' }
    const size = r.a > 1 ? 'middle' : 'small'
    return { ...r, size }
  }),
  map('a computed field before a spread', r => {
    const first = r.b + 1
    return { first, ...r }
  }),
  map('two computed fields behind locals', r => {
    const { a, b } = r
    const sum = a + b
    return { sum, text: [a, b].map(x => `${x}`).join(), a }
  }),
  map('a tuple behind locals', r => {
    const sum = r.a + r.b
    return [sum, r.s, r.a]
  }),
  map('a getter behind locals', r => {
    const { b } = r
    return {
      ...r,
      get x() {
        return b * 2
      },
    }
  }),
  map('locals that shadow the record', r => {
    const twice = [1, 2].map(r => r * 2)
    return { ...r, x: twice[1]! + r.a }
  }),
  map('copies of what records inherit, behind locals', r => {
    const n = r.a + 1
    return { n, text: typeof r.toString }
  }),
  map('conditional shapes', r => (r.a > 2 ? { a: r.a, big: true } : { a: r.a, small: r.s })),
  map('early returns of one shape', r => {
    if (r.a > 2) return { a: r.a, kind: 'big' }
    if (r.s === 'x') return { a: -1, kind: 'x' }
    return { a: 0, kind: 'small' }
  }),
  map('early returns of several shapes', r => {
    if (r.a > 4) return [r.a, r.b]
    if (r.a > 2) return { a: r.a }
    return r.s
  }),
  map('a switch', r => {
    switch (r.s) {
      case 'x':
        return { v: 1 }
      case 'y':
        return { v: 2.5 }
      default:
        return { v: null }
    }
  }),
  map('a loop', r => {
    let sum = 0
    for (let k = 0; k <= r.a; k++) sum += k * r.b
    return { sum }
  }),
  map('try and catch', r => {
    try {
      return { length: r.s.length }
    } catch {
      return { length: -1 }
    }
  }),
  map('a closure over an object', r => ({ a: r.a * factors.low, label: labels[r.s] })),
  map('a helper', r => ({ h: helper(r.a) })),
  map('an imported function', r => ({ far: distance(r.a, r.b) })),
  map('a nested function', r => {
    const add = (x: number) => x + r.b
    return { sum: [r.a, 1].map(add).join('+') }
  }),
  map('a nested function that shadows', r => ({ x: [1, 2].map(r => r * 2)[1]! + r.a })),
  map('an immediately called function', r => ({ x: ((a: number) => a + 1)(r.a) })),
  map('a template literal', r => ({ text: `${r.a}/${r.s ?? '?'}/${r.b > 0 ? 'up' : 'down'}` })),
  map('string methods', r => ({ up: r.s?.toUpperCase(), first: r.s?.[0] })),
  map('a getter in the result', r => ({
    a: r.a,
    get next() {
      return r.a + 1
    },
  })),
  map('a method in the result', r => ({ a: r.a, m: { n: () => r.b }.n() })),
  map('computed keys', r => ({ [r.s === 'x' ? 'p' : 'q']: r.a })),
  map('a computed read', r => ({
    v: r['a' as keyof Sample],
    w: r[(r.a > 2 ? 'a' : 'b') as keyof Sample],
  })),
  map('keys of the record', r => ({ n: Object.keys(r).length })),
  map('the record passed on', r => JSON.parse(JSON.stringify(r))),
  map('Object.assign', r => Object.assign({}, r, { a: 0 })),
  map('Object.entries', r => Object.fromEntries(Object.entries(r).slice(0, 2))),
  map('Math', r => ({ m: Math.max(r.a, r.b), f: Math.floor(r.b), h: Math.hypot(r.a, r.b) })),
  map('bits', r => ({ x: r.a & 3, y: r.a << 1, z: r.b >>> 0 })),
  map('negative zero and NaN', r => ({ z: r.a > 2 ? -0 : 0, n: r.a > 3 ? NaN : r.a })),
  map('large integers', r => ({ big: r.a * 2 ** 31, exact: r.a + 2 ** 31 - 3 })),
  map('bigint', r => ({ n: BigInt(Math.trunc(r.a || 0)) * 3n })),
  map('dates', r => ({
    d: r.d,
    year: r.d === null ? null : r.d.getUTCFullYear(),
    later: new Date((r.d?.getTime() ?? 0) + 1000),
  })),
  map('booleans', r => ({ yes: r.a > 2, no: !(r.b > 0), either: r.a > 2 || r.s })),
  map('null and undefined', r => ({ n: null, u: undefined, v: void r.a, w: r.m ?? 'none' })),
  map('undefined', () => undefined),
  map('null', () => null),
  map('nothing returned', r => {
    void r.a
  }),
  map('constants', () => ({ one: 1, text: 'é🎉', yes: true })),
  map('an empty object', () => ({})),
  map('an empty tuple', () => []),
  map('a tuple', r => [r.a, r.s, r.a + r.b]),
  map('tuples of several lengths', r => (r.a > 2 ? [r.a] : [r.a, r.b])),
  map('nested values', r => ({ inner: { a: r.a }, list: [r.a, r.b], s: r.s })),
  map('vectors', r => ({ v: Float64Array.of(r.a, r.b), a: r.a })),
  map('vectors of several sizes', r => ({ v: new Float64Array(r.a > 2 ? 2 : 3) })),
  map('an instance of a class', r => new Point(r.a)),
  map('a getter of an instance', r => ({ d: new Point(r.a).double })),
  map('a Map', r => new Map([[r.s, r.a]])),
  map('mixed values', r => ({ m: r.a > 4 ? r.s : r.a > 2 ? r.b : r.a > 1 ? r.a > 0 : r.d })),
  // biome-ignore lint/complexity/noCommaOperator: users write it.
  map('a sequence', r => ({ x: (r.a, r.b) })),
  map('an assignment to a local', r => {
    let x = r.a
    x += 2
    x++
    return { x }
  }),
  map('optional chaining into nothing', r => ({
    x: (r.m as { y?: number } | null)?.y,
    y: r.s?.length,
  })),
  map('a field that is not there', r => ({ x: (r as unknown as { none: number }).none, a: r.a })),
  map('what objects inherit', r => ({ t: typeof r.toString, c: r.constructor === Object })),
  map('in and hasOwn', r => ({ x: 'a' in r, y: Object.hasOwn(r, 'none') })),
  map('a native function', JSON.stringify),
  map(
    'a bound function',
    function (this: { k: number }, r: Sample) {
      return { x: r.a + this.k }
    }.bind({ k: 10 }),
  ),
  map(
    'a method of an object',
    {
      times: 3,
      run(r: Sample) {
        return { x: r.a * 3 }
      },
    }.run,
  ),
  map('a function from a factory', (k => (r: Sample) => ({ x: r.a + k }))(5)),
  map('field names that need quotes', r => ({ 'é 1': r.a, '': r.b, '0': 1, class: r.s, 'a-b': 2 })),
  map('numeric field names', r => ({ b: r.a, 2: 'two', 1: 'one' })),
  map('an array method over the tuple of fields', r => ({
    m: [r.a, r.b].filter(x => x !== null).length,
  })),
  map('a parameter that is assigned', r => {
    r = { ...r, a: 1 }
    return r
  }),
  map('arguments', function () {
    // biome-ignore lint/complexity/noArguments: users write it.
    return { n: arguments.length > 0 }
  }),
  map('a record among the arguments', function () {
    // biome-ignore lint/complexity/noArguments: users write it.
    return { n: arguments[0].a }
  }),
  map('a default parameter', (r: Sample, _context: unknown = 0, k = 2) => ({ x: r.a * k })),
  map('a labelled loop', r => {
    let n = 0
    outer: for (let i = 0; i < 5; i++)
      for (let j = 0; j < 5; j++) {
        if (j > r.a) continue outer
        if (i > 3) break outer
        n++
      }
    return { n }
  }),
  map('a comment // and a /* brace { */', r => ({ /* a: 1, */ a: r.a /* } */, b: '}' })),
  map('var', r => {
    // biome-ignore lint/correctness/noInnerDeclarations: users write it.
    if (r.a > 2) var x: number | undefined = r.a
    return { x: x! }
  }),
]

/** Maps of tuples. */
export const tupleMaps: readonly Specimen[] = [
  ofTuple('by index', t => ({ x: t[0] + t[1], s: t[2] })),
  ofTuple('destructured', ([a, b, s]) => ({ a, sum: a + b, s })),
  ofTuple('destructured with holes and defaults', ([, b = 3]) => [b, b]),
  ofTuple('a rest', ([a, ...rest]) => ({ a, n: rest.length, last: rest[1] })),
  ofTuple('swapped', ([a, b, s]) => [s, b, a]),
  ofTuple('a spread', t => [...t, t[0]]),
  ofTuple('a spread behind', t => ['k', ...t]),
  ofTuple('length', t => ({ n: t.length, beyond: (t as unknown[])[7] })),
  ofTuple('array methods', t => t.map(x => typeof x)),
  ofTuple('itself', t => t),
  ofTuple('destructured in the body', t => {
    const [a, b] = t
    return a < b ? a : b
  }),
]

/** FlatMaps of records. */
export const flatMaps: readonly Specimen[] = [
  flatMap('none or one', r => (r.a > 2 ? [r] : [])),
  flatMap('several', r => [{ x: r.a }, { x: r.b }, { x: r.a + 0.5 }]),
  flatMap('letters', r => [...(r.s ?? '')]),
  flatMap('several shapes', r => [r.a, { a: r.a }, [r.a, r.b], null]),
  flatMap('a generator', function* (r) {
    for (let k = 0; k < 3; k++) if (k < r.a) yield { k, s: r.s }
  }),
  flatMap('a Set', r => new Set([r.a, r.b])),
  flatMap('a Map', r => new Map([[r.s, r.a]])),
  flatMap('typed arrays', r => Int32Array.of(r.a, 2)),
  flatMap('widening', r => (r.a > 4 ? [1.5, 'text'] : [1])),
  flatMap('split', r => (r.s ?? 'a b').split(' ').map(word => ({ word, count: 1 }))),
]
