import test from 'ava'
import { factsOf } from '../../../engine/functions/analysis.js'
import type { FunctionFacts } from '../../../engine/functions/facts.js'
import {
  fieldsGiven,
  fieldsNeeded,
  outputFields,
} from '../../../engine/functions/lambda/output-fields.js'

type Row = Readonly<Record<string, number>>
type Fn = (...parameters: never[]) => unknown

const threshold = Number('3')
const helper = (row: unknown) => row

function facts(call: Fn, records: 1 | 2 = 1, handed: Record<string, unknown> = {}): FunctionFacts {
  return factsOf({ call, handed, operation: 'map' }, records)
}

/** The function that some JavaScript source describes. */
function fromSource(source: string): Fn {
  return new Function(`return (${source})`)() as Fn
}

const READS: readonly (readonly [source: string, reads: readonly string[] | 'all'])[] = [
  ['r => r.a + r.b', ['a', 'b']],
  ["r => r['a b'] + r[0]", ['a b', '0']],
  ['r => r?.a', ['a']],
  ['({ a, b: c = 2 }) => a + c', ['a', 'b']],
  ['({ a, b }) => a', ['a']],
  ["({ 'a-b': x }) => x", ['a-b']],
  ['({ user: { zip } }) => zip', ['user']],
  ['([a, , b]) => a + b', ['0', '2']],
  ['r => { const { a, b: c } = r; return a + c }', ['a', 'b']],
  ['r => [1, 2].map(k => k + r.a)', ['a']],
  ['r => [{ a: 1 }].map(r => r.z)', []],
  ['r => { { const r = { z: 1 }; return r.z } }', []],
  ['function (r) { return r.a }', ['a']],
  ['function named(r) { return r.a }', ['a']],
  ['({ method(r) { return r.a } }).method', ['a']],
  ['(class { static method(r) { return r.a } }).method', ['a']],
  ['r => r ? r.a : 0', ['a']],
  ['r => r === null ? 0 : r.a', ['a']],
  ['() => 1', []],
  [`r => \`\${r.a} and \${r.b}\``, ['a', 'b']],
  ['r => { let n = 0; for (const k of r.list) n += k; return n }', ['list']],
  ['r => { label: for (;;) break label; return r.a }', ['a']],
  ['r => r[r.name]', 'all'],
  ['r => r', 'all'],
  ['r => ({ ...r })', 'all'],
  ['r => Object.keys(r)', 'all'],
  ['r => { const s = r; return s.a }', 'all'],
  ['r => r.toString()', 'all'],
  ['r => r.length', 'all'],
  ['r => { r.a = 1; return r.b }', 'all'],
  ['r => { delete r.a; return r.b }', 'all'],
  ['r => { [r.a] = [1]; return r.b }', 'all'],
  ['r => { ({ x: r.a } = { x: 1 }); return r.b }', 'all'],
  ['r => { r = { a: 1 }; return r.a }', 'all'],
  ['function (r) { var r; return r.a }', 'all'],
  ['(...rows) => rows[0].a', 'all'],
  ['({ a, ...rest }) => rest.b', 'all'],
  ['({ [String(1)]: x }) => x', 'all'],
  ['r => { for (const k in r) return k }', 'all'],
  ['r => [r, r]', 'all'],
]
for (const [source, reads] of READS)
  test(`sees what is read by ${source}`, t => {
    t.deepEqual(facts(fromSource(source)).reads[0], reads)
  })

test('gives native and bound functions and classes up, with the reason', t => {
  t.is(facts(Math.abs as Fn).reason, 'native code')
  t.is(facts(helper.bind(null) as Fn).reason, 'bound function')
  t.is(facts(class {} as unknown as Fn).reason, 'a class, not a function')
  t.deepEqual(facts(Math.abs as Fn).reads, ['all'])
})

