import test from 'ava'
import fc from 'fast-check'
import { ArgumentError, SparseVector } from '../../../engine/index.js'
import {
  chebyshevDistance,
  cosineDistance,
  euclideanDistance,
  manhattanDistance,
  minkowskiDistance,
  squaredEuclideanDistance,
  tanimotoDistance,
} from '../../../ml/index.js'

const ALL = {
  euclideanDistance,
  squaredEuclideanDistance,
  cosineDistance,
  chebyshevDistance,
  manhattanDistance,
  minkowskiDistance: minkowskiDistance(2.5),
  tanimotoDistance,
}

const pairs = fc.integer({ min: 1, max: 8 }).chain(size =>
  fc.tuple(
    ...[0, 1, 2].map(() =>
      fc.array(fc.oneof(fc.constant(0), fc.integer({ min: -9, max: 9 })), {
        minLength: size,
        maxLength: size,
      }),
    ),
  ),
)

function sparse(values: readonly number[]): SparseVector {
  const kept = [...values.keys()].filter(k => values[k] !== 0)
  return new SparseVector(
    values.length,
    kept,
    kept.map(k => values[k]!),
  )
}

for (const [name, distance] of Object.entries(ALL)) {
  test(`${name} is 0 from itself, symmetric, and the same for every form of vectors`, t => {
    fc.assert(
      fc.property(pairs, ([a, b]) => {
        const value = distance(a!, b!)
        t.true(value >= 0)
        t.true(Math.abs(distance(a!, a!)) < 1e-12)
        t.is(distance(b!, a!), value)
        for (const x of [a!, Float64Array.from(a!), sparse(a!)]) {
          for (const y of [b!, Float64Array.from(b!), sparse(b!)]) {
            t.true(Math.abs(distance(x, y) - value) < 1e-12)
          }
        }
      }),
    )
  })
}

for (const name of [
  'euclideanDistance',
  'chebyshevDistance',
  'manhattanDistance',
  'minkowskiDistance',
] as const) {
  test(`${name} has no shorter way round`, t => {
    const distance = ALL[name]
    fc.assert(
      fc.property(pairs, ([a, b, c]) => {
        t.true(distance(a!, c!) <= distance(a!, b!) + distance(b!, c!) + 1e-9)
      }),
    )
  })
}

test('distances are those of the formulas', t => {
  const [a, b] = [
    [1, 2, 0],
    [0, 4, -1],
  ]
  t.is(squaredEuclideanDistance(a, b), 6)
  t.is(euclideanDistance(a, b), Math.sqrt(6))
  t.is(chebyshevDistance(a, b), 2)
  t.is(manhattanDistance(a, b), 4)
  t.is(minkowskiDistance(1)(a, b), 4)
  t.is(minkowskiDistance(3)(a, b), 10 ** (1 / 3))
  t.true(Math.abs(cosineDistance(a, b) - (1 - 8 / Math.sqrt(5 * 17))) < 1e-15)
  t.is(tanimotoDistance(a, b), 1 - 8 / 14)
})

test('zero vectors have distances, too', t => {
  t.is(cosineDistance([0, 0], [0, 0]), 0)
  t.is(cosineDistance([0, 0], [1, 0]), 1)
  t.is(tanimotoDistance([0, 0], [0, 0]), 0)
  t.is(tanimotoDistance([0, 0], [1, 0]), 1)
})

test('vectors of two sizes, and what is none, are refused', t => {
  for (const [name, distance] of Object.entries(ALL)) {
    t.throws(() => distance([1], [1, 2]), {
      instanceOf: ArgumentError,
      message: new RegExp(`^${name}: the vectors must have one size; got 1 and 2`),
    })
    t.throws(() => distance('a' as never, [1]), { instanceOf: ArgumentError })
  }
  t.throws(() => minkowskiDistance(0.5), { instanceOf: ArgumentError, message: /p must be/ })
})
