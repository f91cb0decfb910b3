import type { Graph } from '../graph.js'
import { lazyGraph } from '../loading/lazy-graph.js'
import type { Shape } from '../topology/edge-writer.js'

/** What generators give: ids are 0, 1, ..., and mostly nothing has a value. */
export type GeneratedGraph<VV = null, EV = null> = Graph<number, VV, EV>

/** A graph that is made when it is first used. */
export function generated<VV = null, EV = null>(make: () => Shape): GeneratedGraph<VV, EV> {
  return lazyGraph<number, VV, EV>('generated', async () => make())
}
