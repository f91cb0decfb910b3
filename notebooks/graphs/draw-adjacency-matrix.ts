import { oneOf } from '../../engine/extend.js'
import type { Graph, VertexId } from '../../gelly/index.js'
import { type ChartOptions, chartOptions } from '../charts/chart.js'
import { framed } from '../charts/framed.js'
import { categoriesOf, nameOf } from '../data/categories.js'
import { grouped } from '../data/finite.js'
import type { Figure } from '../display/figure.js'
import { type MatrixCells, matrixCells } from './adjacency-cells.js'
import { type MatrixGroup, matrixSVG } from './adjacency-svg.js'
import { type ByVertex, byVertex } from './by-vertex.js'
import { type AnyGraph, type DrawnGraph, drawnGraph } from './drawn-graph.js'

/** Options of `drawAdjacencyMatrix`. */
export interface DrawAdjacencyMatrixOptions extends ChartOptions {
  /** What vertices belong to, such as communities: those of one group are beside each other, the largest first. */
  readonly group?: ByVertex
  /** Within groups: those with the most neighbours first ('degree', the default), or as the graph has them ('given'). */
  readonly order?: 'degree' | 'given'
  /** The names of vertices; they are written where there are at most 40. Default: their ids. */
  readonly label?: ByVertex
  /** Ends the loading of the graph. */
  readonly signal?: AbortSignal
}

/** Larger graphs have cells for several vertices: more cells cannot be told apart. */
const MOST_CELLS = 150

/** Up to so many vertices have their names beside the matrix. */
const MOST_NAMES = 40

/**
 * A graph as a matrix: a row and a column for each vertex, and a cell for each edge from the row's vertex to
 * the column's. Groups are squares along the diagonal, in the colour of the group where both ends are in it.
 *
 * Loads the graph. Of more than 150 vertices each row stands for several, and the cells are the darker the
 * more edges they hold.
 *
 * Cost: O(edges + vertices log vertices); the picture has at most 22,500 cells.
 *
 * @throws {ArgumentError} If it is no graph, or an option is unknown or wrong.
 * @throws {SchemaError} If there is no field of that name.
 * @throws {AbortError} If the signal was aborted.
 * @example
 * const { vertices } = await louvain(network)
 * const drawing = await drawAdjacencyMatrix(network, { group: vertices })
 * drawing.description // '4 vertices, 5 edges; 5 of 16 cells have an edge. 1 group by community, ...'
 */
export async function drawAdjacencyMatrix<K extends VertexId, VV, EV>(
  graph: Graph<K, VV, EV>,
  options: DrawAdjacencyMatrixOptions = {},
): Promise<Figure> {
  const figure = 'drawAdjacencyMatrix'
  const own = ['group', 'order', 'label', 'signal']
  const parts = chartOptions(options, figure, own, 'Adjacency matrix', { width: 560, height: 560 })
  const { order = 'degree', signal } = options
  oneOf(order, ['degree', 'given'], figure, 'order')
  const drawn = await drawnGraph(graph as unknown as AnyGraph, figure, signal)
  const { count, loaded } = drawn
  const grouping =
    options.group === undefined
      ? undefined
      : await byVertex(options.group, drawn, figure, 'group', signal)
  const names =
    options.label === undefined
      ? undefined
      : await byVertex(options.label, drawn, figure, 'label', signal)
  const groupNames = grouping === undefined ? undefined : categoriesOf(grouping.values, Infinity)
  const colored = grouping === undefined ? undefined : categoriesOf(grouping.values)
  const codes = groupNames?.codes ?? new Int32Array(count)
  const byDegree = (a: number, b: number) =>
    order === 'given' ? 0 : drawn.degrees[b]! - drawn.degrees[a]!
  const ordered = Array.from({ length: count }, (_, v) => v).sort(
    (a, b) => codes[a]! - codes[b]! || byDegree(a, b) || a - b,
  )
  const sizes = new Int32Array(groupNames?.names.length ?? 0)
  for (const code of groupNames === undefined ? [] : codes) sizes[code]!++
  const groups = (groupNames?.names ?? []).map((name, code): MatrixGroup => {
    const { legend } = colored!
    return { name, color: legend[Math.min(code, legend.length - 1)]![1], size: sizes[code]! }
  })
  const cells = matrixCells(loaded.topology, ordered, codes, MOST_CELLS)
  const label = (v: number) =>
    names === undefined ? String(loaded.ids.at(v)) : nameOf(names.values[v])
  const labels = count <= MOST_NAMES ? ordered.map(label) : []
  const group = grouping?.name ?? 'group'
  return framed({
    ...parts,
    description: words(drawn, cells, groups, group),
    content: matrixSVG(cells, labels, groups, parts),
    legend: (colored?.legend ?? []).map(([name, color]) => [
      /^-?\d/.test(name) && !name.endsWith('others') ? `${group} ${name}` : name,
      color,
    ]),
    notes: [
      groups.length > 1 ? 'Without colour: edges between groups.' : undefined,
      cells.each > 1
        ? `Each row and column is ${grouped(cells.each)} vertices; the darkest cell has ${grouped(cells.most)} edges.`
        : undefined,
      colored?.note?.replace('records', 'vertices'),
    ],
  })
}

function words(
  { count, loaded }: DrawnGraph,
  { side, filled }: MatrixCells,
  groups: readonly MatrixGroup[],
  group: string,
): string {
  const vertices = `${grouped(count)} ${count === 1 ? 'vertex' : 'vertices'}`
  const { edgeCount } = loaded.topology
  const edges = `${grouped(edgeCount)} ${edgeCount === 1 ? 'edge' : 'edges'}`
  if (count === 0) return 'No vertices.'
  const share = `; ${grouped(filled)} of ${grouped(side * side)} cells ${filled === 1 ? 'has' : 'have'} an edge`
  const said =
    groups.length === 0
      ? ''
      : ` ${groups.length} ${groups.length === 1 ? 'group' : 'groups'} by ${group}, the largest with ${grouped(groups[0]!.size)} vertices.`
  return `${vertices}, ${edges}${share}.${said}`
}