test('gives functions up that take their arguments as a list', t => {
  for (const text of ['(...all) => all[0].a', 'function (r) { return arguments[0].a }']) {
    const { reads, contextReads, reason } = facts(fromSource(text))
    t.deepEqual({ reads, contextReads }, { reads: ['all'], contextReads: 'all' })
    t.is(reason, 'takes its arguments as a list')
  }
})

const CAPTURES: readonly (readonly [source: string, captures: readonly string[]])[] = [
  ['r => r.a > limit', ['limit']],
  ['r => Math.max(Number(r.a), NaN)', []],
  ['r => f(r.a) + g(r.b)', ['f', 'g']],
  ['function (r) { return this.x + r.a }', ['this']],
  ['r => arguments.length', ['arguments']],
  ['function f(r) { return r.a > 0 ? f(r) : 0 }', ['f']],
  ['r => { x = r.a }', ['x']],
  ['r => { undefined_ += 1 }', ['undefined_']],
  ['r => { const f = function () { return this }; return f() }', []],
  ['(r, k = outer) => k', ['outer']],
  ['(r, f = () => x) => { var x = 1; return f() }', ['x']],
  ['r => eval("r.a")', ['eval']],
  ['r => { try { return r.a } catch (e) { return e } }', []],
  ['r => ({ limit: r.a }).limit', []],
]
for (const [source, captures] of CAPTURES)
  test(`sees what is captured by ${source}`, t => {
    t.deepEqual(facts(fromSource(source)).captures, captures)
  })

test('sees captures of functions of this module', t => {
  const { captures, reason, pure } = facts((r: Row) => r.a! > threshold)
  t.deepEqual(captures, ['threshold'])
  t.is(reason, 'captures threshold')
  t.false(pure)
})

const EFFECTS: readonly (readonly [source: string, pure: boolean, repeatable: boolean])[] = [
  ['r => r.a * 2 > Math.sqrt(r.b)', true, true],
  ['r => r.a ?? r.b?.zip', true, true],
  ['r => { const x = r.a + 1; if (x > 2) return 1; return x }', true, true],
  ['r => /^a/.test(r.name)', true, true],
  ['r => new Date(r.time) > 5', true, true],
  ['r => r.name.toUpperCase()', false, true],
  ['r => r.user.zip', false, true],
  ['r => { throw new Error(r.a) }', false, true],
  ['r => { const out = []; out.push(r.a); return out }', false, true],
  ['r => r.tags.push(1)', false, false],
  ['r => { r.user.zip = 1 }', false, false],
  ['r => Math.random()', false, false],
  ['r => Date.now()', false, false],
  ['r => new Date()', false, false],
  ['r => console.log(r.a)', false, false],
  ['r => r.list.forEach(console.log)', false, false],
  ['r => limit', false, false],
  ['async r => r.a', false, false],
  ['function* (r) { yield r.a }', false, false],
  ['(r, context) => context.add(1)', false, false],
]
for (const [source, pure, repeatable] of EFFECTS)
  test(`sees the effects of ${source}`, t => {
    const known = facts(fromSource(source))
    t.is(known.pure, pure)
    t.is(known.repeatable, repeatable)
  })

test('takes handed-over values for constants', t => {
  const call = fromSource('(r, { limit }) => r.a > limit')
  const known = facts(call, 1, { limit: 5 })
  t.true(known.pure)
  t.deepEqual(known.contextReads, ['limit'])
  t.is(known.expression?.kind, 'binary')
  t.false(facts(call, 1, {}).repeatable)
})

test('knows who may change a record', t => {
  t.deepEqual(facts(fromSource('(l, r) => { l.a = 1; return r.b }'), 2).mutates, [true, false])
  t.deepEqual(facts(fromSource('r => f(r)')).mutates, [true])
  t.deepEqual(facts(fromSource('r => JSON.stringify(r)')).mutates, [false])
  t.deepEqual(facts(fromSource('r => [r]')).mutates, [false])
})

