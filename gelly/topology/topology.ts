/**
 * The shape of a graph without ids and values: vertices are positions from 0, edges numbers from 0.
 *
 * Kernels work on this. Each index is built when it is first asked for, and kept: graphs that only
 * differ in values share one topology. All arrays lie in one region, so that WebAssembly and workers
 * find them without a copy.
 */
import {
  createRegion,
  type EdgeRowKernels,
  loadKernels,
  type Region,
  shown,
} from '../../engine/extend.js'
import { ArgumentError } from '../../engine/index.js'
import { type Adjacency, countEnds, degreesOf, type EdgeRows } from './adjacency.js'
import { simpleRows } from './simple-rows.js'

/** See the module's documentation. */
export class Topology {
  readonly vertexCount: number
  /** Parallel edges and self-loops are edges like any other. */
  readonly edgeCount: number
  /** By edge: the position of its source. */
  readonly sources: Int32Array
  /** By edge: the position of its target. */
  readonly targets: Int32Array
  /** Where all arrays lie. */
  readonly region: Region
  readonly #kernels: EdgeRowKernels
  #out: Adjacency | undefined
  #in: Adjacency | undefined
  #outEdges: EdgeRows | undefined
  #inEdges: EdgeRows | undefined
  #outDegrees: Int32Array | undefined
  #inDegrees: Int32Array | undefined
  #simple: Adjacency | undefined
  #reversed: Topology | undefined

  /** @internal Use `topologyOf`. */
  constructor(
    region: Region,
    kernels: EdgeRowKernels,
    vertexCount: number,
    sources: Int32Array,
    targets: Int32Array,
  ) {
    this.region = region
    this.#kernels = kernels
    this.vertexCount = vertexCount
    this.edgeCount = sources.length
    this.sources = sources
    this.targets = targets
  }

  /** Whether both `out` and `in` are built: who could do without builds neither. */
  get hasRows(): boolean {
    return (this.#out ?? this.#outEdges) !== undefined && (this.#in ?? this.#inEdges) !== undefined
  }

  /** Targets by source. O(vertices + edges) once. */
  get out(): Adjacency {
    this.#out ??=
      this.#outEdges ?? this.#turned(other => other.#in) ?? this.#rows(this.sources, this.targets)
    return this.#out
  }

  /** Sources by target. O(vertices + edges) once. */
  get in(): Adjacency {
    this.#in ??=
      this.#inEdges ?? this.#turned(other => other.#out) ?? this.#rows(this.targets, this.sources)
    return this.#in
  }

  /** As `out`, with the number of each edge: for weights. O(vertices + edges) once. */
  get outEdges(): EdgeRows {
    this.#outEdges ??=
      this.#turned(other => other.#inEdges) ?? this.#edgeRows(this.sources, this.targets, this.#out)
    return this.#outEdges
  }

  /** As `in`, with the number of each edge. O(vertices + edges) once. */
  get inEdges(): EdgeRows {
    this.#inEdges ??=
      this.#turned(other => other.#outEdges) ?? this.#edgeRows(this.targets, this.sources, this.#in)
    return this.#inEdges
  }

  /** By vertex: edges that leave it. A self-loop counts once here and once in `inDegrees`. */
  get outDegrees(): Int32Array {
    this.#outDegrees ??=
      this.#turned(other => other.#inDegrees) ??
      this.#degrees(this.#out ?? this.#outEdges, this.sources)
    return this.#outDegrees
  }

  /** By vertex: edges that reach it. */
  get inDegrees(): Int32Array {
    this.#inDegrees ??=
      this.#turned(other => other.#outDegrees) ??
      this.#degrees(this.#in ?? this.#inEdges, this.targets)
    return this.#inDegrees
  }

  /**
   * The simple undirected graph behind this one: neighbours in either direction, ascending, each
   * once, never the vertex itself. O(vertices + edges) once.
   */
  get simple(): Adjacency {
    this.#simple ??= this.#turned(other => other.#simple) ?? simpleRows(this)
    return this.#simple
  }

  /** All edges turned round; what one of the two has built, the other one need not build. */
  get reversed(): Topology {
    if (this.#reversed === undefined) {
      const { region, vertexCount, sources, targets } = this
      const reversed = new Topology(region, this.#kernels, vertexCount, targets, sources)
      reversed.#reversed = this
      this.#reversed = reversed
    }
    return this.#reversed
  }

  /** What the reversed topology has built. */
  #turned<T>(built: (reversed: Topology) => T | undefined): T | undefined {
    return this.#reversed && built(this.#reversed)
  }

  /** From rows where there are some: who only wants degrees builds none. */
  #degrees(rows: Adjacency | undefined, ends: Int32Array): Int32Array {
    const degrees = this.region.int32(this.vertexCount)
    return rows === undefined ? countEnds(ends, degrees) : degreesOf(rows, degrees)
  }

