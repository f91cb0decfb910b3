/** The algorithms of the command line by name: to add one, add an entry to one of the tables. */
import { nearestFirst } from '../../engine/extend.js'
import type { Algorithm, Algorithms } from './algorithm.js'
import { COMMUNITY_ALGORITHMS } from './community-algorithms.js'
import { PATH_ALGORITHMS } from './path-algorithms.js'
import { STRUCTURE_ALGORITHMS } from './structure-algorithms.js'
import { UsageError } from './usage-error.js'

/** See the module's documentation. */
export const ALGORITHMS: Algorithms = {
  edges: {
    about: 'the edges themselves: to look at a file, or to convert it',
    flags: {},
    run: graph => graph,
  },
  vertices: {
    about: 'the vertices themselves',
    flags: {},
    run: ({ vertices }) => ({ vertices }),
  },
  ...COMMUNITY_ALGORITHMS,
  ...PATH_ALGORITHMS,
  ...STRUCTURE_ALGORITHMS,
}

/**
 * The algorithm of a name; `page-rank`, `pageRank` and `pagerank` are the same.
 *
 * @throws {UsageError} If there is none; names the nearest.
 */
export function findAlgorithm(given: string): readonly [string, Algorithm] {
  const plain = (name: string) => name.toLowerCase().replaceAll('-', '')
  const wanted = ALSO_CALLED[plain(given)] ?? plain(given)
  const found = Object.entries(ALGORITHMS).find(([name]) => plain(name) === wanted)
  if (found !== undefined) return found
  const all = Object.keys(ALGORITHMS)
  const nearest = nearestFirst(given, all).slice(0, NEAREST)
  throw new UsageError(
    `algorithm "${given}" is not known. Did you mean ${nearest.join(', ')}? There are ${all.length} in all`,
    'graph',
  )
}

/** So many names come closest; all are in the help. */
const NEAREST = 4

/** What others call them. */
const ALSO_CALLED: Readonly<Record<string, string>> = {
  breadthfirstsearch: 'bfs',
  sssp: 'shortestpaths',
  scc: 'stronglyconnectedcomponents',
  wcc: 'connectedcomponents',
}
