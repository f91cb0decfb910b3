import type { Graph, VertexId } from '../../gelly/index.js'
import { grouped } from '../data/finite.js'
import { Card, factsHTML, linesHTML } from './card.js'

/** How a graph shows itself: by its size where it is loaded, else by how its edges are made. */
export function graphCard(graph: Graph<VertexId, unknown, unknown>): Card {
  const text = String(graph)
  const { loaded } = graph
  if (loaded === undefined) {
    const hint =
      '<div style="opacity:.7">not loaded; await graph.load() counts it, drawGraph draws it</div>'
    return new Card('Graph', text, linesHTML(String(graph.edges)) + hint)
  }
  const { vertexCount, edgeCount } = loaded.topology
  const kindOf = (column: { readonly type: { readonly kind: string } } | null) =>
    column === null ? 'none' : column.type.kind
  const facts = {
    vertices: grouped(vertexCount),
    edges: grouped(edgeCount),
    'edges per vertex': vertexCount === 0 ? '–' : grouped(edgeCount / vertexCount),
    'values of vertices': kindOf(loaded.vertexValues),
    'values of edges': kindOf(loaded.edgeValues),
  }
  return new Card('Graph', text, factsHTML(facts))
}
