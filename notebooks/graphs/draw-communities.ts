import { numberFrom, oneOf, positiveInteger } from '../../engine/extend.js'
import type { Graph, VertexId } from '../../gelly/index.js'
import { type ChartOptions, chartOptions } from '../charts/chart.js'
import { framed } from '../charts/framed.js'
import { grouped } from '../data/finite.js'
import type { Figure } from '../display/figure.js'
import { type ByVertex, byVertex } from './by-vertex.js'
import { communitiesPicture } from './communities-picture.js'
import { communityVertices } from './community-vertices.js'
import { type DrawnCommunities, drawnCommunities } from './drawn-communities.js'
import { type AnyGraph, drawnGraph } from './drawn-graph.js'

/** Options of `drawCommunities`. */
export interface DrawCommunitiesOptions extends ChartOptions {
  /**
   * A circle for each community ('communities'), or all vertices, with a hull around each community
   * ('vertices'). Default 'auto': vertices where there are at most 400.
   */
  readonly show?: 'auto' | 'communities' | 'vertices'
  /** The most communities that are drawn as circles, the largest. Default 60. */
  readonly most?: number
  /** For the layout. Default 0. */
  readonly seed?: number
  /** Ends the layout. */
  readonly signal?: AbortSignal
}

/** More vertices are shown by communities unless something else is said. */
const FEW = 400

/**
 * What belongs together in a graph: a circle for each community, as large as it is, with lines between them
 * as wide as there are edges; or, of small graphs, the vertices themselves, with a hull around each community.
 *
 * Loads the graph.
 *
 * @param communities The community of each vertex: `vertices` of what `louvain` and others give, a field of
 *   the vertices' values, a map by id.
 * @throws {ArgumentError} If it is no graph, or an option is unknown or wrong.
 * @throws {SchemaError} If there is no field of that name.
 * @throws {AbortError} If the signal was aborted.
 * Cost: O(vertices + edges), and a layout of the circles, or of the vertices, that takes up to a second.
 * @example
 * const { vertices } = await louvain(network)
 * const drawing = await drawCommunities(network, vertices)
 * drawing.description // '1 community of 4 vertices; the largest, community 0, has 4; 4 of 4 ...'
 */
export async function drawCommunities<K extends VertexId, VV, EV>(
  graph: Graph<K, VV, EV>,
  communities: ByVertex,
  options: DrawCommunitiesOptions = {},
): Promise<Figure> {
  const figure = 'drawCommunities'
  const own = ['show', 'most', 'seed', 'signal']
  const parts = chartOptions(options, figure, own, 'Communities', { width: 720, height: 480 })
  const { show = 'auto', most = 60, seed = 0, signal } = options
  oneOf(show, ['auto', 'communities', 'vertices'], figure, 'show')
  positiveInteger(most, figure, 'most')
  numberFrom(seed, figure, 'seed', -Number.MAX_VALUE)
  const drawn = await drawnGraph(graph as unknown as AnyGraph, figure, signal)
  const column = await byVertex(communities, drawn, figure, 'communities', signal)
  const known = drawnCommunities(drawn, column)
  const layout = { seed, iterations: undefined, signal }
  const asVertices = show === 'vertices' || (show === 'auto' && drawn.count <= FEW)
  const picture = asVertices
    ? await communityVertices(known, parts, layout)
    : await communitiesPicture(known, parts, most, layout)
  return framed({
    ...parts,
    description: words(known),
    content: picture.content,
    legend: asVertices ? known.colored.legend.map(([name, c]) => [known.titleOf(name), c]) : [],
    notes: [...picture.notes, known.colored.note?.replace('records', 'vertices')],
  })
}

function words(known: DrawnCommunities): string {
  const { graph, all, sizes, titleOf } = known
  const { count, sources, targets } = graph
  const vertices = `${grouped(count)} ${count === 1 ? 'vertex' : 'vertices'}`
  if (count === 0) return 'No vertices.'
  let within = 0
  for (let k = 0; k < sources.length; k++) {
    if (all.codes[sources[k]!] === all.codes[targets[k]!]) within++
  }
  const number = `${grouped(sizes.length)} ${sizes.length === 1 ? 'community' : 'communities'}`
  const pairs = sources.length === 1 ? 'pair of neighbours is' : 'pairs of neighbours are'
  return `${number} of ${vertices}; the largest, ${titleOf(all.names[0]!)}, has ${grouped(sizes[0]!)}; ${grouped(within)} of ${grouped(sources.length)} ${pairs} within one.`
}
