import { topologyOf } from '../topology/topology.js'
import type { Shape } from './edge-writer.js'

export interface GeneratedGraph<VV = null, EV = null> {
  load(): Promise<{
    topology: Awaited<ReturnType<typeof topologyOf>>
    shape: Shape
    v?: VV
    e?: EV
  }>
}
export function generated<VV = null, EV = null>(make: () => Shape): GeneratedGraph<VV, EV> {
  return {
    async load() {
      const shape = make()
      const { vertexCount, sources, targets, region } = shape
      return { topology: await topologyOf(vertexCount, sources, targets, region), shape }
    },
  }
}
