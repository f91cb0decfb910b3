/** Messages as functions and loops of models see them. */
import type { Cells } from './cells.js'

/** The messages that a vertex got. */
export interface Messages<M> extends Iterable<M> {
  /** How many there are; with a combiner at most one. */
  readonly count: number
  readonly isEmpty: boolean
  /** The first that was sent, or `otherwise` when there is none. */
  first<D>(otherwise: D): M | D
  /** The sum of all messages, which must be numbers, and of `start`. Default 0. */
  sum(start?: number): number
  /** The least of all messages, which must be numbers, and of `start`. Default `Infinity`. */
  min(start?: number): number
  /** The greatest of all messages, which must be numbers, and of `start`. Default `-Infinity`. */
  max(start?: number): number
  /** All messages folded into `start`, in the order in which they were sent. */
  reduce<R>(fold: (result: R, message: M) => R, start: R): R
  /** All messages, in the order in which they were sent. */
  toArray(): M[]
}

/** Messages from one half of a superstep to the next; see `mailbox.ts`. */
export interface Mailbox {
  /** Messages sent since the last turn. */
  readonly sent: number
  send(target: number, message: unknown): void
  /** Sends one message to each of `targets` from place `from` up to `to`. */
  sendAll(targets: Int32Array, from: number, to: number, message: unknown): void
  /** Makes what was sent readable; gives the vertices that got something, ascending. */
  turn(): Int32Array
  /** Whether a vertex got something before the last turn. */
  has(vertex: number): boolean
  /** The messages of a vertex, until it is asked for those of another one. */
  of(vertex: number): Messages<unknown>
  /**
   * What was sent before the last turn: receivers and messages, those of each receiver in the order of
   * sending.
   */
  contents(): { readonly targets: Int32Array; readonly get: (k: number) => unknown }
}

/** What a mailbox is made of. */
export interface MailboxParts {
  readonly vertexCount: number
  readonly combine: ((a: unknown, b: unknown) => unknown) | undefined
  readonly cells: (length: number) => Cells<unknown>
}
