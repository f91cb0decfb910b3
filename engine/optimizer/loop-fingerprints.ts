import { PlanError } from '../errors.js'
import { nodesOf } from '../plan/inputs.js'
import type { CheckpointOptions, Loop } from '../plan/loop.js'
import type { PlanNode } from '../plan/node.js'
import { type Fingerprint, planFingerprint } from './fingerprint.js'
import { handlesBelow } from './handed-plans.js'

/** What there must be to know for the checkpoints of a loop. */
export interface LoopFingerprint {
  readonly loop: Loop
  readonly options: CheckpointOptions
  readonly fingerprint: Fingerprint
}

/**
 * The fingerprints of all loops with checkpoints in a job, by the ids of the loops.
 *
 * @param settings As for `planFingerprint`.
 * @throws {PlanError} If two loops would write the same files.
 */
export async function loopFingerprints(
  roots: readonly PlanNode[],
  settings: Readonly<Record<string, unknown>>,
): Promise<ReadonlyMap<number, LoopFingerprint>> {
  const handed = handlesBelow(roots).map(({ node }) => node)
  const found = new Map<number, LoopFingerprint>()
  const places = new Set<string>()
  for (const node of nodesOf([...roots, ...handed])) {
    if (node.kind !== 'iterate' && node.kind !== 'iterateDelta') continue
    const { loop, options } = node
    if (options.checkpoint === undefined) continue
    const { directory } = options.checkpoint
    const place = JSON.stringify([directory, loop.name])
    if (places.has(place)) {
      throw new PlanError(
        `${loop.name}: two loops of one job would write their checkpoints under this name to "${directory}". Give each its { name }, or directories of their own.`,
      )
    }
    places.add(place)
    checkFileSystem(loop.name)
    const fingerprint = await planFingerprint(node, settings)
    found.set(loop.id, { loop, options: options.checkpoint, fingerprint })
  }
  return found
}

/**
 * @param operation The loop's name.
 * @throws {PlanError} Where there is no file system.
 */
export function checkFileSystem(operation: string): void {
  if (typeof process === 'object' && process.versions?.node !== undefined) return
  throw new PlanError(
    `${operation}: checkpoints need a file system, and there is none here. Leave checkpoint out, or run the program in Node.`,
  )
}
