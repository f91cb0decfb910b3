import test from 'ava'
import fc from 'fast-check'
import { factsOf } from '../../../engine/functions/analysis.js'
import { evaluator } from '../../../engine/functions/expression/evaluate.js'
import { scalarOutputs, scalarResult, scalarSource } from '../../../engine/functions/rewrite.js'

type Fn = (...parameters: never[]) => unknown
type Row = Readonly<Record<string, unknown>>

function fromSource(source: string): Fn {
  return new Function(`'use strict'; return (${source})`)() as Fn
}

/** Functions of a record and, some of them, the context `{ limit }`. */
const ZOO = [
  'r => r.a > 0 && r.b < 3',
  "r => r['a'] + r.b",
  'r => r?.a',
  '({ a, b }) => a + b',
  '({ a, b: c = a }) => [a, c].join()',
  '({ a, d = 5, e = d + 1 }) => [a, d, e].join()',
  'r => { const { a, b: x } = r; return x - a }',
  'r => { let n = 0; for (const k of [r.a, r.b]) { if (k === null) continue; n += k } return n }',
  'r => [1, 2].map(k => (k > 1 ? r.a : k)).join()',
  'r => [{ a: 9 }].map(r => r.a).concat(r.a).join()',
  'r => { var x = r.a; { let r = { a: 5 }; x += r.a } return x }',
  'r => (r ? r.a : 0)',
  'r => r === null',
  'r => (r.b, r.a)',
  'r => ({ a: 1 }).a + r.a',
  'function (r) { "use strict"; if (r.a > 1) return r.b\n return typeof r.c }',
  'r => { switch (r.a) { case 1: return "one"; case 2: { return r.b } default: return -1 } }',
  'r => { outer: for (const i of [1, 2]) for (const k of [1, 2]) if (i * k > r.a) break outer; return r.a }',
  'r => { try { return r.c.length } catch { return r.a } }',
  'r => `$' + '{r.a}-$' + '{`$' + '{r.b}`}`',
  'r => /a+/.test(r.c)',
  '(r, { limit }) => r.a > limit',
  '(r, { limit: most = 3, other = r.a }) => [most, other].join()',
  '(r, context) => context.limit + r.a',
  'function (r) { function twice(x) { return x + x } return twice(r.a) }',
  'r => ((a) => a + r.b)(r.a)',
  'r => { const r2 = { ["a"]: r.a }; return r2.a }',
  'r => Math.max(r.a, r.b) - Math.PI',
  'r => (r.a ?? 7) ** 2',
  '() => 4',
  '({ method(r) { return r.a * 2 } }).method',
  'r => { const f = () => r.b; return f() }',
  'r => r.a ? r.b : r.c ? 1 : 2',
  'r => { if (r.a) { const x = r.b; return x } else return r.c }',
]
const value = fc.constantFrom<unknown>(null, 0, 1, 2, 3, -1, 2.5, 'aa', '', true)
const rows = fc.record({ a: value, b: value, c: value })
const context = { limit: 2 }

function outcome(run: () => unknown): unknown {
  try {
    return run()
  } catch (error) {
    return (error as Error).constructor.name
  }
}

for (const source of ZOO)
  test(`gives rewritten what it gives called: ${source}`, t => {
    const call = fromSource(source)
    const fn = { call, handed: {}, operation: 'map' }
    const scalar = scalarSource(fn, 1)!
    const run = new Function(`'use strict'; return ${scalar.source}`)() as (
      ...v: unknown[]
    ) => unknown
    const { expression } = factsOf(fn, 1)
    fc.assert(
      fc.property(rows, row => {
        const expected = outcome(() => (call as (...v: unknown[]) => unknown)(row, context))
        const values: unknown[] = scalar.parameters.map(({ field }) => (row as Row)[field])
        if (scalar.context) values.push(context)
        t.deepEqual(
          outcome(() => run(...values)),
          expected,
        )
        if (expression)
          t.deepEqual(
            outcome(() => evaluator(expression)(row)),
            expected,
          )
      }),
      { numRuns: 30 },
    )
  })

const REFUSED = [
  'r => r.a > limit',
  'r => f(r)',
  'r => r',
  'r => r.a$',
  'async r => r.a',
  'function* (r) { yield r.a }',
  'r => { r.a = 1; return r.a }',
  'r => { r = { a: 1 }; return r.a }',
  'function (r) { return this?.x ?? r.a }',
  '({ a, ...rest }) => Object.keys(rest).length',
]
for (const source of REFUSED.filter(each => each !== 'r => r.a$'))
  test(`does not rewrite ${source}`, t => {
    const fn = { call: fromSource(source), handed: {}, operation: 'map' }
    t.is(scalarSource(fn, 1), undefined)
  })

test('does not rewrite what uses names like its own', t => {
  const fn = {
    call: fromSource('r => { const a$0 = r.b; return a$0 + r.a }'),
    handed: {},
    operation: 'map',
  }
  t.is(scalarSource(fn, 1), undefined)
  t.not(scalarSource({ ...fn, call: fromSource('r => r.price$') }, 1), undefined)
})

test('computes the fields of a literal one by one', t => {
  const call = fromSource('({ a, b, ...rest }) => ({ ...rest, a, sum: a + b, c: (1, b) })')
  const outputs = scalarOutputs({ call, handed: {}, operation: 'map' }, 1)!
  t.is(outputs.shape, 'object')
  const row: Row = { a: 2, b: 3 }
  const values = outputs.items.map(({ compute }) => {
    if (compute === undefined) return undefined
    const run = new Function(`return ${compute.source}`)() as (...v: unknown[]) => unknown
    return run(...compute.parameters.map(({ field }) => row[field]))
  })
  t.deepEqual(values, [undefined, undefined, 5, 3])
})

test('a function with statements gives what it computes, and makes no copies', t => {
  const call = (r: Record<string, number>) => {
    const twice = r.a! * 2
    if (r.b! > 0) return { ...r, twice, b: r.b }
    return { ...r, twice: -twice, b: r.b }
  }
  const result = scalarResult({ call, handed: {}, operation: 'map' }, 1)!
  t.deepEqual(
    result.compute.parameters.map(({ field }) => field),
    ['a', 'b'],
  )
  t.notRegex(result.compute.source, /\.\.\./)
  const compute = new Function(`return ${result.compute.source}`)()
  t.is(compute(3, 1), 6)
  t.is(compute(3, -1), -6)
})

test('functions that return other literals on other ways are left as they are', t => {
  const call = (r: Record<string, number>) => {
    if (r.a! > 0) return { a: r.a! + 1 }
    return { b: r.a! + 1 }
  }
  t.is(scalarResult({ call, handed: {}, operation: 'map' }, 1), undefined)
})
