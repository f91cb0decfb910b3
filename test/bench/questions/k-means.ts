/**
 * k-means over a million points of eight numbers, 16 centroids, ten supersteps: the centroids are
 * handed over to a function that finds the nearest, and means are taken by centroid.
 *
 * Rival: Lloyd's loop over rows in one array. Run: `npm run bench -- k-means`.
 */
import { ExecutionEnvironment, mean } from '../../../engine/index.js'
import type { Cell } from '../answer.js'
import { type Benchmark, type Setting, type Tasks, task } from '../benchmark.js'
import { kMeansByHand } from '../by-hand/k-means.js'
import { fractions } from '../data.js'

const DIMENSIONS = 8
const CENTROIDS = 16
const SUPERSTEPS = 10

export const kMeans: Benchmark = {
  name: 'k-means',
  question: `k-means, ${DIMENSIONS} dimensions, ${CENTROIDS} centroids, ${SUPERSTEPS} supersteps`,
  records: 1_000_000,
  unit: 'point and superstep',
  contenders: { wiesel, 'wiesel, 2 workers': twoWorkers, 'by hand': byHand },
  goals: { 'by hand': 3 },
  warmUps: 1,
  runs: 3,
}

type Coordinates<T> = Record<'x0' | 'x1' | 'x2' | 'x3' | 'x4' | 'x5' | 'x6' | 'x7', T>

const NAMES = ['x0', 'x1', 'x2', 'x3', 'x4', 'x5', 'x6', 'x7'] as const

const input = (records: number) =>
  Object.fromEntries(NAMES.map((name, k) => [name, fractions(records, k + 1)])) as Coordinates<
    Float64Array<ArrayBuffer>
  >

function twoWorkers(setting: Setting) {
  return wiesel(setting, 2)
}

function wiesel({ records }: Setting, parallelism = 1) {
  const env = new ExecutionEnvironment({ parallelism, parallelFrom: 0 })
  const columns = input(records)
  const points = env.fromColumns(columns)
  const initial = env.fromColumns({
    cluster: Int32Array.from({ length: CENTROIDS }, (_, k) => k),
    ...(Object.fromEntries(
      NAMES.map(name => [name, columns[name].slice(0, CENTROIDS)]),
    ) as typeof columns),
  })
  const centroids = initial.iterate({ maxIterations: SUPERSTEPS }, current =>
    points
      .map(
        (p, { centroids }) => {
          let cluster = 0
          let least = Infinity
          for (let k = 0; k < centroids.length; k++) {
            const c = centroids[k]!
            const d0 = p.x0 - c.x0
            const d1 = p.x1 - c.x1
            const d2 = p.x2 - c.x2
            const d3 = p.x3 - c.x3
            const d4 = p.x4 - c.x4
            const d5 = p.x5 - c.x5
            const d6 = p.x6 - c.x6
            const d7 = p.x7 - c.x7
            const distance =
              d0 * d0 + d1 * d1 + d2 * d2 + d3 * d3 + d4 * d4 + d5 * d5 + d6 * d6 + d7 * d7
            if (distance < least) {
              least = distance
              cluster = c.cluster
            }
          }
          return { ...p, cluster }
        },
        { with: { centroids: current } },
      )
      .groupBy('cluster')
      .aggregate({
        x0: mean('x0'),
        x1: mean('x1'),
        x2: mean('x2'),
        x3: mean('x3'),
        x4: mean('x4'),
        x5: mean('x5'),
        x6: mean('x6'),
        x7: mean('x7'),
      }),
  )
  return perPoint(
    records,
    () => centroids.collect(),
    rows => rows.toSorted((a, b) => a.cluster - b.cluster).map(row => NAMES.map(name => row[name])),
  )
}

function byHand({ records }: Setting) {
  const columns = input(records)
  const points = new Float64Array(records * DIMENSIONS)
  for (const [d, name] of NAMES.entries()) {
    for (let k = 0; k < records; k++) points[k * DIMENSIONS + d] = columns[name][k]!
  }
  const initial = points.slice(0, CENTROIDS * DIMENSIONS)
  return perPoint(
    records,
    () => kMeansByHand(points, initial, SUPERSTEPS),
    found =>
      Array.from({ length: CENTROIDS }, (_, k) => [
        ...found.subarray(k * DIMENSIONS, (k + 1) * DIMENSIONS),
      ]),
  )
}

function perPoint<R>(
  records: number,
  work: () => R | Promise<R>,
  rows: (result: R) => Cell[][],
): Tasks {
  const answer = (result: R) => ({ centroids: rows(result) })
  return { '': { ...task(work, answer), work: () => records * SUPERSTEPS } }
}
