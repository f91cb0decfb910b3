import type { Key } from '../plan/key.js'
import type { PhysicalNode } from './physical.js'
import { sameKey } from './same.js'

/** How the records of a node lie over the workers. */
export interface Placed {
  readonly node: PhysicalNode
  readonly at: 'spread' | 'first'
  /** Records with equal values of these keys are on one worker, the one that their hash says. */
  readonly keys?: readonly Key[]
  /** The records of one partition are on one worker. */
  readonly partitioned?: boolean
}

/** Whether two keys, of one component at least, are the same. */
export function sameKeys(a: readonly Key[] | undefined, b: readonly Key[]): boolean {
  return a?.length === b.length && b.length > 0 && b.every((key, k) => sameKey(key, a[k]!))
}
