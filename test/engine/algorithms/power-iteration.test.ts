import test from 'ava'
import { randomFrom } from '../../support/random.js'
import { equalRecords } from '../../support/table-equal.js'
import { type Entry, powerIteration } from './power-iteration.js'
import { inEverySetting } from './settings.js'

const { array, int, between } = randomFrom(3)

const CASES: Readonly<Record<string, readonly Entry[]>> = {
  'a matrix of one entry': [{ row: 0, column: 0, value: 4 }],
  'a diagonal matrix': array(5, k => ({ row: k, column: k, value: k + 1 })),
  'a path of 6 with loops': symmetric([
    ...array(6, k => ({ row: k, column: k, value: 1 })),
    ...array(5, k => ({ row: k, column: k + 1, value: 1 })),
  ]),
  'entries that come twice': symmetric(array(2, () => ({ row: 0, column: 1, value: 1 }))).concat(
    array(2, k => ({ row: k, column: k, value: 3 })),
  ),
  'a random matrix of 30 rows': symmetric([
    ...array(30, k => ({ row: k, column: k, value: 1 })),
    ...array(150, () => ({ row: int(30), column: int(30), value: between(0, 1) })),
  ]),
}

for (const [name, matrix] of Object.entries(CASES)) {
  test(`power iteration on ${name} gives what arrays give, within 1e-9`, async t => {
    const size = Math.max(...matrix.map(({ row }) => row)) + 1
    const expected = naive(matrix, size, 1e-9)
    await inEverySetting(async env => {
      const start = env.from(array(size, index => ({ index, value: 1 })))
      const { data, iterations, stoppedBy } = await powerIteration(env.from(matrix), start).run()
      const actual = await data.collect()
      equalRecords(t, actual, expected.vector, { ordered: false, tolerance: 1e-9 })
      t.deepEqual(
        { iterations, stoppedBy },
        { iterations: expected.iterations, stoppedBy: 'until' },
      )
    })
  })
}

test('a matrix without entries gives a vector without components', async t => {
  await inEverySetting(async env => {
    const start = env.from([{ index: 0, value: 1 }])
    const result = powerIteration(env.from<Entry>([]), start, { maxIterations: 3 })
    t.deepEqual(await result.collect(), [])
  })
})

function symmetric(entries: readonly Entry[]): Entry[] {
  return entries.flatMap(({ row, column, value }) =>
    row === column
      ? [{ row, column, value }]
      : [
          { row, column, value },
          { row: column, column: row, value },
        ],
  )
}

function naive(matrix: readonly Entry[], size: number, tolerance: number) {
  let vector: number[] = Array.from({ length: size }, () => 1)
  for (let iterations = 1; ; iterations++) {
    const product = vector.map(() => 0)
    for (const { row, column, value } of matrix) product[row]! += value * vector[column]!
    const length = Math.hypot(...product)
    const next = product.map(value => value / length)
    const change = Math.max(...next.map((value, k) => Math.abs(value - vector[k]!)))
    vector = next
    if (change < tolerance) {
      return { iterations, vector: vector.map((value, index) => ({ index, value })) }
    }
  }
}
