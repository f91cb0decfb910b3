import test from 'ava'
import { createKernelTeam, createRegion } from '../../../engine/extend.js'
import { createAssignment } from '../../../ml/clustering/assignment.js'
import { randomFrom } from '../../support/random.js'

for (const [size, count] of [
  [1, 1],
  [3, 5],
  [8, 16],
  [5, 17],
] as const) {
  for (const weighted of [false, true]) {
    const title = `${count} centres of ${size} features${weighted ? ', with weights' : ''}`
    test(`${title}: both forms give the same, and what a search without bounds gives`, async t => {
      const random = randomFrom(size * count)
      const length = 500
      const numbers = random.array(length * size, () => random.between(-1, 1))
      const shares = random.array(length, () => random.int(3))
      const results: unknown[] = []
      for (const webAssembly of [true, false]) {
        const region = createRegion()
        const team = createKernelTeam(region, { webAssembly, grain: 100 })
        const values = region.float64(numbers)
        const weights = weighted ? region.float64(shares) : null
        const rows = { kind: 'dense', length, size, values } as const
        const assignment = await createAssignment(team, { rows, weights }, count)
        assignment.reset()
        let centres = values.slice(0, count * size)
        const found: unknown[] = []
        for (let k = 0; k < 8; k++) {
          const { changed, sums } = await assignment.assign(centres)
          const expected = searched(values, centres, size)
          t.deepEqual([...assignment.labels], expected)
          found.push(changed, [...sums], expected)
          centres = centres.map((value, at) => {
            const start = Math.floor(at / size) * (size + 1)
            const weight = sums[start + size]!
            return weight > 0 ? sums[start + (at % size)]! / weight : value
          })
        }
        results.push(found)
        team.close()
      }
      t.deepEqual(results[0], results[1])
    })
  }
}

/** By row the nearest centre. */
function searched(values: Float64Array, centres: Float64Array, size: number): number[] {
  return Array.from({ length: values.length / size }, (_, row) => {
    const squares = Array.from({ length: centres.length / size }, (_, centre) => {
      let sum = 0
      for (let k = 0; k < size; k++)
        sum += (values[row * size + k]! - centres[centre * size + k]!) ** 2
      return sum
    })
    return squares.indexOf(Math.min(...squares))
  })
}
