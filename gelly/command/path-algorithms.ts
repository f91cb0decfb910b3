/** Algorithms about paths and connections, as entries of the command. */
import { from, fromColumns } from '../../engine/index.js'
import { betweenness, edgeBetweenness } from '../library/centrality/betweenness.js'
import { closeness } from '../library/centrality/closeness.js'
import { stronglyConnectedComponents } from '../library/components/strongly-connected-components.js'
import { allPairsDistances } from '../library/paths/all-pairs-distances.js'
import { breadthFirstSearch } from '../library/paths/bfs.js'
import { eccentricity } from '../library/paths/eccentricity.js'
import { minimumSpanningForest } from '../library/paths/minimum-spanning-forest.js'
import { shortestPath, shortestPaths } from '../library/paths/shortest-paths.js'
import { findCycle, topologicalOrder } from '../library/paths/topological-order.js'
import type { Algorithms } from './algorithm.js'
import type { Flags } from './flags.js'
import { direction, samples, weight } from './shared-flags.js'

const way: Flags = { direction: direction('out', ['out', 'in', 'all']) }
const searched: Flags = { weight, ...way, ...samples }

/** See the module's documentation. */
export const PATH_ALGORITHMS: Algorithms = {
  bfs: {
    about: 'breadth-first search: numbers of edges from one vertex to all others, and parents',
    flags: {
      source: { kind: 'id', about: 'where the search begins', needed: true },
      ...way,
      maxLevel: { kind: 'number', about: 'the last level that is looked for' },
    },
    reports: true,
    run: (graph, options) => breadthFirstSearch(graph, options),
  },
  'shortest-paths': {
    about: 'distances from one vertex, or the nearest of several, to all others',
    reports: true,
    flags: {
      source: { kind: 'ids', about: 'where paths begin', needed: true },
      weight,
      ...way,
      maxDistance: { kind: 'number', about: 'vertices farther away are not reached' },
    },
    run: (graph, options) => shortestPaths(graph, options),
  },
  'shortest-path': {
    about: 'the vertices of a shortest path from one vertex to another',
    flags: {
      source: { kind: 'id', about: 'where the path begins', needed: true },
      target: { kind: 'id', about: 'where it ends', needed: true },
      weight,
      ...way,
    },
    run: async (graph, options) => {
      const path = await shortestPath(graph, options)
      if (path === null) return { path: 'none' }
      return { vertices: from(path.vertices.map(id => ({ id }))), distance: path.distance }
    },
  },
  'all-pairs-distances': {
    about: 'distances between all vertices of a small graph',
    flags: {
      weight,
      ...way,
      maxVertices: { kind: 'number', about: 'larger graphs are refused', default: '4096' },
    },
    run: async (graph, options) => {
      const { ids, distances } = await allPairsDistances(graph, options)
      const n = ids.length
      const sources = Array.from({ length: n * n }, (_, k) => ids[Math.floor(k / n)]!)
      const targets = Array.from({ length: n * n }, (_, k) => ids[k % n]!)
      return { pairs: fromColumns({ source: sources, target: targets, distance: distances }) }
    },
  },
  'strongly-connected-components': {
    about: 'groups of vertices that reach each other along edges',
    reports: true,
    flags: {},
    run: (graph, options) => stronglyConnectedComponents(graph, options),
  },
  'minimum-spanning-forest': {
    about: 'the edges of least weight that connect what is connected',
    reports: true,
    flags: { weight },
    table: 'edges',
    run: (graph, options) => minimumSpanningForest(graph, options),
  },
  'topological-order': {
    about: 'an order in which all edges lead forward, by level',
    reports: true,
    flags: {},
    run: (graph, options) => topologicalOrder(graph, options),
  },
  'find-cycle': {
    about: 'the vertices of one cycle, if there is any',
    reports: true,
    flags: {},
    run: async (graph, options) => {
      const cycle = await findCycle(graph, options)
      return cycle === null ? { cycle: 'none' } : { vertices: from(cycle.map(id => ({ id }))) }
    },
  },
  betweenness: {
    about: 'on how many shortest paths a vertex lies',
    flags: {
      ...searched,
      normalized: { kind: 'switch', about: 'divide by the pairs of vertices' },
    },
    order: 'score',
    reports: true,
    run: (graph, options) => betweenness(graph, options),
  },
  'edge-betweenness': {
    about: 'on how many shortest paths an edge lies',
    flags: {
      ...searched,
      normalized: { kind: 'switch', about: 'divide by the pairs of vertices' },
    },
    order: 'score',
    reports: true,
    run: (graph, options) => edgeBetweenness(graph, options),
  },
  closeness: {
    about: 'how near a vertex is to all others',
    flags: searched,
    order: 'closeness',
    reports: true,
    run: (graph, options) => closeness(graph, options),
  },
  eccentricity: {
    about: 'the longest of the shortest paths from a vertex; diameter and radius',
    flags: { weight, ...way },
    order: 'eccentricity',
    reports: true,
    run: (graph, options) => eccentricity(graph, options),
  },
}
