/** Algorithms about degrees, triangles, similarity and the like, as entries of the command. */
import { adamicAdar } from '../library/adamic-adar.js'
import { averageClusteringCoefficient } from '../library/average-clustering-coefficient.js'
import { checksum } from '../library/checksum.js'
import { coreNumbers } from '../library/core-numbers.js'
import { degreeAssortativity } from '../library/degree-assortativity.js'
import { degreeDistribution } from '../library/degree-distribution.js'
import { density } from '../library/density.js'
import { directedTriadicCensus } from '../library/directed-triadic-census.js'
import { directedTriangles } from '../library/directed-triangles.js'
import { directedVertexMetrics } from '../library/directed-vertex-metrics.js'
import { edgeDegrees } from '../library/edge-degrees.js'
import { edgeMetrics } from '../library/edge-metrics.js'
import { globalClusteringCoefficient } from '../library/global-clustering-coefficient.js'
import { jaccardIndex } from '../library/jaccard-index.js'
import { kCore } from '../library/k-core.js'
import { lcc } from '../library/lcc.js'
import { localClusteringCoefficient } from '../library/local-clustering-coefficient.js'
import { maximumDegree } from '../library/maximum-degree.js'
import { reciprocity } from '../library/reciprocity.js'
import { simplify } from '../library/simplify.js'
import { summarize } from '../library/summarize.js'
import { triadicCensus } from '../library/triadic-census.js'
import { triangleCount } from '../library/triangle-count.js'
import { triangles } from '../library/triangles.js'
import { vertexDegrees } from '../library/vertex-degrees.js'
import { vertexMetrics } from '../library/vertex-metrics.js'
import type { Algorithms } from './algorithm.js'
import { directed, direction, scoreLimits } from './shared-flags.js'

/** See the module's documentation. */
export const STRUCTURE_ALGORITHMS: Algorithms = {
  'vertex-degrees': {
    about: 'distinct neighbours of each vertex',
    flags: {},
    order: 'degree',
    run: graph => vertexDegrees(graph),
  },
  'edge-degrees': {
    about: 'all edges with the degrees of their ends',
    flags: {},
    run: graph => edgeDegrees(graph),
  },
  'degree-distribution': {
    about: 'how many vertices have each degree',
    flags: { direction: direction('all', ['all', 'out', 'in']) },
    run: (graph, options) => degreeDistribution(graph, options),
  },
  'vertex-metrics': {
    about: 'counts of vertices, edges and triplets, without direction',
    flags: {},
    run: graph => vertexMetrics(graph),
  },
  'directed-vertex-metrics': {
    about: 'counts of vertices, edges and triplets, with direction',
    flags: {},
    run: graph => directedVertexMetrics(graph),
  },
  'edge-metrics': {
    about: 'counts that predict the cost of listing triangles',
    flags: {},
    run: graph => edgeMetrics(graph),
  },
  density: {
    about: 'edges by the edges that there could be',
    flags: { directed },
    run: (graph, options) => density(graph, options),
  },
  reciprocity: {
    about: 'the share of edges that go both ways',
    flags: {},
    run: graph => reciprocity(graph),
  },
  'degree-assortativity': {
    about: 'how alike the degrees at both ends of edges are',
    flags: {
      directed,
      source: {
        kind: 'text',
        about: 'with --directed: which degree of sources',
        choices: ['out', 'in'],
      },
      target: {
        kind: 'text',
        about: 'with --directed: which degree of targets',
        choices: ['out', 'in'],
      },
    },
    run: (graph, options) => degreeAssortativity(graph, options),
  },
  'triangle-count': {
    about: 'how many triangles there are',
    flags: {},
    run: graph => triangleCount(graph),
  },
  triangles: { about: 'all triangles', flags: {}, run: graph => triangles(graph) },
  'directed-triangles': {
    about: 'all triangles, with the edges that each has',
    flags: {},
    run: graph => directedTriangles(graph),
  },
  'triadic-census': {
    about: 'how many triples of vertices there are with 0 to 3 edges',
    flags: {},
    run: graph => triadicCensus(graph),
  },
  'directed-triadic-census': {
    about: 'how many triples of vertices there are of each of 16 classes',
    flags: {},
    run: graph => directedTriadicCensus(graph),
  },
  'local-clustering-coefficient': {
    about: 'how many neighbours of a vertex are neighbours of each other',
    flags: { directed },
    order: 'coefficient',
    run: (graph, options) => localClusteringCoefficient(graph, options),
  },
  lcc: {
    about: 'the same as LDBC Graphalytics defines it',
    flags: { directed },
    order: 'value',
    run: (graph, options) => lcc(graph, options),
  },
  'average-clustering-coefficient': {
    about: 'the mean of the local clustering coefficients',
    flags: {
      directed,
      minimumDegree: { kind: 'number', about: 'only vertices of this degree', default: '0' },
    },
    run: (graph, options) => averageClusteringCoefficient(graph, options),
  },
  'global-clustering-coefficient': {
    about: 'three times the triangles, by the triplets',
    flags: {},
    run: graph => globalClusteringCoefficient(graph),
  },
  'core-numbers': {
    about: 'the largest k for which a vertex is in the k-core',
    flags: {},
    order: 'core',
    run: graph => coreNumbers(graph),
  },
  'k-core': {
    about: 'the edges between vertices with k neighbours that are left',
    flags: { k: { kind: 'number', about: 'how many neighbours', needed: true } },
    run: (graph, options) => kCore(graph, options),
  },
  'jaccard-index': {
    about: 'pairs of vertices by the neighbours that they share',
    flags: scoreLimits,
    order: 'score',
    run: (graph, options) => jaccardIndex(graph, options),
  },
  'adamic-adar': {
    about: 'pairs of vertices by rare neighbours that they share',
    flags: {
      ...scoreLimits,
      minimumRatio: { kind: 'number', about: 'only so many times the mean score', default: '0' },
    },
    order: 'score',
    run: (graph, options) => adamicAdar(graph, options),
  },
  'maximum-degree': {
    about: 'the edges without vertices of more neighbours',
    flags: { maximum: { kind: 'number', about: 'how many neighbours', needed: true } },
    run: (graph, options) => maximumDegree(graph, options),
  },
  simplify: {
    about: 'the edges without loops and parallel ones',
    flags: {
      symmetric: { kind: 'switch', about: 'each edge both ways' },
      clipAndFlip: { kind: 'switch', about: 'with --symmetric: of edges that lead back only' },
    },
    run: (graph, options) => simplify(graph, options),
  },
  summarize: {
    about: 'vertices of equal value put together, with counts of edges',
    flags: {},
    run: graph => summarize(graph),
  },
  checksum: {
    about: 'counts and checksums, to compare graphs',
    flags: {},
    run: graph => checksum(graph),
  },
}
