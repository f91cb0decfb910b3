/** Whether a checkpoint belongs to the program that is about to go on from it. */
import { PlanError } from '../../errors.js'
import type { Fingerprint } from '../../optimizer/fingerprint.js'
import { FORMAT, type Manifest } from './manifest.js'

/** @throws {PlanError} Saying where the programs differ. */
export function checkSameProgram(
  manifest: Manifest & { readonly format: number },
  program: Pick<Manifest, 'loop' | 'fingerprint' | 'workers'>,
  directory: string,
): void {
  const { loop, workers } = program
  const refuse = (why: string): never => {
    throw new PlanError(
      `${loop}: the checkpoint in "${directory}" is ${why}. Delete the directory or give another one.`,
    )
  }
  if (manifest.format !== FORMAT) refuse('of another version of wiesel')
  const difference = differenceOf(manifest.fingerprint, program.fingerprint)
  if (difference !== undefined) refuse(`of another program: ${difference}`)
  if (manifest.workers !== workers) {
    refuse(`of a run with ${counted(manifest.workers)}, and this one has ${counted(workers)}`)
  }
}

/** The first line in which two programs differ. */
function differenceOf(then: Fingerprint, now: Fingerprint): string | undefined {
  if (then.digest === now.digest) return undefined
  const lines = Math.max(then.outline.length, now.outline.length)
  for (let k = 0; k < lines; k++) {
    const before = then.outline[k]
    const after = now.outline[k]
    if (before?.digest === after?.digest) continue
    if (before === undefined) return `the plan has "${after!.label}" now, which it had not`
    if (after === undefined) return `the plan had "${before.label}", which it has no more`
    if (before.label !== after.label) {
      return `the plan differs at "${after.label}", which was "${before.label}"`
    }
    return `the plan differs at "${after.label}": its function, its options or its data are others`
  }
  return 'the plan differs'
}

function counted(workers: number): string {
  return workers === 1 ? 'one worker' : `${workers} workers`
}
