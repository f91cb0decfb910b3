import type { Fingerprint } from '../../optimizer/fingerprint.js'
import type { LoopFingerprint } from '../../optimizer/loop-fingerprints.js'
import type { CheckpointOptions, Loop } from '../../plan/loop.js'
import type { Checkpoints, Saved } from '../iteration/driver.js'
import type { Steps } from '../operator.js'
import { type StepsTo, wait } from '../steps.js'
import { type CheckpointStore, openCheckpoints } from './checkpoint-store.js'

/** The checkpoints of one loop, as the driver asks for them. */
export class LoopCheckpoints implements Checkpoints {
  readonly #loop: Loop
  readonly #options: CheckpointOptions
  readonly #fingerprint: Fingerprint
  #store: CheckpointStore | undefined

  constructor({ loop, options, fingerprint }: LoopFingerprint) {
    this.#loop = loop
    this.#options = options
    this.#fingerprint = fingerprint
  }

  *resume(): StepsTo<Saved | undefined> {
    const { directory, keep = 2 } = this.#options
    const loop = this.#loop.name
    const fingerprint = this.#fingerprint
    this.#store = yield* wait(openCheckpoints({ directory, keep, loop, fingerprint }))
    const { checkpoint } = yield* wait(this.#store.newest())
    return checkpoint
  }

  isDue(superstep: number): boolean {
    return superstep % (this.#options.everySupersteps ?? 1) === 0
  }

  *write(saved: Saved): Steps {
    yield* wait(this.#store!.write(saved))
  }

  /** The job is done: the next run begins anew. */
  async clear(): Promise<void> {
    await this.#store?.clear()
  }
}
