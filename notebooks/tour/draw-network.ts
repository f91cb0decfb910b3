/** Pictures of part two of the tour. */
import type { Graph } from '../../gelly/index.js'
import { convergence, drawGraph, geo, type Iterated, scatter, table } from '../index.js'
import { airports } from './data.js'
import { show } from './page.js'

/** What part two found. */
export interface NetworkFindings {
  readonly graph: Graph<string, null, { flights: number; miles: number }>
  readonly ranks: Iterated
  readonly central: readonly {
    readonly airport: string
    readonly city: string
    readonly flights: number
    readonly pageRank: number
    readonly betweenness: number
    readonly neighbours: number
    readonly community: number
  }[]
  readonly communities: readonly object[]
}

/** Draws the graph of the airports and what was found in it. */
export async function drawNetwork({
  graph,
  ranks,
  central,
  communities,
}: NetworkFindings): Promise<void> {
  const places = new Map(
    (await airports.collect()).map(({ iata, latitude, longitude }) => [
      iata,
      { latitude: Number(latitude), longitude: Number(longitude) },
    ]),
  )
  const points = central.flatMap(({ airport, pageRank, community, flights }) => {
    const place = places.get(airport)
    return place === undefined
      ? []
      : [{ airport, pageRank, flights, community: `community ${community}`, ...place }]
  })
  const arcs = (await graph.edges.collect())
    .map(({ source, target, value }) => ({ source, target, flights: value.flights }))
    .toSorted((a, b) => b.flights - a.flights)
    .slice(0, 400)
  show(
    'The network',
    geo(
      { points, arcs },
      {
        id: 'airport',
        size: 'pageRank',
        color: 'community',
        label: 'airport',
        weight: 'flights',
        width: 900,
        title: 'Airports by PageRank and community, with the 400 busiest routes',
      },
    ),
    drawGraph(graph, {
      size: new Map(central.map(({ airport, pageRank }) => [airport, pageRank])),
      color: new Map(central.map(({ airport, community }) => [airport, `community ${community}`])),
      title: 'The same without geography',
    }),
  )
  show(
    'Which airports matter',
    scatter(
      central.map(airport => ({ ...airport, community: `community ${airport.community}` })),
      {
        x: 'neighbours',
        y: 'pageRank',
        size: 'flights',
        color: 'community',
        label: 'airport',
        title: 'PageRank by number of destinations',
      },
    ),
    table([...central], { caption: 'The most central airports', rows: 8 }),
    table([...communities], { caption: 'Communities' }),
  )
  show(
    'How PageRank converged',
    convergence(ranks, { title: 'Change of all ranks together, by iteration' }),
  )
}
