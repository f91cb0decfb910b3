/** Pictures of part two of the tour. */
import type { Graph } from '../../gelly/index.js'
import { convergence, type Iterated, scatter, table } from '../index.js'
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
export async function drawNetwork({ ranks, central, communities }: NetworkFindings): Promise<void> {
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
