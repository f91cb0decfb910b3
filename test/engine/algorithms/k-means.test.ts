import test from 'ava'
import { randomFrom } from '../../support/random.js'
import { equalRecords } from '../../support/table-equal.js'
import { type Center, kMeans, type Point } from './k-means.js'
import { inEverySetting } from './settings.js'

const { array, between } = randomFrom(7)
const around = (x: number, y: number) => () => ({
  x: between(x - 1, x + 1),
  y: between(y - 1, y + 1),
})
const blobs = [...array(40, around(0, 0)), ...array(60, around(5, 1)), ...array(50, around(2, 6))]

const CASES: Readonly<Record<string, readonly [readonly Point[], number]>> = {
  'no points': [[], 2],
  'one point': [[{ x: 1, y: 2 }], 1],
  'points that are all the same': [array(9, () => ({ x: 1, y: 1 })), 3],
  'three blobs of points': [blobs, 3],
  'points without an order': [array(200, () => ({ x: between(0, 9), y: between(0, 9) })), 7],
}

for (const [name, [points, k]] of Object.entries(CASES)) {
  test(`k-means of ${name} is what Lloyd's algorithm finds on arrays, within 1e-9`, async t => {
    const centers = array(k, id => ({ id, ...(points[id * 3] ?? { x: id, y: 0 }) }))
    const expected = lloyd(points, centers)
    await inEverySetting(async env => {
      const { data, iterations, stoppedBy } = await kMeans(
        env.from(points),
        env.from(centers),
      ).run()
      const actual = await data.collect()
      equalRecords(t, actual, expected.centers, { ordered: false, tolerance: 1e-9 })
      t.deepEqual(
        { iterations, stoppedBy },
        { iterations: expected.iterations, stoppedBy: 'untilEmpty' },
      )
    })
  })
}

function lloyd(points: readonly Point[], start: readonly Center[]) {
  let centers = start
  for (let iterations = 1; ; iterations++) {
    const members = centers.map((): Point[] => [])
    for (const point of points) {
      const distances = centers.map(({ x, y }) => (x - point.x) ** 2 + (y - point.y) ** 2)
      members[distances.indexOf(Math.min(...distances))]!.push(point)
    }
    const moved = centers.map((center, k) => {
      const own = members[k]!
      if (own.length === 0) return center
      const sum = own.reduce((a, b) => ({ x: a.x + b.x, y: a.y + b.y }))
      return { id: center.id, x: sum.x / own.length, y: sum.y / own.length }
    })
    const still = moved.every(({ x, y }, k) => x === centers[k]!.x && y === centers[k]!.y)
    centers = moved
    if (still) return { iterations, centers }
  }
}
