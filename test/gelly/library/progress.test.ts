/** Long work without iterations tells how far it is, and gives the same answer when it does. */
import test from 'ava'
import { ExecutionEnvironment } from '../../../engine/index.js'
import {
  allPairsDistances,
  averageClusteringCoefficient,
  directedTriadicCensus,
  directedTriangles,
  globalClusteringCoefficient,
  graphOf,
  lcc,
  localClusteringCoefficient,
  minimumSpanningForest,
  shortestPaths,
  topologyOf,
  triadicCensus,
  triangleCount,
  triangles,
  type WorkOptions,
} from '../../../gelly/index.js'
import { rmat } from '../zoo.js'

const { vertexCount, sources, targets } = rmat(10, 16, 3)
const env = new ExecutionEnvironment({ parallelism: 2, progress: false })
const graph = graphOf(await topologyOf(vertexCount, sources, targets), null, null, null, env)

const works: Readonly<Record<string, (options: WorkOptions) => Promise<unknown>>> = {
  triangleCount: options => triangleCount(graph, options),
  triadicCensus: options => triadicCensus(graph, options),
  directedTriadicCensus: options => directedTriadicCensus(graph, options),
  globalClusteringCoefficient: options => globalClusteringCoefficient(graph, options),
  averageClusteringCoefficient: options => averageClusteringCoefficient(graph, options),
  lcc: async options => (await lcc(graph, { ...options, directed: true })).vertices.collect(),
  localClusteringCoefficient: async options =>
    (await localClusteringCoefficient(graph, options)).vertices.collect(),
  triangles: async options => (await triangles(graph, options)).triangles.count(),
  directedTriangles: async options => (await directedTriangles(graph, options)).triangles.count(),
  minimumSpanningForest: async options =>
    (await minimumSpanningForest(graph, options)).edges.collect(),
  shortestPaths: async options =>
    (await shortestPaths(graph, { ...options, source: sources[0]! })).vertices.collect(),
  allPairsDistances: async options => (await allPairsDistances(graph, options)).distances,
}

for (const [name, run] of Object.entries(works)) {
  test.serial(`${name} tells how far it is`, async t => {
    const seen: [number, number][] = []
    const expected = await run({})
    const { now } = performance
    // Each look at the clock is a second after the one before.
    let ms = now.call(performance)
    performance.now = () => (ms += 1000)
    try {
      t.deepEqual(await run({ onProgress: ({ done, of }) => seen.push([done, of]) }), expected)
    } finally {
      performance.now = now
    }
    t.true(seen.length > 0)
    t.true(seen.every(([done, of], k) => done <= of && done >= (seen[k - 1]?.[0] ?? 0)))
  })
}
