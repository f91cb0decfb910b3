import test from 'ava'
import fc from 'fast-check'
import { evaluator } from '../../../../engine/functions/expression/evaluate.js'
import {
  type BinaryOperator,
  binary,
  call,
  conditional,
  conjunction,
  conjuncts,
  constant,
  type Expression,
  field,
  fieldsOf,
  member,
  type Rules,
  substitute,
  unary,
} from '../../../../engine/functions/expression/expression.js'
import { scalarSource } from '../../../../engine/functions/rewrite.js'

const value = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    undefined,
    0,
    -0,
    1,
    -1,
    2.5,
    Number.NaN,
    true,
    false,
    '',
    'a',
    '7',
  ),
  fc.constantFrom<unknown>(new Date(0), new Date(86_400_000)),
)
const record = fc.record({ a: value, b: value, c: value })

const OPERATORS: Readonly<Record<Rules, readonly BinaryOperator[]>> = {
  missing: [
    ...(['+', '-', '*', '/', '**', '<', '<=', '>', '>=', '===', '!=='] as const),
    ...(['and', 'or', 'xor'] as const),
  ],
  javascript: [
    ...(['+', '-', '*', '/', '%', '**', '<', '<=', '>', '>=', '==', '!=', '===', '!=='] as const),
    ...(['&&', '||', '??', '&', '|', '^', '<<', '>>', '>>>'] as const),
  ],
}
const CALLS: Readonly<Record<Rules, readonly (readonly [string, number])[]>> = {
  missing: [
    ...([
      ['abs', 1],
      ['round', 1],
      ['round', 2],
      ['mod', 2],
      ['log', 2],
      ['year', 1],
    ] as const),
    ...([
      ['lower', 1],
      ['contains', 2],
      ['length', 1],
      ['isMissing', 1],
    ] as const),
    ...([
      ['ifMissing', 2],
      ['min', 3],
    ] as const),
  ],
  javascript: [
    ['Math.max', 2],
    ['Number', 1],
    ['String', 1],
    ['Number.isInteger', 1],
  ],
}

function trees(rules: Rules): fc.Arbitrary<Expression> {
  const names = fc.constantFrom('a', 'b', 'c')
  return fc.letrec<{ tree: Expression }>(tie => {
    const tree = tie('tree')
    return {
      tree: fc.oneof(
        { maxDepth: 5, depthIdentifier: rules },
        names.map(name => field(name)),
        fc.constantFrom(...[0, -0, 3, -1.5, 'a', true, false, null]).map(constant),
        fc
          .tuple(fc.constantFrom(...OPERATORS[rules]), tree, tree)
          .map(([operator, left, right]) => binary(operator, left, right, rules)),
        fc
          .tuple(fc.constantFrom('-' as const, rules === 'missing' ? 'not' : '!'), tree)
          .map(([operator, operand]) => unary(operator, operand, rules)),
        fc.tuple(tree, tree, tree).map(([x, y, z]) => conditional(x, y, z, rules)),
        tree.map(object => member(object, 'zip', true)),
        fc
          .tuple(fc.constantFrom(...CALLS[rules]), fc.array(tree, { minLength: 3, maxLength: 3 }))
          .map(([[name, arity], values]) => call(name, values.slice(0, arity), rules)),
      ),
    }
  }).tree
}

function compiled(expression: Expression, as: 'value' | 'test') {
  const scalar = scalarSource({ expression, handed: {}, operation: 'map' }, 1, as)!
  const run = new Function(`return ${scalar.source}`)() as (...values: unknown[]) => unknown
  return (row: Readonly<Record<string, unknown>>) =>
    run(...scalar.parameters.map(parameter => row[parameter.field]))
}

/** Invalid dates and NaN are equal to themselves, missing is missing. */
function comparable(result: unknown): unknown {
  return result instanceof Date ? `date ${+result}` : (result ?? null)
}

for (const rules of ['missing', 'javascript'] as const) {
  test(`gives compiled what it gives evaluated, by the rules ${rules}`, t => {
    fc.assert(
      fc.property(trees(rules), record, (tree, row) => {
        const expected = comparable(evaluator(tree)(row))
        t.true(Object.is(comparable(compiled(tree, 'value')(row)), expected))
        const truth = expected !== null && !!evaluator(tree)(row)
        t.is(compiled(tree, 'test')(row), truth)
      }),
      { numRuns: 500 },
    )
  })
}

test('a member of a negated value is not the negation of a member', t => {
  const tree = member(unary('not', constant(0), 'missing'), 'zip', true)
  t.is(comparable(compiled(tree, 'value')({})), comparable(evaluator(tree)({})))
})

test('splits a conjunction and puts it together again', t => {
  fc.assert(
    fc.property(
      fc.array(trees('missing'), { minLength: 1, maxLength: 4 }),
      record,
      (parts, row) => {
        const whole = conjunction(parts)
        const truth = parts.every(part => !!evaluator(part)(row))
        t.is(!!evaluator(whole)(row), truth)
        t.is(
          conjuncts(whole).every(part => !!evaluator(part)(row)),
          truth,
        )
      },
    ),
    { numRuns: 200 },
  )
})

test('replaces fields by expressions', t => {
  const sum = binary('+', field('a'), field('b', 1), 'javascript')
  t.deepEqual(fieldsOf(sum), [
    { input: 0, name: 'a' },
    { input: 1, name: 'b' },
  ])
  const changed = substitute(sum, (input, name) =>
    name === 'a' ? constant(10) : field(name.toUpperCase(), input),
  )
  t.deepEqual(changed, binary('+', constant(10), field('B', 1), 'javascript'))
  t.is(
    substitute(sum, () => undefined),
    undefined,
  )
  t.true(Object.isFrozen(changed))
})

test('keeps strings that would end the source', t => {
  const text = '"\\\n\u2028`$' + '{x}'
  t.is(compiled(constant(text), 'value')({}), text)
})
