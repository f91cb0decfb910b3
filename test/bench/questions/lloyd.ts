/**
 * k-means of a million points of eight numbers, 16 clusters, from given centres, thirty iterations at most: of
 * points in clusters, where bounds spare most distances, and of points that are spread evenly, where
 * they spare few.
 *
 * Rival: scikit-learn's `KMeans` (Lloyd). The objective is the sum of squared distances.
 * Run: `npm run bench -- lloyd lloyd-even`.
 */
import { Random } from '../../../engine/types/random.js'
import { kMeans } from '../../../ml/index.js'
import { fractions } from '../data.js'
import { readFloat64, vectorData } from '../learning-data.js'
import { learningBenchmark } from '../learning-tasks.js'

const SIZE = 8
const CLUSTERS = 16
const ITERATIONS = 30

export const lloyd = benchmark('lloyd', 'points in clusters', records => {
  const random = new Random(1)
  const centres = fractions(CLUSTERS * SIZE, 2)
  return Float64Array.from({ length: records * SIZE }, (_, at) => {
    // The sum of four numbers is nearly normal.
    const off = random.next() + random.next() + random.next() + random.next() - 2
    const cluster = (Math.floor(at / SIZE) * 7) % CLUSTERS
    return 10 * centres[cluster * SIZE + (at % SIZE)]! + 2 * off
  })
})

export const lloydEven = benchmark('lloyd-even', 'points spread evenly', records =>
  fractions(records * SIZE, 3),
)

function benchmark(name: string, what: string, points: (records: number) => Float64Array) {
  return learningBenchmark({
    name,
    question: `k-means, ${what}, ${SIZE} dimensions, ${CLUSTERS} clusters, ${ITERATIONS} iterations at most`,
    records: 1_000_000,
    input: records => ({ x: points(records) }),
    load: ({ folder }, environment) => vectorData(environment, readFloat64(folder, 'x'), SIZE, {}),
    fit(data, { folder }) {
      const first = readFloat64(folder, 'x').subarray(0, CLUSTERS * SIZE)
      const initial = Array.from({ length: CLUSTERS }, (_, k) =>
        first.subarray(k * SIZE, (k + 1) * SIZE),
      )
      return kMeans({ initial, maxIterations: ITERATIONS, tolerance: 0 }).fit(data)
    },
    answer: ({ inertia, iterations }) => ({ objective: inertia, iterations }),
    rivals: {
      'scikit-learn': {
        program: 'k_means',
        options: { size: SIZE, clusters: CLUSTERS, iterations: ITERATIONS },
      },
    },
  })
}
