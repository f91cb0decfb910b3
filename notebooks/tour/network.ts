/** Part two of the tour: the airports as a graph, directed and weighted, of what flies between them. */
import { type DataSet, from } from '../../engine/index.js'
import {
  averageClusteringCoefficient,
  betweenness,
  connectedComponents,
  coreNumbers,
  Graph,
  localClusteringCoefficient,
  louvain,
  pageRank,
  shortestPaths,
  stronglyConnectedComponents,
} from '../../gelly/index.js'
import { airports } from './data.js'
import type { AirportFeatures } from './delays.js'
import { drawNetwork } from './draw-network.js'
import { grouped, printTable } from './printing.js'
import { busiest, routes } from './tables.js'

/** Trips whose shortest way by miles is asked for. */
const TRIPS = [
  ['EYW', 'BRW'],
  ['BGR', 'LIH'],
  ['STX', 'DUT'],
] as const

/** What was done, and how long it took. */
const times: { what: string; ms: number; answer: string }[] = []

/**
 * Prints what the graph of the airports says, and what each question took.
 *
 * @returns What it knows of each airport.
 */
export async function network(): Promise<DataSet<AirportFeatures>> {
  // Both run before the clock does: they belong to part one.
  const [names, flown] = [await airports.collect(), routes.cache()]
  await flown.count()
  const cities = new Map(names.map(({ iata, city, state }) => [iata, `${city} ${state}`]))

  const graph = Graph.fromEdges(flown, {
    source: 'origin',
    target: 'destination',
    value: ({ flights, miles }) => ({ flights, miles }),
  })
  const { topology } = await timed('load', graph.load(), ({ topology }) => {
    return `${topology.vertexCount} airports, ${grouped(topology.edgeCount)} routes`
  })
  await timed('connected components', connectedComponents(graph), ({ count }) => `${count}`)
  await timed(
    'strong components',
    stronglyConnectedComponents(graph),
    ({ count, largest }) => `${count}, the largest has ${largest}`,
  )
  const ranks = await timed(
    'PageRank, weighted',
    pageRank(graph, { weight: 'flights', tolerance: 1e-10 }),
    ({ iterations }) => `${iterations} iterations`,
  )
  const between = await timed(
    'betweenness, exact',
    betweenness(graph, { normalized: true }),
    ({ searches }) => `${searches} searches`,
  )
  const cores = await timed(
    'k-core',
    coreNumbers(graph),
    ({ degeneracy }) => `the deepest is ${degeneracy}`,
  )
  const local = await timed(
    'clustering, local',
    localClusteringCoefficient(graph),
    () => 'each airport',
  )
  await timed('clustering, average', averageClusteringCoefficient(graph), answer =>
    answer.average.toFixed(3),
  )
  const groups = await timed(
    'Louvain, weighted',
    louvain(graph, { weight: 'flights', refine: true }),
    ({ communities, modularity }) =>
      `${communities} communities, modularity ${modularity.toFixed(3)}`,
  )
  const trips = await timed(
    'shortest paths by miles',
    Promise.all(TRIPS.map(([source]) => shortestPaths(graph, { source, weight: 'miles' }))),
    all => `from ${all.length} airports to all`,
  )

  const central = busiest
    .select('airport', 'city', 'flights')
    .join(ranks.vertices)
    .where('airport')
    .equalTo('id')
    .with((a, r) => ({ ...a, pageRank: r.score }))
    .join(between.vertices)
    .where('airport')
    .equalTo('id')
    .with((a, b) => ({ ...a, betweenness: b.score }))
    .join(cores.vertices)
    .where('airport')
    .equalTo('id')
    .with((a, c) => ({ ...a, core: c.core }))
    .join(local.vertices)
    .where('airport')
    .equalTo('id')
    .with((a, l) => ({ ...a, neighbours: l.degree, clustering: l.coefficient }))
    .join(groups.vertices)
    .where('airport')
    .equalTo('id')
    .with((a, g) => ({ ...a, community: g.community }))
    .orderBy('pageRank', 'descending')
    .cache()
  await printTable('The airports as a graph: the most central ones, by PageRank', central)
  const communities = central
    .groupBy('community')
    .sortGroup('flights', 'descending')
    .reduceGroup(members => {
      const all = [...members]
      return {
        community: all[0]?.community ?? 0,
        airports: all.length,
        flights: all.reduce((sum, { flights }) => sum + flights, 0),
        around: [...new Set(all.map(({ city }) => city))].slice(0, 4).join(', '),
      }
    })
    .orderBy('community')
  await printTable('Communities: where flights rather stay among themselves', communities)
  const paths = TRIPS.map(([source, target], k) => {
    const path = trips[k]?.pathTo(target)
    return {
      from: cities.get(source),
      to: cities.get(target),
      miles: path?.distance ?? Infinity,
      by: path?.vertices.join(' ') ?? 'no way',
    }
  })
  await printTable('Shortest ways', from(paths))
  await drawNetwork({
    graph,
    ranks,
    central: await central.collect(),
    communities: await communities.collect(),
  })
  await printTable(`What it took, on ${grouped(topology.edgeCount)} routes`, from(times), 20)
  return central.select('airport', 'pageRank', 'betweenness', 'neighbours')
}

/** Waits for an answer, and writes down what it took and the gist of it. */
async function timed<T>(what: string, work: Promise<T>, gist: (answer: T) => string): Promise<T> {
  const began = performance.now()
  const answer = await work
  times.push({ what, ms: Math.round((performance.now() - began) * 10) / 10, answer: gist(answer) })
  return answer
}
