/**
 * Breadth-first search from one vertex by the library in a random graph, as the GAP suite measures it.
 *
 * Rivals: the GAP suite, see `rivals/gap.ts`; at scale 16 also graphology, networkx and igraph, which
 * all look at every edge. Levels are verified. Run: `npm run bench -- bfs-18`.
 */
import { breadthFirstSearch } from '../../../gelly/index.js'
import type { Benchmark, Contender, Setting } from '../benchmark.js'
import { graphBenchmark, graphTasks } from '../graph-tasks.js'
import { type Csr, firstVertex } from '../graphs/csr.js'
import { readGraph } from '../graphs/graph-file.js'
import { gapTasks } from '../rivals/gap-tasks.js'
import { rivalTasks } from '../rivals/graph-rival.js'
import {
  graphologyFunction,
  graphologyLoader,
  type UndirectedGraph,
} from '../rivals/graphology-packages.js'
import { pythonContenders } from '../rivals/python-graph.js'

const PART = 'search'
const { networkx, igraph } = pythonContenders({ question: 'bfs', part: PART, source: firstVertex })

export const bfs16 = bfs(16, 9, { graphology, networkx, igraph })
export const bfs18 = bfs(18, 9, { igraph })
export const bfs20 = bfs(20, 5, {})

function bfs(scale: number, runs: number, more: Benchmark['contenders']): Benchmark {
  return graphBenchmark({
    name: `bfs-${scale}`,
    question: `breadth-first search from one vertex, RMAT scale ${scale}`,
    ...{ scale, part: PART, runs, warmUps: 5 },
    wiesel,
    rivals: { 'GAP suite': gap, ...more },
    gap: 1.5,
  })
}

function wiesel(parallelism: number): Contender {
  return setting => {
    const source = firstVertex(readGraph(setting))
    return graphTasks(setting, {
      part: PART,
      parallelism,
      index(topology) {
        topology.out
        topology.in
      },
      run: graph => breadthFirstSearch(graph, { source }),
      async answer({ vertices, reached }, csr) {
        const { level, parent } = await vertices.toColumns()
        return { reached, ...digest(level), verified: treeIsRight(level, parent, source, csr) }
      },
    })
  }
}

function gap(setting: Setting) {
  return gapTasks(setting, {
    kernel: 'bfs',
    part: PART,
    options: csr => ['-r', String(firstVertex(csr)), '-v'],
    answer: output => ({
      reached: Number(/Tree has (\d+) nodes/.exec(output)?.[1]),
      verified: /Verification:\s+PASS/.test(output),
    }),
  })
}

/** Calls back with each vertex that is reached and its level. */
type BfsFromNode = (
  graph: UndirectedGraph,
  node: number,
  callback: (node: string, attributes: object, level: number) => void,
) => void

async function graphology(setting: Setting) {
  const csr = readGraph(setting)
  const run = await graphologyFunction<BfsFromNode>('graphology-traversal', 'bfsFromNode')
  const source = firstVertex(csr)
  return rivalTasks({
    part: PART,
    edges: csr.neighbours.length,
    load: await graphologyLoader(csr),
    run(graph) {
      const levels: number[] = []
      run(graph, source, (_, __, level) => {
        levels.push(level)
      })
      return levels
    },
    answer: levels => ({ reached: levels.length, ...digest(levels) }),
  })
}

/** The sum of levels and the last one; `null` is not reached. */
function digest(levels: ArrayLike<number | null>) {
  let [sum, farthest] = [0, 0]
  for (let k = 0; k < levels.length; k++) {
    const level = levels[k] ?? 0
    sum += level
    if (level > farthest) farthest = level
  }
  return { levels: sum, farthest }
}

/**
 * Whether parents are neighbours one level nearer, and no edge spans two levels or leaves what is
 * reached: then levels are right.
 */
function treeIsRight(
  levels: ArrayLike<number | null>,
  parents: ArrayLike<number | null>,
  source: number,
  { offsets, neighbours }: Csr,
): boolean {
  for (let v = 0; v < levels.length; v++) {
    const [level, parent] = [levels[v] ?? null, parents[v] ?? null]
    let found = level === null || v === source
    for (let k = offsets[v]!; k < offsets[v + 1]!; k++) {
      const other = levels[neighbours[k]!] ?? null
      if ((other === null) !== (level === null)) return false
      if (Math.abs((other ?? 0) - (level ?? 0)) > 1) return false
      if (neighbours[k] === parent && other === level! - 1) found = true
    }
    if (!found) return false
  }
  return levels[source] === 0
}
