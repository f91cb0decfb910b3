/**
 * What the functions of message-passing models can do: the methods of their context, compiled for
 * one program, since most of the time goes into them.
 */
import { oneOf, ownCopy, type PlacedRecords } from '../../engine/extend.js'
import { FunctionError } from '../../engine/index.js'
import type { EdgeDirection } from '../direction.js'
import type { Adjacency } from '../topology/adjacency.js'
import type { Cells } from './cells.js'
import type { Mailbox } from './messages.js'
import type { ModelRun } from './model-loop.js'
import {
  edgeRows,
  edgesInRows,
  type ModelData,
  plainRows,
  type RowSide,
  sidesFrom,
} from './model-rows.js'
import type { ModelEdge } from './model-vertices.js'

/** What a function can send. */
export interface Sending<K, EV, M> {
  /**
   * Sends a message to all neighbours, in the model's direction; along parallel edges several times.
   *
   * @param message The message, or a function that makes one for each edge; the edge that it gets is
   *   there until it returns.
   */
  sendToNeighbors(message: M | ((edge: NeighborEdge<K, EV>) => M)): void
  /** Sends a message to the vertex `id`, be it a neighbour or not. */
  send(id: K, message: M): void
  /** Sends a message along an edge of `edges()`. Faster than `send`, which has to find the vertex. */
  sendAlong(edge: NeighborEdge<K, EV>, message: M): void
  /** The edges by which this vertex reaches its neighbours. */
  edges(): Iterable<NeighborEdge<K, EV>>
}

/** An edge as the vertex at one of its ends sees it. */
export interface NeighborEdge<K, EV> extends ModelEdge<K, EV> {
  /** The vertex at the other end. */
  readonly neighbor: K
}

/** One side of the edges: rows, and how their edges are found by place. */
interface SendingSide {
  readonly rows: Adjacency
  /** Not asked for before a function wants to see edges. */
  readonly edges: () => PlacedRecords
}

/** The edges on one side of all vertices. */
function sendingSide(data: ModelData, side: RowSide): SendingSide {
  let edges: PlacedRecords | undefined
  return {
    rows: plainRows(data.topology, side),
    edges() {
      edges ??= edgesInRows(data, edgeRows(data.topology, side))
      return edges
    },
  }
}

/**
 * What is done about a message to an id of no vertex.
 *
 * @throws {ArgumentError} If the choice is none.
 */
function unknownTargets(
  { operation, data, at, context }: ModelRun,
  choice: 'error' | 'drop' = 'error',
): (id: unknown) => void {
  oneOf(choice, ['error', 'drop'], operation, 'unknownTargets')
  if (choice === 'drop') return () => {}
  return id => {
    throw new FunctionError(
      `${operation}: a message was sent to ${text(id)}, which is no vertex of the graph; at vertex ${text(data.idOf(at[0]!))} in superstep ${context.superstep}. Send to ids of vertices, or set unknownTargets: 'drop'.`,
    )
  }
}

/** Fails for methods that the function under way cannot call. */
function misplacedIn(run: ModelRun): (method: string) => void {
  return method => {
    const { operation, phase } = run
    throw new FunctionError(
      `${operation}: ${phase} cannot call ${method}, which is for the other function.`,
    )
  }
}

function text(id: unknown): string {
  return typeof id === 'bigint' ? String(id) : JSON.stringify(id)
}

interface SenderParts {
  readonly box: Mailbox
  readonly values: Cells<unknown>
  readonly sides: readonly SendingSide[]
  readonly idOf: (position: number) => unknown
  readonly positionOf: (id: unknown) => number
  /** Fails for an id of no vertex, or does nothing. */
  readonly unknown: (id: unknown) => void
  /** Fails for what cannot be done now. */
  readonly misplaced: (method: string) => void
  /** Makes vertices active that have changed: called once for each in a superstep. */
  readonly changed: (vertex: number) => void
}

/** The methods, and which vertex they are for. */
export interface Sender {
  readonly methods: Sending<unknown, unknown, unknown> & { setValue(value: unknown): void }
  /** The vertex whose function runs from now on, and what it may do. */
  begin(vertex: number, maySend: boolean, maySet: boolean): void
}

