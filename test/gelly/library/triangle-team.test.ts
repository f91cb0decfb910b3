/** Kernels of triangles on several threads: the same answers, also side by side on one graph. */
import test from 'ava'
import { ExecutionEnvironment } from '../../../engine/index.js'
import {
  directedTriadicCensus,
  lcc,
  localClusteringCoefficient,
  triangleCount,
} from '../../../gelly/index.js'
import { numberIds, rmat } from '../zoo.js'
import { graphWith } from './cases.js'

test('several threads give the answers of one, half a million edges', async t => {
  const zooGraph = rmat(13, 64, 3)
  const ids = numberIds(zooGraph)
  const answers = async (parallelism: number) => {
    const env = new ExecutionEnvironment({ parallelism, progress: false })
    const graph = graphWith(zooGraph, ids, env)
    const [triangles, { classes }, undirected, directed] = await Promise.all([
      triangleCount(graph),
      directedTriadicCensus(graph),
      localClusteringCoefficient(graph),
      lcc(graph, { directed: true }),
    ])
    const columns = [await undirected.vertices.collect(), await directed.vertices.collect()]
    return { triangles, classes, columns }
  }
  const one = await answers(1)
  t.true(one.triangles.triangles > 100_000)
  t.deepEqual(await answers(3), one)
})
