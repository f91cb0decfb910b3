/** Algorithms that rank vertices or find communities, as entries of the command. */

import type { VertexId } from '../elements.js'
import { degreeCentrality } from '../library/centrality/degree-centrality.js'
import { eigenvectorCentrality } from '../library/centrality/eigenvector-centrality.js'
import { hits } from '../library/centrality/hits.js'
import { katzCentrality } from '../library/centrality/katz-centrality.js'
import { pageRank } from '../library/centrality/page-rank.js'
import { cdlp } from '../library/communities/cdlp.js'
import { communityDetection } from '../library/communities/community-detection.js'
import {
  communityQuality,
  modularity,
  type QualityOptions,
} from '../library/communities/community-quality.js'
import { compareCommunities } from '../library/communities/compare-communities.js'
import { labelPropagation } from '../library/communities/label-propagation.js'
import { louvain } from '../library/communities/louvain.js'
import { connectedComponents } from '../library/components/connected-components.js'
import type { Algorithms } from './algorithm.js'
import type { Flag, Flags } from './flags.js'
import type { Communities } from './read-communities.js'
import { directed, direction, maxIterations, tolerance, weight } from './shared-flags.js'

const ways = ['in', 'out', 'all']

const communities: Flag = {
  kind: 'communities',
  about: 'a table of vertices and their communities, such as louvain writes',
  needed: true,
}

const quality: Flags = {
  resolution: { kind: 'number', about: 'more counts against large communities', default: '1' },
  directed,
  weight,
}

interface QualityFlags extends QualityOptions<VertexId, unknown> {
  readonly communities: Communities
}

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
    reports: true,
    run: (graph, options) => pageRank(graph, options),
  },
  hits: {
    about: 'hubs and authorities',
    flags: { ...maxIterations(), tolerance, weight },
    order: 'authority',
    reports: true,
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
    reports: true,
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
    reports: true,
    run: (graph, options) => katzCentrality(graph, options),
  },
  'connected-components': {
    about: 'groups of vertices that are connected, whatever the direction of edges',
    reports: true,
    flags: {},
    run: (graph, options) => connectedComponents(graph, options),
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
    reports: true,
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
    reports: true,
    run: (graph, options) => labelPropagation(graph, options),
  },
  'community-detection': {
    about: 'communities by labels that weaken with distance',
    flags: {
      ...maxIterations(),
      delta: { kind: 'number', about: 'what a label loses on its way', default: '0.5' },
      weight,
    },
    reports: true,
    run: (graph, options) => communityDetection(graph, options),
  },
  cdlp: {
    about: 'label propagation as LDBC Graphalytics defines it',
    flags: { iterations: { kind: 'number', about: 'how many iterations', default: '10' } },
    reports: true,
    run: (graph, options) => cdlp(graph, options),
  },
  modularity: {
    about: 'how much more edges lie within communities than by chance',
    flags: { communities, ...quality },
    run: (graph, { communities, ...options }: QualityFlags) =>
      modularity(graph, communities, options),
  },
  'community-quality': {
    about: 'modularity, coverage and conductance, and how well each community stands apart',
    flags: { communities, ...quality },
    order: 'conductance',
    run: (graph, { communities, ...options }: QualityFlags) =>
      communityQuality(graph, communities, options),
  },
  'compare-communities': {
    about: 'how alike two divisions of the same vertices are',
    flags: { other: { ...communities, about: 'the other division: a table as the first' } },
    input: 'communities',
    run: (_, { one, other }: { readonly one: Communities; readonly other: Communities }) =>
      compareCommunities(one, other),
  },
}
