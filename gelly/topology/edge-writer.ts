/** Takes edges that are generated or read, one after the other, into flat arrays. */
import { type Column, createRegion, type Region } from '../../engine/extend.js'
import { ArgumentError } from '../../engine/index.js'

/** A graph in flat arrays: positions below `vertexCount`, and the ends of each edge. */
export interface Shape {
  readonly vertexCount: number
  readonly sources: Int32Array
  readonly targets: Int32Array
  /** Where the topology shall lie; the arrays may already be in it. */
  readonly region: Region
  /** By position; without it the positions are the ids. */
  readonly ids?: Column
  /** By position; without it vertices have no values. */
  readonly vertexValues?: Column
  /** By edge; without it edges have no values. */
  readonly edgeValues?: Column
}

/** Sources, targets and one index over them have to fit into the 4 GiB of a region. */
const MOST_EDGES = 2 ** 28

/** Positions are 32-bit integers, and `offsets` has one more. */
const MOST_VERTICES = 2 ** 31 - 2

/** See the module's documentation. */
export class EdgeWriter {
  readonly #region = createRegion()
  readonly #operation: string
  readonly #vertexCount: number
  #sources: Int32Array
  #targets: Int32Array
  #count = 0

  /**
   * @param operation Named in errors.
   * @param edgeCount How many edges will be added, if that is known: then they need no second copy.
   * @throws {ArgumentError} If vertices or edges are too many.
   */
  constructor(operation: string, vertexCount: number, edgeCount?: number) {
    if (vertexCount > MOST_VERTICES) {
      throw new ArgumentError(
        `${operation}: a graph may have ${MOST_VERTICES} vertices; got ${vertexCount}.`,
      )
    }
    this.#operation = operation
    this.#vertexCount = vertexCount
    this.#check(edgeCount ?? 0)
    const exact = edgeCount !== undefined
    this.#sources = exact ? this.#region.int32(edgeCount) : new Int32Array(1024)
    this.#targets = exact ? this.#region.int32(edgeCount) : new Int32Array(1024)
  }

  /** Adds an edge from one position to another. */
  add(source: number, target: number): void {
    const k = this.#count++
    if (k >= this.#sources.length) this.#grow()
    this.#sources[k] = source
    this.#targets[k] = target
  }

  /** Adds an edge each way. */
  addBoth(a: number, b: number): void {
    this.add(a, b)
    this.add(b, a)
  }

  /** How many edges have been added. */
  get edgeCount(): number {
    return this.#count
  }

  /** What has been added; the writer is not used after this. */
  shape(): Shape {
    const count = this.#count
    const whole = count === this.#sources.length
    return {
      vertexCount: this.#vertexCount,
      sources: whole ? this.#sources : this.#sources.subarray(0, count),
      targets: whole ? this.#targets : this.#targets.subarray(0, count),
      region: this.#region,
    }
  }

  #grow(): void {
    const capacity = Math.ceil(1.5 * this.#sources.length)
    this.#check(this.#count)
    const sources = new Int32Array(capacity)
    const targets = new Int32Array(capacity)
    sources.set(this.#sources)
    targets.set(this.#targets)
    this.#sources = sources
    this.#targets = targets
  }

  #check(edgeCount: number): void {
    if (edgeCount <= MOST_EDGES) return
    throw new ArgumentError(
      `${this.#operation}: a graph may have ${MOST_EDGES} edges; this one would have ${edgeCount} or more. Ask for fewer.`,
    )
  }
}
