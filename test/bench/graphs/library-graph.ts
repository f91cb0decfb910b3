import { ExecutionEnvironment } from '../../../engine/index.js'
import { graphOf, topologyOf } from '../../../gelly/index.js'
import { type Csr, edgesOnce } from './csr.js'

/** The graph as wiesel's library takes it, each edge in one direction; ids are positions. */
export async function libraryGraph(graph: Csr, parallelism: number) {
  const { sources, targets } = edgesOnce(graph)
  const env = new ExecutionEnvironment({ parallelism, memory: '8 GiB', progress: false })
  const topology = await topologyOf(graph.offsets.length - 1, sources, targets)
  return graphOf<number, null, null>(topology, null, null, null, env)
}
