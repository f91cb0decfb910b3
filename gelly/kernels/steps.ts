/** How kernels of one long pass let others have their turn. */

/** Called now and then with how much is done; what it throws ends the pass. */
export type Step = (done: number) => Promise<void>

/** For who has nothing to do meanwhile. */
export const NO_STEP: Step = async () => undefined

/** Vertices between two steps. */
export const STEP = 1 << 14
