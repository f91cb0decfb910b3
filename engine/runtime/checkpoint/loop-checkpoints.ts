import type { Fingerprint } from '../../optimizer/fingerprint.js'
import type { LoopFingerprint } from '../../optimizer/loop-fingerprints.js'
import type { CheckpointOptions, Loop } from '../../plan/loop.js'
import type { Checkpoints, Saved } from '../iteration/driver.js'
import type { Steps } from '../operator.js'
import { type StepsTo, wait } from '../steps.js'
import type { Team } from '../team.js'
import { type CheckpointStore, openCheckpoints } from './checkpoint-store.js'

/** The checkpoints of one loop, as the driver asks for them. */
export class LoopCheckpoints implements Checkpoints {
  readonly #loop: Loop
  readonly #options: CheckpointOptions
  readonly #fingerprint: Fingerprint
  readonly #team: Team
  #store: CheckpointStore | undefined

  /** @param team The workers that run the loop; each writes its own part. */
  constructor({ loop, options, fingerprint }: LoopFingerprint, team: Team) {
    this.#team = team
    this.#loop = loop
    this.#options = options
    this.#fingerprint = fingerprint
  }

  *resume(): StepsTo<Saved | undefined> {
    const { directory, keep = 2 } = this.#options
    const loop = this.#loop.name
    const fingerprint = this.#fingerprint
    const team = this.#team
    const store = yield* wait(openCheckpoints({ directory, keep, loop, fingerprint, team }))
    this.#store = store
    let atMost = Infinity
    for (;;) {
      const { checkpoint } = yield* wait(store.newest(atMost))
      // All must go on from the same one; what one of them cannot read counts for none.
      const found = yield* wait(team.gather(checkpoint?.superstep ?? 0))
      atMost = Math.min(...found)
      if (found.every(superstep => superstep === atMost)) return checkpoint
    }
  }

  isDue(superstep: number): boolean {
    return superstep % (this.#options.everySupersteps ?? 1) === 0
  }

  *write(saved: Saved): Steps {
    const store = this.#store!
    const notes = yield* wait(this.#team.gather(yield* wait(store.prepare(saved))))
    if (this.#team.worker === 0) yield* wait(store.commit(saved, notes))
    // Nobody changes or removes anything before it counts.
    yield* wait(this.#team.gather(true))
  }

  /** The job is done: the next run begins anew. */
  async clear(): Promise<void> {
    await this.#store?.clear()
  }
}

/** Removes the checkpoints of a loop that several workers have run. */
export async function clearCheckpoints(
  { loop, options, fingerprint }: LoopFingerprint,
  workers: number,
): Promise<void> {
  const { directory, keep = 2 } = options
  const team = { worker: 0, workers }
  const store = await openCheckpoints({ directory, keep, loop: loop.name, fingerprint, team })
  await store.clear()
}
