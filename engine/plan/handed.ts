/** What may be handed over to a function besides plain values: data sets and accumulators. */
import { ArgumentError } from '../errors.js'
import type { PlanNode } from './node.js'

/** A data set handed over to a function; it arrives there as an array of all its records. */
export class Broadcast {
  readonly node: PlanNode
  constructor(node: PlanNode) {
    this.node = node
  }
}

/**
 * Collects something on the side while functions run; its result is there after the job.
 *
 * Each job (later: each worker) adds to a fresh copy; copies are merged at the end. The
 * accumulators of a job are listed by the name under which they were handed over.
 */
export interface Accumulator<V, R> {
  /** Takes one value in. */
  add(value: V): void
  /** What has been collected; after a job the total of the job. */
  readonly value: R
  /** An empty accumulator of the same kind. */
  fresh(): Accumulator<V, R>
  /** Takes in what `other`, of the same kind, has collected. */
  merge(other: Accumulator<V, R>): void
  /** Forgets what has been collected. */
  reset(): void
}

/** Whether a handed-over value is an accumulator. */
export function isAccumulator(value: unknown): value is Accumulator<unknown, unknown> {
  const candidate = value as Partial<Accumulator<unknown, unknown>> | null
  return (
    typeof candidate === 'object' &&
    typeof candidate?.add === 'function' &&
    typeof candidate.fresh === 'function' &&
    typeof candidate.merge === 'function'
  )
}

/** Names of the context that handed-over values may not take. */
const RESERVED = ['operation', 'parameters', 'partition', 'superstep', 'add', 'aggregate']

/**
 * Checks the values handed over with `{ with: {...} }`: everything must be able to travel to a
 * worker, so functions, symbols and promises are refused wherever they hide.
 *
 * @throws {ArgumentError} Naming operation, path and what to do.
 */
export function checkHanded(handed: Readonly<Record<string, unknown>>, operation: string): void {
  for (const [name, value] of Object.entries(handed)) {
    if (RESERVED.includes(name)) {
      throw new ArgumentError(
        `${operation}: "${name}" is a name of the context itself. Hand the value over under another name.`,
      )
    }
    if (value instanceof Broadcast || isAccumulator(value)) continue
    const culprit = untravelable(value, `with.${name}`, new Set())
    if (culprit !== undefined) {
      throw new ArgumentError(
        `${operation}: ${culprit}, which cannot be copied to a worker. ` +
          'Hand over plain data, and put functions into the function itself.',
      )
    }
  }
}

/** How deep and how wide values are looked at; what lies beyond fails when it is copied. */
const LOOK = 1000

function untravelable(value: unknown, path: string, seen: Set<unknown>): string | undefined {
  if (typeof value === 'function' || typeof value === 'symbol')
    return `${path} is a ${typeof value}`
  if (typeof value !== 'object' || value === null || seen.size > LOOK) return undefined
  if (seen.has(value) || ArrayBuffer.isView(value)) return undefined
  seen.add(value)
  for (const type of [Promise, WeakMap, WeakSet, WeakRef]) {
    if (value instanceof type) return `${path} is a ${type.name}`
  }
  const entries: Iterable<readonly [unknown, unknown]> =
    value instanceof Map || Array.isArray(value) ? value.entries() : Object.entries(value)
  let looked = 0
  for (const [key, inner] of entries) {
    if (looked++ > LOOK) break
    const culprit = untravelable(inner, `${path}.${String(key)}`, seen)
    if (culprit !== undefined) return culprit
  }
  return undefined
}
