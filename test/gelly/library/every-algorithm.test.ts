/**
 * What holds for every algorithm of the library: it is in this table, takes a signal and hears it while
 * it works, tells progress where its work is long, and refuses options and graphs that are none.
 */
import test from 'ava'
import { AbortError, ArgumentError, ExecutionEnvironment, from } from '../../../engine/index.js'
import * as gelly from '../../../gelly/index.js'
import { type Graph, graphOf, topologyOf } from '../../../gelly/index.js'
import { rmat, type ZooGraph } from '../zoo.js'
import { algorithmNames } from './algorithm-names.js'

type AnyGraph = Graph<number, number, number>
type Options = Readonly<Record<string, unknown>>
type Run = (graph: AnyGraph, options: Options) => Promise<unknown>

const env = new ExecutionEnvironment({ parallelism: 2, progress: false })
const zooGraph = rmat(9, 8, 3)
const source = zooGraph.sources[0]!

/** Runs an algorithm, and what of its answer is computed late. */
function of(name: string, own: Options = {}, late?: string): Run {
  const run = (gelly as unknown as Record<string, (graph: AnyGraph, options: Options) => unknown>)[
    name
  ]!
  return async (graph, options) => {
    const result = await run(graph, { ...own, ...options })
    if (late === undefined) return result
    return (result as Record<string, { collect(): Promise<unknown> }>)[late]!.collect()
  }
}

const communities = from(
  Array.from({ length: zooGraph.vertexCount }, (_, id) => ({ id, community: id % 7 })),
)
const ofCommunities =
  (run: typeof gelly.modularity | typeof gelly.communityQuality): Run =>
  (graph, options) =>
    run(graph, communities, options)

/** Without a cycle, where that is forbidden. */
const path = graphOf(
  await topologyOf(
    3000,
    Array.from({ length: 2999 }, (_, v) => v),
    Array.from({ length: 2999 }, (_, v) => v + 1),
  ),
  ...([null, null, null, env] as const),
) as unknown as AnyGraph

/** Algorithms whose work goes on for long in large graphs: they hear a signal in it, and tell progress. */
const LONG: Readonly<Record<string, Run>> = {
  adamicAdar: of('adamicAdar', {}, 'pairs'),
  allPairsDistances: of('allPairsDistances'),
  averageClusteringCoefficient: of('averageClusteringCoefficient'),
  betweenness: of('betweenness'),
  breadthFirstSearch: of('breadthFirstSearch', { source }),
  cdlp: of('cdlp', { iterations: 3 }),
  closeness: of('closeness'),
  communityDetection: of('communityDetection', { maxIterations: 3 }),
  connectedComponents: of('connectedComponents'),
  coreNumbers: of('coreNumbers'),
  directedTriadicCensus: of('directedTriadicCensus'),
  directedTriangles: of('directedTriangles', {}, 'triangles'),
  eccentricity: of('eccentricity'),
  edgeBetweenness: of('edgeBetweenness'),
  edgeMetrics: of('edgeMetrics'),
  eigenvectorCentrality: of('eigenvectorCentrality', { maxIterations: 3 }),
  findCycle: of('findCycle'),
  globalClusteringCoefficient: of('globalClusteringCoefficient'),
  hits: of('hits', { maxIterations: 3 }),
  jaccardIndex: of('jaccardIndex', {}, 'pairs'),
  kCore: of('kCore', { k: 2 }),
  katzCentrality: of('katzCentrality', { maxIterations: 3 }),
  labelPropagation: of('labelPropagation', { maxIterations: 3 }),
  lcc: of('lcc', {}, 'vertices'),
  localClusteringCoefficient: of('localClusteringCoefficient', {}, 'vertices'),
  louvain: of('louvain'),
  minimumSpanningForest: of('minimumSpanningForest', {}, 'edges'),
  pageRank: of('pageRank', { maxIterations: 3 }),
  shortestPath: of('shortestPath', { source, target: 5 }),
  shortestPaths: of('shortestPaths', { source }),
  stronglyConnectedComponents: of('stronglyConnectedComponents'),
  topologicalOrder: (_, options) => of('topologicalOrder')(path, options),
  triadicCensus: of('triadicCensus'),
  triangleCount: of('triangleCount'),
  triangles: of('triangles', {}, 'triangles'),
}