const OUTPUTS: readonly (readonly [source: string, fields: readonly string[] | undefined])[] = [
  ['r => ({ a: r.a, b: r.b + 1 })', ['a=0.a', 'b']],
  ['({ a, b }) => ({ b, a })', ['b=0.b', 'a=0.a']],
  ['({ a = 1 }) => ({ a })', ['a']],
  ['r => ({ ...r, x: 1 })', ['x=0.x', 'y=0.y', 'x']],
  ['r => ({ x: 1, ...r })', ['x=0.x', 'y=0.y']],
  ['({ x, ...rest }) => rest', undefined],
  ['({ x, ...rest }) => ({ ...rest, z: x })', ['y=0.y', 'z=0.x']],
  ['r => ({ b: 1, 1: 2, 0: r.x })', ['0=0.x', '1', 'b']],
  ['r => [r.x, 1]', ['0=0.x', '1']],
  ['r => r', ['x=0.x', 'y=0.y']],
  ['r => { const x = r.y; return { x } }', ['x=0.y']],
  ['r => r.x > 0 ? { a: r.x } : { a: r.x }', ['a=0.x']],
  ['r => r.x > 0 ? { a: r.x } : { a: r.y }', ['a']],
  ['r => { if (r.x) return { a: 1 }; return { b: 1 } }', undefined],
  ['r => { if (r.x) return { a: 1 } }', undefined],
  ['r => ({ get a() { return 1 } })', undefined],
  ['r => ({ __proto__: r.x })', undefined],
  ['r => ({ [r.x]: 1 })', undefined],
  ['r => ({ a() {} })', undefined],
  ['r => { r.x = 1; return { x: r.x } }', ['x']],
  ['r => r.x', undefined],
  ['r => r.x * 2', ['value']],
  ['r => f(r.x)', undefined],
]
for (const [source, fields] of OUTPUTS)
  test(`sees what is returned by ${source}`, t => {
    const { output } = facts(fromSource(source))
    const found =
      output &&
      outputFields(output, [['x', 'y']]).map(field =>
        field.kind === 'copy'
          ? `${field.name}=${field.from.input}.${field.from.field}`
          : field.name,
      )
    // A name that is given twice keeps its first place and takes its last value.
    t.deepEqual(found, fields && (fields[2] === 'x' ? ['x', 'y=0.y'] : fields))
  })

test('needs only the fields of the wanted outputs', t => {
  const known = facts(fromSource('({ a, b, c, ...rest }) => ({ ...rest, a, b: b + 1, d: c })'))
  t.deepEqual(fieldsNeeded(known, ['a']), [['b', 'a']])
  t.deepEqual(fieldsNeeded(known, ['d', 'z']), [['b', 'c', 'z']])
  t.deepEqual(fieldsNeeded(known, 'all'), ['all'])
  const pair = facts(fromSource('(l, r) => ({ ...l, city: r.city })'), 2)
  t.deepEqual(fieldsNeeded(pair, ['id']), [['id'], []])
  t.deepEqual(fieldsNeeded(pair, ['city']), [[], ['city']])
  t.deepEqual(fieldsNeeded(facts(fromSource('r => f(r)')), ['a']), ['all'])
})

test('names the fields it gives when it knows those it gets', t => {
  const known = facts(fromSource('r => ({ ...r, z: 1 })'))
  t.deepEqual(fieldsGiven(known, [['a', 'b']]), ['a', 'b', 'z'])
  t.is(fieldsGiven(known, [undefined]), undefined)
  t.is(fieldsGiven(facts(fromSource('r => f(r)')), [['a']]), undefined)
})

test('reads a function differently for one record and for two', t => {
  const call = fromSource('(a, b) => a.x + b.y')
  t.deepEqual(facts(call, 1).reads, [['x']])
  t.deepEqual(facts(call, 1).contextReads, ['y'])
  t.deepEqual(facts(call, 2).reads, [['x'], ['y']])
})
