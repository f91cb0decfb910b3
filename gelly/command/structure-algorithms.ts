/** Algorithms about degrees, triangles, similarity and the like, as entries of the command. */

import { coreNumbers } from '../library/components/core-numbers.js'
import { kCore } from '../library/components/k-core.js'
import { checksum } from '../library/measures/checksum.js'
import { degreeAssortativity } from '../library/measures/degree-assortativity.js'
import { degreeDistribution } from '../library/measures/degree-distribution.js'
import { density } from '../library/measures/density.js'
import { directedVertexMetrics } from '../library/measures/directed-vertex-metrics.js'
import { edgeDegrees } from '../library/measures/edge-degrees.js'
import { edgeMetrics } from '../library/measures/edge-metrics.js'
import { reciprocity } from '../library/measures/reciprocity.js'
import { vertexDegrees } from '../library/measures/vertex-degrees.js'
import { vertexMetrics } from '../library/measures/vertex-metrics.js'
import { maximumDegree } from '../library/reshape/maximum-degree.js'
import { simplify } from '../library/reshape/simplify.js'
import { summarize } from '../library/reshape/summarize.js'
import { adamicAdar } from '../library/similarity/adamic-adar.js'
import { jaccardIndex } from '../library/similarity/jaccard-index.js'
import { averageClusteringCoefficient } from '../library/triangles/average-clustering-coefficient.js'
import { directedTriadicCensus } from '../library/triangles/directed-triadic-census.js'
import { directedTriangles } from '../library/triangles/directed-triangles.js'
import { globalClusteringCoefficient } from '../library/triangles/global-clustering-coefficient.js'
import { lcc } from '../library/triangles/lcc.js'
import { localClusteringCoefficient } from '../library/triangles/local-clustering-coefficient.js'
import { triadicCensus } from '../library/triangles/triadic-census.js'
import { triangleCount } from '../library/triangles/triangle-count.js'
import { triangles } from '../library/triangles/triangles.js'
import type { Algorithms } from './algorithm.js'
import { directed, direction, scoreLimits } from './shared-flags.js'

/** See the module's documentation. */
export const STRUCTURE_ALGORITHMS: Algorithms = {
  'vertex-degrees': {
    about: 'distinct neighbours of each vertex',
    flags: {},
    order: 'degree',
    run: (graph, options) => vertexDegrees(graph, options),
  },
  'edge-degrees': {
    about: 'all edges with the degrees of their ends',
    flags: {},
    run: (graph, options) => edgeDegrees(graph, options),
  },
  'degree-distribution': {
    about: 'how many vertices have each degree',
    flags: { direction: direction('all', ['all', 'out', 'in']) },
    run: (graph, options) => degreeDistribution(graph, options),
  },
  'vertex-metrics': {
    about: 'counts of vertices, edges and triplets, without direction',
    flags: {},
    run: (graph, options) => vertexMetrics(graph, options),
  },
  'directed-vertex-metrics': {
    about: 'counts of vertices, edges and triplets, with direction',
    flags: {},
    run: (graph, options) => directedVertexMetrics(graph, options),
  },
  'edge-metrics': {
    about: 'counts that predict the cost of listing triangles',
    reports: true,
    flags: {},
    run: (graph, options) => edgeMetrics(graph, options),
  },
  density: {
    about: 'edges by the edges that there could be',
    flags: { directed },
    run: (graph, options) => density(graph, options),
  },
  reciprocity: {
    about: 'the share of edges that go both ways',
    flags: {},
    run: (graph, options) => reciprocity(graph, options),
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
    reports: true,
    flags: {},
    run: (graph, options) => triangleCount(graph, options),
  },
  triangles: {
    about: 'all triangles',
    reports: true,
    flags: {},
    run: (graph, options) => triangles(graph, options),
  },
  'directed-triangles': {
    about: 'all triangles, with the edges that each has',
    reports: true,
    flags: {},
    run: (graph, options) => directedTriangles(graph, options),
  },
  'triadic-census': {
    about: 'how many triples of vertices there are with 0 to 3 edges',
    reports: true,
    flags: {},
    run: (graph, options) => triadicCensus(graph, options),
  },
  'directed-triadic-census': {
    about: 'how many triples of vertices there are of each of 16 classes',
    reports: true,
    flags: {},
    run: (graph, options) => directedTriadicCensus(graph, options),
  },
  'local-clustering-coefficient': {
    about: 'how many neighbours of a vertex are neighbours of each other',
    reports: true,
    flags: { directed },
    order: 'coefficient',
    run: (graph, options) => localClusteringCoefficient(graph, options),
  },
  lcc: {
    about: 'the same as LDBC Graphalytics defines it',
    reports: true,
    flags: { directed },
    order: 'value',
    run: (graph, options) => lcc(graph, options),
  },
  'average-clustering-coefficient': {
    about: 'the mean of the local clustering coefficients',
    reports: true,
    flags: {
      directed,
      minimumDegree: { kind: 'number', about: 'only vertices of this degree', default: '0' },
    },
    run: (graph, options) => averageClusteringCoefficient(graph, options),
  },
  'global-clustering-coefficient': {
    about: 'three times the triangles, by the triplets',
    reports: true,
    flags: {},
    run: (graph, options) => globalClusteringCoefficient(graph, options),
  },
  'core-numbers': {
    about: 'the largest k for which a vertex is in the k-core',
    reports: true,
    flags: {},
    order: 'core',
    run: (graph, options) => coreNumbers(graph, options),
  },
  'k-core': {
    about: 'the edges between vertices with k neighbours that are left',
    reports: true,
    flags: { k: { kind: 'number', about: 'how many neighbours', needed: true } },
    run: (graph, options) => kCore(graph, options),
  },
  'jaccard-index': {
    about: 'pairs of vertices by the neighbours that they share',
    reports: true,
    flags: scoreLimits,
    order: 'score',
    run: (graph, options) => jaccardIndex(graph, options),
  },
  'adamic-adar': {
    about: 'pairs of vertices by rare neighbours that they share',
    reports: true,
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
    run: (graph, options) => summarize(graph, options),
  },
  checksum: {
    about: 'counts and checksums, to compare graphs',
    flags: {},
    run: (graph, options) => checksum(graph, options),
  },
}
