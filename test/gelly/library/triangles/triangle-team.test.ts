/** Kernels of triangles on several threads: the same answers, also side by side on one graph. */
import test from 'ava'
import { ExecutionEnvironment } from '../../../../engine/index.js'
import {
  directedTriadicCensus,
  graphOf,
  lcc,
  localClusteringCoefficient,
  topologyOf,
  triangleCount,
} from '../../../../gelly/index.js'
import { rmat } from '../../zoo.js'

test('several threads give the answers of one, half a million edges', async t => {
  const { vertexCount, sources, targets } = rmat(13, 80, 3)
  const answers = async (parallelism: number) => {
    const env = new ExecutionEnvironment({ parallelism, progress: false })
    const topology = await topologyOf(vertexCount, sources, targets)
    const graph = graphOf(topology, null, null, null, env)
    const [triangles, { classes }, undirected, directed] = await Promise.all([
      triangleCount(graph),
      directedTriadicCensus(graph),
      localClusteringCoefficient(graph),
      lcc(graph, { directed: true }),
    ])
    const { degree, links } = await undirected.vertices.toColumns()
    const { value } = await directed.vertices.toColumns()
    return { triangles, classes, degree, links, value }
  }
  const one = await answers(1)
  t.true(one.triangles.triangles > 1_000_000)
  const three = await answers(3)
  t.deepEqual(three.triangles, one.triangles)
  t.deepEqual(three.classes, one.classes)
  for (const name of ['degree', 'links', 'value'] as const) {
    t.deepEqual([...three[name]], [...one[name]], name)
  }
})