/** Algorithms of a pass or two over vertices or edges: they hear a signal before it. */
const SHORT: Readonly<Record<string, Run>> = {
  checksum: of('checksum'),
  communityQuality: ofCommunities(gelly.communityQuality),
  degreeAssortativity: of('degreeAssortativity'),
  degreeCentrality: of('degreeCentrality'),
  degreeDistribution: of('degreeDistribution'),
  density: of('density'),
  directedVertexMetrics: of('directedVertexMetrics'),
  edgeDegrees: of('edgeDegrees'),
  maximumDegree: of('maximumDegree', { maximum: 9 }),
  modularity: ofCommunities(gelly.modularity),
  reciprocity: of('reciprocity'),
  simplify: of('simplify'),
  summarize: of('summarize'),
  vertexDegrees: of('vertexDegrees'),
  vertexMetrics: of('vertexMetrics'),
}

/** Work in parts of some tenths of a millisecond needs more edges to have several. */
const PARTS = /[tT]riangle|Clustering|[tT]riad|connectedComponents|lcc|jaccardIndex|adamicAdar/
const whole = await prepared(rmat(9, 8, 3))
const large = await prepared(rmat(13, 16, 3))

/** With all rows: work is what is left when a graph is prepared. */
async function prepared({ vertexCount, sources, targets }: ZooGraph): Promise<AnyGraph> {
  const topology = await topologyOf(vertexCount, sources, targets)
  void [topology.outEdges, topology.inEdges, topology.simple]
  return graphOf(topology, null, null, null, env) as unknown as AnyGraph
}
test('every algorithm is in one of the tables', t => {
  t.deepEqual(algorithmNames(), [...Object.keys(LONG), ...Object.keys(SHORT)].sort())
})

/** Each look at the clock is a second after the one before, so that every pause is made. */
async function hurried<T>(run: () => Promise<T>): Promise<T> {
  const { now } = performance
  let ms = now.call(performance)
  performance.now = () => (ms += 1000)
  try {
    return await run()
  } finally {
    performance.now = now
  }
}

for (const [name, run] of Object.entries({ ...LONG, ...SHORT })) {
  test.serial(`${name} refuses to begin when the signal is aborted`, async t => {
    await t.throwsAsync(() => run(whole, { signal: AbortSignal.abort() }), {
      instanceOf: AbortError,
    })
  })

  test.serial(
    `${name} refuses unknown options with the nearest known one, and what is no graph`,
    async t => {
      const { message } = await t.throwsAsync(
        async () => run(whole, { signa: AbortSignal.abort() }),
        { instanceOf: ArgumentError },
      )
      t.true(message.startsWith(`${name}: option "signa" is not known; there are signal`), message)
      if (name === 'topologicalOrder') return
      const none = await t.throwsAsync(async () => run(undefined as unknown as AnyGraph, {}), {
        instanceOf: ArgumentError,
      })
      t.true(none.message.startsWith(`${name}: the graph must be a Graph; got undefined.`))
    },
  )
}

for (const [name, run] of Object.entries(LONG)) {
  const graph = PARTS.test(name) ? large : whole

  test.serial(`${name} hears a signal in its work`, async t => {
    await run(graph, {})
    const controller = new AbortController()
    setImmediate(() => controller.abort())
    await t.throwsAsync(() => hurried(() => run(graph, { signal: controller.signal })), {
      instanceOf: AbortError,
    })
  })

  test.serial(`${name} tells how far it is`, async t => {
    let told = 0
    const onProgress = () => {
      told++
    }
    await hurried(() => run(graph, { onProgress }))
    t.true(told > 0)
  })
}
