import { ExecutionEnvironment } from '../../../engine/index.js'
import { graphOf, type Topology, topologyOf } from '../../../gelly/index.js'
import { type Csr, edgesOnce, sourcesOf } from './csr.js'

/** The graph as wiesel's library takes it, each edge in one direction; ids are positions. */
export async function libraryGraph(graph: Csr, parallelism: number) {
  const { sources, targets } = edgesOnce(graph)
  const env = new ExecutionEnvironment({ parallelism, memory: '8 GiB', progress: false })
  const topology = await topologyOf(graph.offsets.length - 1, sources, targets)
  return graphOf<number, null, null>(topology, null, null, null, env)
}

/** The topology of edges in the order of rows, with rows both ways; its own rows are the same. */
export async function topologyOfRows(csr: Csr): Promise<Topology> {
  const { offsets, neighbours } = csr
  const topology = await topologyOf(offsets.length - 1, sourcesOf(csr), neighbours)
  // They are built at first sight: not while time is taken.
  void [topology.outEdges, topology.in]
  return topology
}
