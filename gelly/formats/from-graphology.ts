import type { AbstractGraph, Attributes } from 'graphology-types'
import { AnyColumn, type Column, shown, TextColumn } from '../../engine/extend.js'
import { ArgumentError } from '../../engine/index.js'
import type { Graph } from '../graph.js'
import { lazyGraph } from '../loading/lazy-graph.js'
import { EdgeWriter, type Shape } from '../topology/edge-writer.js'

/**
 * A graph from one of graphology. Ids are its keys, texts; values are the attributes of nodes and
 * edges, `null` where no node, or no edge, has any. An undirected edge becomes two, one each way.
 *
 * The graph is read when it is first used, and not again.
 *
 * @throws {ArgumentError} If `source` is not a graph of graphology.
 *
 * Cost: O(nodes + edges).
 * @example
 * import { DirectedGraph } from 'graphology'
 *
 * const routes = new DirectedGraph()
 * routes.mergeEdge('JFK', 'LAX', { distance: 2475 })
 * await fromGraphology(routes).edges // [{ source: 'JFK', target: 'LAX', value: { distance: 2475 } }]
 */
export function fromGraphology<
  VV extends Attributes = Attributes,
  EV extends Attributes = Attributes,
>(source: AbstractGraph<VV, EV>): Graph<string, VV | null, EV | null> {
  if (typeof source?.forEachNode !== 'function' || typeof source.forEachEdge !== 'function') {
    throw new ArgumentError(
      `fromGraphology: the source must be a graph of graphology; got ${shown(source)}.`,
    )
  }
  return lazyGraph<string, VV | null, EV | null>('fromGraphology', async () => shapeOf(source))
}

/** The same graph in flat arrays. */
export function shapeOf(source: AbstractGraph): Shape {
  const positions = new Map<string, number>()
  const nodes: Attributes[] = []
  source.forEachNode((key, attributes) => {
    positions.set(key, nodes.length)
    nodes.push({ ...attributes })
  })
  const undirected = source.undirectedSize
  const edges = new EdgeWriter('fromGraphology', nodes.length, source.size + undirected)
  const values: Attributes[] = []
  source.forEachEdge((_key, attributes, from, to, _from, _to, isUndirected) => {
    const value = { ...attributes }
    edges.add(positions.get(from)!, positions.get(to)!)
    values.push(value)
    if (!isUndirected) return
    edges.add(positions.get(to)!, positions.get(from)!)
    values.push(value)
  })
  const [vertexValues, edgeValues] = [valuesOf(nodes), valuesOf(values)]
  return {
    ...edges.shape(),
    ids: new TextColumn([...positions.keys()]),
    ...(vertexValues && { vertexValues }),
    ...(edgeValues && { edgeValues }),
  }
}

function valuesOf(all: readonly Attributes[]): Column | undefined {
  if (all.every(attributes => Object.keys(attributes).length === 0)) return undefined
  return new AnyColumn(all)
}
