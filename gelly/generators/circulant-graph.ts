import { knownOptions, positiveInteger, shown } from '../../engine/extend.js'
import { ArgumentError } from '../../engine/index.js'
import { EdgeWriter, type Shape } from '../topology/edge-writer.js'
import { checkOptions } from './checks.js'
import { type GeneratedGraph, generated } from './generated.js'

/** Some offsets that follow each other. */
export interface OffsetRange {
  /** The first, at least 1. */
  readonly offset: number
  /** How many; at least 1, and at most `vertexCount - offset`. Default 1. */
  readonly length?: number
}

/** Options of `circulantGraph`. */
export interface CirculantGraphOptions {
  /** At least 2. */
  readonly vertexCount: number
  /** They may not overlap. */
  readonly ranges: readonly OffsetRange[]
}

/**
 * Edges from each vertex v to v + o modulo n, for each offset o of the ranges.
 *
 * @throws {ArgumentError} If `vertexCount` is not an integer of at least 2, or there is no range, or
 * one reaches beyond n - 1 or into another.
 * @example
 * const ring = circulantGraph({ vertexCount: 3, ranges: [{ offset: 1 }] })
 * await ring.edges.select('source', 'target')
 * // [{ source: 0, target: 1 }, { source: 1, target: 2 }, { source: 2, target: 0 }]
 */
export function circulantGraph(options: CirculantGraphOptions): GeneratedGraph {
  checkOptions(options, ['vertexCount', 'ranges'], 'circulantGraph')
  const { vertexCount, ranges } = options
  positiveInteger(vertexCount, 'circulantGraph', 'vertexCount')
  if (vertexCount < 2) {
    throw new ArgumentError('circulantGraph: vertexCount must be at least 2; got 1.')
  }
  if (!Array.isArray(ranges) || ranges.length === 0) {
    throw new ArgumentError(
      `circulantGraph: ranges must be a list such as [{ offset: 1, length: 2 }]; got ${shown(ranges)}.`,
    )
  }
  const checked = ranges.map(range => checkedRange(range, vertexCount))
  checked.sort((a, b) => a.offset - b.offset)
  checked.forEach((range, k) => {
    const next = checked[k + 1]
    if (next === undefined || range.offset + range.length <= next.offset) return
    throw new ArgumentError(
      `circulantGraph: the ranges ${shown(range)} and ${shown(next)} overlap. Give each offset once.`,
    )
  })
  return generated(() => circulantEdges('circulantGraph', vertexCount, checked))
}

/** The edges, by vertex, then by offset; the ranges are disjoint and ascending. */
export function circulantEdges(
  operation: string,
  vertexCount: number,
  ranges: readonly Required<OffsetRange>[],
): Shape {
  const degree = ranges.reduce((sum, { length }) => sum + length, 0)
  const edges = new EdgeWriter(operation, vertexCount, vertexCount * degree)
  for (let v = 0; v < vertexCount; v++) {
    for (const { offset, length } of ranges) {
      for (let o = offset; o < offset + length; o++) edges.add(v, (v + o) % vertexCount)
    }
  }
  return edges.shape()
}

function checkedRange(range: OffsetRange, vertexCount: number): Required<OffsetRange> {
  knownOptions(range, ['offset', 'length'], 'circulantGraph')
  const { offset, length = 1 } = range
  positiveInteger(offset, 'circulantGraph', 'offset')
  positiveInteger(length, 'circulantGraph', 'length')
  if (offset + length <= vertexCount) return { offset, length }
  throw new ArgumentError(
    `circulantGraph: the range ${shown(range)} reaches beyond ${vertexCount - 1}, the largest offset among ${vertexCount} vertices. Make it shorter.`,
  )
}