  #rows(keys: Int32Array, values: Int32Array): Adjacency {
    const offsets = this.region.int32(this.vertexCount + 1)
    const neighbours = this.region.int32(this.edgeCount)
    this.#kernels.buildRows(keys, values, offsets, neighbours)
    return { offsets, neighbours }
  }

  #edgeRows(keys: Int32Array, values: Int32Array, known: Adjacency | undefined): EdgeRows {
    const offsets = this.region.int32(this.vertexCount + 1)
    const edges = this.region.int32(this.edgeCount)
    this.#kernels.sortedPositions(keys, offsets, edges)
    if (known !== undefined) return { ...known, edges }
    const neighbours = this.region.int32(this.edgeCount)
    for (let k = 0; k < edges.length; k++) neighbours[k] = values[edges[k]!]!
    return { offsets, neighbours, edges }
  }
}

/**
 * The topology of edges between positions.
 *
 * @param vertexCount All positions are below this.
 * @param sources By edge. Copied, unless it lies in `region`.
 * @param targets By edge.
 * @param region Where to put the arrays; a new one by default.
 * @throws {ArgumentError} If a number is no position, or there are more vertices than 32 bits can count.
 */
export async function topologyOf(
  vertexCount: number,
  sources: ArrayLike<number>,
  targets: ArrayLike<number>,
  region: Region = createRegion(),
): Promise<Topology> {
  wholeNumber(vertexCount)
  if (sources.length !== targets.length) {
    throw new ArgumentError(
      `topologyOf: there must be as many sources as targets; got ${sources.length} and ${targets.length}.`,
    )
  }
  const kernels = await loadKernels('edge-rows', region)
  return new Topology(
    region,
    kernels,
    vertexCount,
    within(region, sources, vertexCount, 'source'),
    within(region, targets, vertexCount, 'target'),
  )
}

/** @throws {ArgumentError} Unless 32 bits hold that many vertices. */
function wholeNumber(vertexCount: number): void {
  if (Number.isInteger(vertexCount) && vertexCount >= 0 && vertexCount < 2 ** 31) return
  throw new ArgumentError(
    `topologyOf: vertexCount must be a whole number from 0 to 2147483647, since positions have 32 bits; got ${shown(vertexCount)}.`,
  )
}

/**
 * The region's array itself, or a copy in the region, which is checked: arrays in a region are made by
 * those who know what is in them.
 */
function within(
  region: Region,
  values: ArrayLike<number>,
  vertexCount: number,
  end: string,
): Int32Array {
  if (values instanceof Int32Array && region.owns(values)) return values
  const copy = region.int32(values)
  for (let k = 0; k < copy.length; k++) {
    const position = copy[k]!
    if (position === values[k] && position >= 0 && position < vertexCount) continue
    throw new ArgumentError(
      `topologyOf: the ${end} of edge ${k} must be a position below ${vertexCount}; got ${shown(values[k])}.`,
    )
  }
  return copy
}
