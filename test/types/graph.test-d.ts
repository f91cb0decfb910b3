/** Type tests of graphs: this file is compiled with the others and never run. */
import type { DataSet } from '../../engine/index.js'
import { type BipartiteGraph, type Edge, Graph, type Vertex } from '../../gelly/index.js'
import { expectType } from './expect-type.js'

interface Route {
  origin: string
  destination: string
  flights: number
  carrier: { name: string }
}
declare const routes: DataSet<Route>
declare const network: Graph<string, number, Route>
declare const tuples: DataSet<[number, number, boolean]>

// Ids and values have the types of the fields they are in.
expectType<Graph<string, null, null>>().of(
  Graph.fromEdges(routes, { source: 'origin', target: 'destination' }),
)
expectType<Graph<string, null, number>>().of(
  Graph.fromEdges(routes, { source: 'origin', target: 'destination', value: 'flights' }),
)
expectType<Graph<string, null, string>>().of(
  Graph.fromEdges(routes, { source: 'origin', target: 'destination', value: r => r.carrier.name }),
)
expectType<Graph<number, null, boolean>>().of(
  Graph.fromEdges(tuples, { source: '0', target: '1', value: '2' }),
)
expectType<Graph<number, null, null>>().of(Graph.from({ edges: [{ source: 1, target: 2 }] }))
expectType<Graph<string, number, boolean>>().of(
  Graph.from({
    vertices: [{ id: 'a', value: 1 }],
    edges: [{ source: 'a', target: 'a', value: true }],
  }),
)
// @ts-expect-error: there is no such field.
Graph.fromEdges(routes, { source: 'orgin', target: 'destination' })
// @ts-expect-error: ids are of one type.
Graph.from({ vertices: [{ id: 1 }], edges: [{ source: 'a', target: 'b' }] })
// @ts-expect-error: objects are no ids.
Graph.from({ edges: [{ source: {}, target: {} }] })

// Data sets of a graph.
expectType<DataSet<Vertex<string, number>>>().of(network.vertices)
expectType<DataSet<Edge<string, Route>>>().of(network.edges)
expectType<DataSet<{ id: string; degree: number }>>().of(network.degrees())

// Operations change the types that they change.
expectType<Graph<string, string, Route>>().of(network.mapVertices(v => `${v.value}`))
expectType<Graph<string, number, string>>().of(network.mapEdges(e => e.value.carrier.name))
expectType<Graph<string, number, Route>>().of(network.filterEdges('value.flights > 3'))
expectType<Graph<number, number, Route>>().of(network.translateIds(id => id.length))
expectType<Graph<string, number | string, Route>>().of(
  network.joinWithVertices(routes, (_, r) => r.origin, { id: 'origin' }),
)
expectType<Graph<string, number, Route>>().of(
  network.joinWithEdges(routes, (e, r): Route => ({ ...e.value, flights: r.flights }), {
    source: 'origin',
    target: 'destination',
  }),
)
expectType<Graph<string, number, Route>>().of(network.union(network, (a, b) => a + b))
expectType<Graph<string, number, Route>>().of(network.difference(network.mapEdges(() => 1)))
// @ts-expect-error: values of edges are compared.
network.intersect(network.mapEdges(() => 1))
// @ts-expect-error: another type of ids.
network.union(network.translateIds(id => id.length))
// @ts-expect-error: there is no such field.
network.joinWithVertices(routes, (_, r) => r.origin, { id: 'orgin' })
// @ts-expect-error: directions are in, out and all.
network.reduceOnNeighbors((a, b) => a + b, 'both')
// @ts-expect-error: ids are texts.
network.removeVertices([1])

// What is handed over is typed.
network.mapVertices((v, { plus }) => v.value + plus, { with: { plus: 1 } })

// Neighbourhoods.
expectType<DataSet<{ id: string; value: number }>>().of(
  network.reduceOnNeighbors((a, b) => a + b, 'in'),
)
expectType<DataSet<{ id: string; n: number }>>().of(
  network.groupReduceOnNeighbors(({ id }, near) => ({ id, n: near.length }), 'all'),
)

// Bipartite graphs.
declare const visits: BipartiteGraph<string, number, null, string, Date>
expectType<Graph<string, null, readonly [Date, Date]>>().of(visits.projectTop())
expectType<Graph<number, string, readonly [Date, Date]>>().of(visits.projectBottom())
