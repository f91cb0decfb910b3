import { EdgeWriter, type Shape } from '../topology/edge-writer.js'

/** One dimension of a grid. */
export interface GridDimension {
  /** Vertices along it, at least 2. */
  readonly size: number
  /** Whether the last is joined with the first; of effect for sizes from 3 on. Default false. */
  readonly wrap?: boolean
}

/**
 * Vertices at all places of a grid, the last dimension running fastest, each joined with the next
 * one along each dimension, by an edge each way.
 */
export function gridEdges(operation: string, dimensions: readonly GridDimension[]): Shape {
  const vertexCount = dimensions.reduce((product, { size }) => product * size, 1)
  const pairs = dimensions.reduce(
    (sum, { size, wrap }) => sum + (vertexCount / size) * (wrap && size > 2 ? size : size - 1),
    0,
  )
  const edges = new EdgeWriter(operation, vertexCount, 2 * pairs)
  const steps = dimensions.map((dimension, index) => ({
    ...dimension,
    stride: dimensions.slice(index + 1).reduce((product, { size }) => product * size, 1),
  }))
  for (let v = 0; v < vertexCount; v++) {
    for (const { size, wrap, stride } of steps) {
      if (Math.floor(v / stride) % size < size - 1) edges.addBoth(v, v + stride)
      else if (wrap && size > 2) edges.addBoth(v, v - (size - 1) * stride)
    }
  }
  return edges.shape()
}
