/**
 * Communities by the Louvain method in a random graph: the search alone, from a graph in memory, as
 * each library has it, on.
 *
 * Rivals: graphology, and networkx up to scale 14. They look at vertices in other orders and so find
 * other communities; their modularity, computed here of all answers alike, must not be more than 0.005
 * above wiesel's.
 * Run: `npm run bench -- louvain-14`; `--scale 0.25` takes two off the exponent.
 */
import { louvain } from '../../../gelly/index.js'
import { type Benchmark, type Setting, single, type Tasks } from '../benchmark.js'
import type { Csr } from '../graphs/csr.js'
import { readGraph, writeGraph } from '../graphs/graph-file.js'
import { libraryGraph } from '../graphs/library-graph.js'
import { graphologyOf } from '../rivals/graphology.js'
import { findNetworkx, runNetworkx, writeNetworkxGraph } from '../rivals/networkx.js'

export const louvain14 = benchmark(14, { wiesel, graphology, networkx })
export const louvain16 = benchmark(16, { wiesel, graphology })

function benchmark(scale: number, contenders: Benchmark['contenders']): Benchmark {
  return {
    name: `louvain-${scale}`,
    question: `communities by the Louvain method, RMAT scale ${scale}`,
    records: 2 ** scale,
    contenders,
    goals: { graphology: 1 },
    atLeast: { modularity: 0.005 },
    warmUps: 1,
    runs: 3,
    input: writeGraph,
  }
}

async function wiesel(setting: Setting): Promise<Tasks> {
  const csr = readGraph(setting)
  const graph = await libraryGraph(csr, 1)
  return searching(csr, async () => {
    const { vertices } = await louvain(graph)
    return (await vertices.toColumns()).community
  })
}

async function graphology(setting: Setting): Promise<Tasks> {
  const csr = readGraph(setting)
  const graph = await graphologyOf(csr, 'undirected')
  // The package is CommonJS, its types are not.
  const { default: search } = await import('graphology-communities-louvain')
  const communitiesOf = search as unknown as typeof search.default
  return searching(csr, () => {
    const found = communitiesOf(graph, { getEdgeWeight: null })
    return Int32Array.from({ length: graph.order }, (_, v) => found[v]!)
  })
}

function networkx(setting: Setting): Tasks {
  findNetworkx('louvain')
  const csr = readGraph(setting)
  const folder = writeNetworkxGraph(setting.folder, csr)
  let communities: ArrayLike<number> = []
  return {
    '': {
      async time() {
        const ran = runNetworkx('louvain', folder, csr)
        communities = ran.answer
        return ran.ms
      },
      answer: async () => answerOf(csr, communities),
      note: async () => noteOf(csr, communities),
    },
  }
}

/** The search for communities, by vertex. */
function searching(csr: Csr, search: () => ArrayLike<number> | Promise<ArrayLike<number>>): Tasks {
  return single(
    search,
    found => answerOf(csr, found),
    found => noteOf(csr, found),
  )
}

function answerOf(csr: Csr, communities: ArrayLike<number>) {
  return { vertices: communities.length, modularity: modularityOf(csr, communities) }
}

function noteOf(csr: Csr, communities: ArrayLike<number>): string {
  const count = new Set(Array.from(communities)).size
  return `modularity ${modularityOf(csr, communities).toFixed(4)}, ${count} communities`
}

/** The share of edges within communities, less what it would be if ends were drawn at random. */
function modularityOf({ offsets, neighbours }: Csr, communities: ArrayLike<number>): number {
  const ends = new Map<number, number>()
  let within = 0
  for (let v = 0; v + 1 < offsets.length; v++) {
    const own = communities[v]!
    ends.set(own, (ends.get(own) ?? 0) + offsets[v + 1]! - offsets[v]!)
    for (let k = offsets[v]!; k < offsets[v + 1]!; k++) {
      if (communities[neighbours[k]!] === own) within++
    }
  }
  const all = neighbours.length
  return [...ends.values()].reduce((sum, count) => sum - (count / all) ** 2, within / all)
}
