/** Algorithms that rank vertices or find communities, as entries of the command. */
import { cdlp } from '../library/cdlp.js'
import { communityDetection } from '../library/community-detection.js'
import { connectedComponents } from '../library/connected-components.js'
import { degreeCentrality } from '../library/degree-centrality.js'
import { eigenvectorCentrality } from '../library/eigenvector-centrality.js'
import { hits } from '../library/hits.js'
import { katzCentrality } from '../library/katz-centrality.js'
import { labelPropagation } from '../library/label-propagation.js'
import { louvain } from '../library/louvain.js'
import { pageRank } from '../library/page-rank.js'
import type { Algorithms } from './algorithm.js'
import { directed, direction, maxIterations, tolerance, weight } from './shared-flags.js'

const ways = ['in', 'out', 'all']

/** See the module's documentation. */
export const COMMUNITY_ALGORITHMS: Algorithms = {
  pagerank: {
    about: 'scores by random walks along edges',
    flags: {
      damping: { kind: 'number', about: 'probability of following an edge', default: '0.85' },
      ...maxIterations(100),
      tolerance,
      weight,
      personalized: { kind: 'ids', about: 'vertices where jumps lead', default: 'all' },
    },
    order: 'score',
    run: (graph, options) => pageRank(graph, options),
  },
  hits: {
    about: 'hubs and authorities',
    flags: { ...maxIterations(), tolerance, weight },
    order: 'authority',
    run: (graph, options) => hits(graph, options),
  },
  'degree-centrality': {
    about: 'edges of a vertex, by the number of other vertices',
    flags: { weight, direction: direction('all', ways) },
    order: 'score',
    run: (graph, options) => degreeCentrality(graph, options),
  },
  'eigenvector-centrality': {
    about: 'scores in proportion to those of the neighbours',
    flags: { ...maxIterations(), tolerance, weight, direction: direction('in', ways) },
    order: 'score',
    run: (graph, options) => eigenvectorCentrality(graph, options),
  },
  'katz-centrality': {
    about: 'scores by the walks that end at a vertex',
    flags: {
      alpha: { kind: 'number', about: 'how much of a score is handed on' },
      beta: { kind: 'number', about: 'what every vertex has to begin with', default: '1' },
      ...maxIterations(),
      tolerance,
      weight,
      direction: direction('in', ways),
    },
    order: 'score',
    run: (graph, options) => katzCentrality(graph, options),
  },
  'connected-components': {
    about: 'groups of vertices that are connected, whatever the direction of edges',
    flags: {},
    run: graph => connectedComponents(graph),
  },
  louvain: {
    about: 'communities of high modularity',
    flags: {
      resolution: { kind: 'number', about: 'more gives smaller communities', default: '1' },
      refine: { kind: 'switch', about: 'refine communities, as Leiden does' },
      directed,
      weight,
      ...maxIterations(),
      seed: { kind: 'number', about: 'shuffles the order of vertices' },
    },
    run: (graph, options) => louvain(graph, options),
  },
  'label-propagation': {
    about: 'communities by the label that most neighbours have',
    flags: {
      ...maxIterations(),
      direction: direction('in', ways),
      schedule: {
        kind: 'text',
        about: 'who changes at once',
        default: 'synchronous',
        choices: ['synchronous', 'semiSynchronous'],
      },
    },
    run: (graph, options) => labelPropagation(graph, options),
  },
  'community-detection': {
    about: 'communities by labels that weaken with distance',
    flags: {
      ...maxIterations(),
      delta: { kind: 'number', about: 'what a label loses on its way', default: '0.5' },
      weight,
    },
    run: (graph, options) => communityDetection(graph, options),
  },
  cdlp: {
    about: 'label propagation as LDBC Graphalytics defines it',
    flags: { iterations: { kind: 'number', about: 'how many iterations', default: '10' } },
    run: (graph, options) => cdlp(graph, options),
  },
}
