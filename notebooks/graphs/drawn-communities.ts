import { type Categories, categoriesOf } from '../data/categories.js'
import type { VertexColumn } from './by-vertex.js'
import type { DrawnGraph } from './drawn-graph.js'
import { groupSizes } from './layouts/grouped.js'

/** The communities of a graph, as they are drawn. */
export interface DrawnCommunities {
  readonly graph: DrawnGraph
  /** All of them, the largest first. */
  readonly all: Categories
  /** By community: how many vertices it has. */
  readonly sizes: readonly number[]
  /** With a colour for each of the largest, and one for all others. */
  readonly colored: Categories
  /** By community: its colour. */
  readonly colorOf: (community: number) => string
  /** What a community is called: `community 3`; the name alone where that says more than a number. */
  readonly titleOf: (name: string) => string
}

/** What is known of communities, from the community of each vertex. */
export function drawnCommunities(graph: DrawnGraph, column: VertexColumn): DrawnCommunities {
  const all = categoriesOf(column.values, Number.POSITIVE_INFINITY)
  const colored = categoriesOf(column.values)
  const { legend } = colored
  return {
    graph,
    all,
    sizes: groupSizes(all.codes),
    colored,
    colorOf: community => legend[Math.min(community, legend.length - 1)]![1],
    titleOf: name =>
      /^-?\d/.test(name) && !name.endsWith('others') ? `${column.name} ${name}` : name,
  }
}
