import type { GraphConstructor } from 'graphology-types'

/** Graphology's general class of graphs, for its parsers. Its declarations lack the default export. */
export async function graphologyClass(): Promise<GraphConstructor> {
  const graphology = await import('graphology')
  return graphology.default as unknown as GraphConstructor
}
