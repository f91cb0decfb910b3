import type { JoinType } from '../../plan/node.js'

/** Which records of one side come out on their own, without a partner. */
export type Alone = 'none' | 'matched' | 'unmatched'

/** A join as seen by its sides: `build` is the one held as a table, `probe` the one that streams. */
export interface JoinMode {
  readonly build: 'left' | 'right'
  /** Whether pairs come out. */
  readonly pairs: boolean
  readonly probeAlone: Alone
  readonly buildAlone: Alone
}

/** For each type: whether pairs come out, and what does of the left and of the right side alone. */
const TYPES: Record<JoinType, readonly [pairs: boolean, left: Alone, right: Alone]> = {
  inner: [true, 'none', 'none'],
  left: [true, 'unmatched', 'none'],
  right: [true, 'none', 'unmatched'],
  full: [true, 'unmatched', 'unmatched'],
  semi: [false, 'matched', 'none'],
  anti: [false, 'unmatched', 'none'],
}

/** What a join of `type` has to do when `build` is its table. */
export function joinMode(type: JoinType, build: 'left' | 'right'): JoinMode {
  const [pairs, left, right] = TYPES[type]
  return build === 'left'
    ? { build, pairs, probeAlone: right, buildAlone: left }
    : { build, pairs, probeAlone: left, buildAlone: right }
}