/** What the methods of a run work on. */
export interface SenderOptions extends Pick<SenderParts, 'box' | 'values' | 'changed'> {
  readonly direction: EdgeDirection
  readonly unknownTargets: 'error' | 'drop' | undefined
}

/**
 * Makes the methods.
 *
 * @throws {ArgumentError} If the choice about unknown targets is none.
 */
export function sender(run: ModelRun, { direction, ...options }: SenderOptions): Sender {
  const { data } = run
  const { box, values, changed } = options
  return ownCopy(senderTemplate)({
    ...{ box, values, changed },
    sides: sidesFrom(direction).map(side => sendingSide(data, side)),
    idOf: data.idOf,
    positionOf: data.positionOf,
    unknown: unknownTargets(run, options.unknownTargets),
    misplaced: misplacedIn(run),
  })
}

function senderTemplate(parts: SenderParts): Sender {
  const { box, values, sides, idOf, positionOf, unknown, misplaced, changed } = parts
  let current = 0
  let sends = false
  let sets = false
  let hasChanged = false
  class Edge implements NeighborEdge<unknown, unknown> {
    readonly fields: PlacedRecords['fields']
    readonly neighbours: Int32Array
    place: number
    constructor(fields: PlacedRecords['fields'], neighbours: Int32Array, place: number) {
      this.fields = fields
      this.neighbours = neighbours
      this.place = place
    }
    get source() {
      return this.fields.source!(this.place)
    }
    get target() {
      return this.fields.target!(this.place)
    }
    get value() {
      return this.fields.value!(this.place)
    }
    get neighbor() {
      return idOf(this.neighbours[this.place]!)
    }
  }
  /** The edges of one vertex. An iterator of its own, so that V8 need not make what it gives. */
  class Edges implements IterableIterator<Edge, undefined> {
    side = 0
    place = 0
    end = 0
    fields: PlacedRecords['fields'] = {}
    neighbours: Int32Array
    readonly vertex: number
    constructor(vertex: number) {
      this.vertex = vertex
      this.neighbours = sides[0]!.rows.neighbours
      this.enter()
    }
    enter() {
      const { rows, edges } = sides[this.side++]!
      this.neighbours = rows.neighbours
      this.fields = edges().fields
      this.place = rows.offsets[this.vertex]!
      this.end = rows.offsets[this.vertex + 1]!
    }
    next(): IteratorResult<Edge, undefined> {
      while (this.place === this.end) {
        if (this.side === sides.length) return { done: true, value: undefined }
        this.enter()
      }
      return { done: false, value: new Edge(this.fields, this.neighbours, this.place++) }
    }
    [Symbol.iterator]() {
      return this
    }
  }
  return {
    begin(vertex, maySend, maySet) {
      current = vertex
      sends = maySend
      sets = maySet
      hasChanged = false
    },
    methods: {
      setValue(value) {
        if (!sets) misplaced('setValue')
        if (values.holds(current, value)) return
        values.set(current, value)
        if (hasChanged) return
        hasChanged = true
        changed(current)
      },
      sendToNeighbors(message) {
        if (!sends) misplaced('sendToNeighbors')
        for (let s = 0; s < sides.length; s++) {
          const { offsets, neighbours } = sides[s]!.rows
          const end = offsets[current + 1]!
          if (typeof message !== 'function')
            box.sendAll(neighbours, offsets[current]!, end, message)
          else {
            const edge = new Edge(sides[s]!.edges().fields, neighbours, 0)
            for (let k = offsets[current]!; k < end; k++) {
              edge.place = k
              box.send(neighbours[k]!, message(edge))
            }
          }
        }
      },
      send(id, message) {
        if (!sends) misplaced('send')
        const target = positionOf(id)
        if (target < 0) unknown(id)
        else box.send(target, message)
      },
      sendAlong(edge, message) {
        if (!sends) misplaced('sendAlong')
        const { neighbours, place } = edge as Edge
        box.send(neighbours[place]!, message)
      },
      edges() {
        if (!sends) misplaced('edges')
        return new Edges(current)
      },
    },
  }
}
