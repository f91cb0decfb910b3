import test from 'ava'
import { createKernelTeam, createRegion } from '../../../engine/extend.js'
import { plusPlusSeeding } from '../../../ml/clustering/seeding.js'
import {
  pointBlocks,
  pointBlocksLength,
  seedingKernels,
} from '../../../ml/kernels/seeding-distances.js'
import { randomFrom } from '../../support/random.js'

for (const [size, count] of [
  [1, 1],
  [3, 4],
  [8, 5],
  [5, 9],
] as const) {
  for (const weighted of [false, true]) {
    const title = `${count} points of ${size} features${weighted ? ', with weights' : ''}`
    test(`${title}: both forms give the same, and what distances one by one give`, async t => {
      const random = randomFrom(size * count)
      const length = 500
      const numbers = random.array(length * size, () => random.between(-1, 1))
      const shares = random.array(length, () => random.int(3))
      const tried = random.array(count * size, () => random.between(-1, 1))
      const before = random.array(length, row => (row % 7 === 0 ? 0 : random.between(0, 2)))
      const results: unknown[] = []
      for (const webAssembly of [true, false]) {
        const region = createRegion()
        const team = createKernelTeam(region, { webAssembly, grain: 100 })
        const { trialSums, keepClosest } = await team.load(seedingKernels)
        const parts = team.evenParts(length)
        const padded = Math.ceil(count / 4) * 4
        const values = region.float64(numbers)
        const closest = region.float64(before)
        const weights = region.float64(weighted ? shares : [])
        const points = region.float64(pointBlocksLength(count, size))
        pointBlocks(Float64Array.from(tried), size, points)
        const sums = region.float64((parts.length - 1) * padded)
        const tail = [closest, weights, weighted ? 1 : 0] as const
        await trialSums(parts, values, size, points, padded, ...tail, sums, region.int32(parts))
        const point = region.float64(tried.slice(0, size))
        const kept = await keepClosest(parts, values, size, point, ...tail)
        t.true(parts.length > 2)
        for (let part = 0; part < kept.length; part++) t.is(kept[part], sums[part * padded])
        results.push([[...sums], [...kept], [...closest]])
        for (let k = 0; k < count; k++) {
          let sum = 0
          for (let part = 0; part < kept.length; part++) sum += sums[part * padded + k]!
          let expected = 0
          for (let row = 0; row < length; row++) {
            let distance = 0
            for (let j = 0; j < size; j++) {
              distance += (numbers[row * size + j]! - tried[k * size + j]!) ** 2
            }
            expected += (weighted ? shares[row]! : 1) * Math.min(before[row]!, distance)
          }
          t.true(Math.abs(sum - expected) < 1e-9)
        }
        team.close()
      }
      t.deepEqual(results[0], results[1])
    })
  }
}

test('first centres are the same in both forms and on any number of threads, far apart, and rows', async t => {
  const random = randomFrom(4)
  const [length, size, count] = [3000, 2, 6]
  const numbers = random.array(length * size, at => {
    const cluster = Math.floor(at / size) % count
    return 100 * (at % size === 0 ? cluster : cluster % 2) + random.between(-1, 1)
  })
  const found: number[][] = []
  for (const [webAssembly, workers] of [
    [true, 1],
    [true, 2],
    [true, 3],
    [false, 1],
    [false, 2],
  ] as const) {
    const region = createRegion()
    const team = createKernelTeam(region, { webAssembly, workers, grain: 100 })
    const rows = { kind: 'dense', length, size, values: region.float64(numbers) } as const
    const seeding = await plusPlusSeeding(team, { rows, weights: null }, count)
    found.push([...(await seeding(3))])
    team.close()
  }
  for (const other of found) t.deepEqual(other, found[0])
  const clusters = Array.from({ length: count }, (_, k) =>
    Math.floor((found[0]![k * size]! + 50) / 100),
  )
  t.deepEqual(clusters.toSorted(), [0, 1, 2, 3, 4, 5])
  for (let k = 0; k < count; k++) {
    const at = numbers.indexOf(found[0]![k * size]!)
    t.is(at % size, 0)
    t.is(numbers[at + 1], found[0]![k * size + 1])
  }
})
