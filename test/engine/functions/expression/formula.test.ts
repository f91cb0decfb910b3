import test from 'ava'
import { ArgumentError, SchemaError } from '../../../../engine/errors.js'
import { checkFields } from '../../../../engine/functions/expression/check-fields.js'
import { expressionText } from '../../../../engine/functions/expression/expression-text.js'
import { foldConstants } from '../../../../engine/functions/expression/fold-constants.js'
import { loadFormulaParser, parseFormula } from '../../../../engine/functions/expression/formula.js'
import { callable } from '../../../../engine/functions/expression-of.js'

test.before(loadFormulaParser)

const row = {
  a: 7,
  b: -2,
  none: null,
  name: 'Zoë',
  user: { zip: '10115' },
  when: new Date('2001-02-03T04:05:06Z'),
  'odd name': 3,
}

const VALUES: readonly (readonly [formula: string, value: unknown])[] = [
  ['a + b * 2', 3],
  ['-a ^ 2', -49],
  ['2 ^ 3 ^ 2', 512],
  ['b % 3', 1],
  ['b mod 3', 1],
  ['a > 5 and b < 0', true],
  ['a > 5 xor b < 0', false],
  ['not (a > 5)', false],
  ['0 < a < 10', true],
  ['0 < a < 5', false],
  ['a == 7 ? "seven" : \'other\'', 'seven'],
  ['none + 1', null],
  ['none > 1', null],
  ['none > 1 and a < 0', false],
  ['none > 1 and a > 0', null],
  ['none > 1 or a > 0', true],
  ['not (none > 1)', null],
  ['none ? 1 : 2', null],
  ['none == null', null],
  ['isMissing(none) and not isMissing(a)', true],
  ['ifMissing(none, 4) + 1', 5],
  ['absent + 1', null],
  ['user.zip == "10115"', true],
  ['user["zip"]', '10115'],
  ['name.zip.zip', null],
  ['field("odd name") + 1', 4],
  ['round(2.5) + round(-2.5)', 0],
  ['round(3.14159, 2)', 3.14],
  ['log(8, 2)', Math.log(8) / Math.log(2)],
  ['min(a, b, 3)', -2],
  ['year(when) * 10000 + month(when) * 100 + day(when)', 20010203],
  ['hour(when) * 100 + minute(when)', 405],
  ['weekday(when)', 6],
  ['when > date("2001-01-01")', true],
  ['when - date("2001-02-03")', 14_706_000],
  ['when == date("2001-02-03T04:05:06Z")', true],
  ['upper(name)', 'ZOË'],
  ['length(name)', 3],
  ['startsWith(name, "Z") and contains(name, "o")', true],
  ['true', true],
]
for (const [formula, value] of VALUES)
  test(`computes ${formula}`, t => {
    t.deepEqual(callable({ formula, handed: {}, operation: 'derive' }, 1)(row), value)
  })

const MISTAKES: readonly (readonly [formula: string, message: RegExp])[] = [
  ['a >', /cannot be read at column 4/],
  ['a && b', /column 4.*Write and\./],
  ['flor(a)', /"flor", which is not known; known are floor, /],
  ['a = 3', /an assignment\. To compare, write ==/],
  ['[1, 2]', /a matrix/],
  ['f(x) = x', /the definition of a function/],
  ['1:3', /a range/],
  ['a; b', /several expressions/],
  ['2 a', /without an operator/],
  ['5 cm', /without an operator/],
  ['a in b', /operator "in"/],
  ['a!', /Write not/],
  ['not a > 3', /Write not \(a > b\)/],
  ['abs(1, 2)', /abs with 2 arguments; it takes 1/],
  ['a[1]', /an index/],
  [' ', /is empty/],
]
for (const [formula, message] of MISTAKES)
  test(`refuses ${formula}`, t => {
    const error = t.throws(() => parseFormula(formula, 1, 'filter'), {
      instanceOf: ArgumentError,
      message,
    })
    t.true(error.message.startsWith(`filter: the formula "${formula}" `))
  })

test('reads fields of a pair by left and right', t => {
  const fn = { formula: 'left.a < right.b.c', handed: {}, operation: 'join.filter' }
  t.is(callable(fn, 2)({ a: 1 }, { b: { c: 2 } }), true)
  t.throws(() => parseFormula('a < 3', 2, 'join.filter'), { message: /left\.a or right\.a/ })
})

test('reads a plain value as the field value', t => {
  t.is(callable({ formula: 'value * 2', handed: {}, operation: 'map' }, 1)(21), 42)
})

test('lists the known fields, the nearest first', t => {
  const expression = parseFormula('dely > 3', 1, 'filter')
  t.throws(() => checkFields('filter', expression, [['origin', 'delay']]), {
    instanceOf: SchemaError,
    message: 'filter: field "dely" is not in the data; it has delay, origin.',
  })
  t.notThrows(() => checkFields('filter', expression, [undefined]))
})

test('shows an expression as text, with constants folded', t => {
  const expression = parseFormula('abs(a) > 2 * 3 ? lower(b) : not c', 1, 'derive')
  t.is(expressionText(foldConstants(expression)), '(abs(a) > 6) ? lower(b) : not c')
})
