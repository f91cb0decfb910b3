/** Vertices or edges between two looks at the clock. */
const RANGE = 1 << 14

/** Calls `work` for one range after the other up to `count`; waits for `pause` before each. */
export async function inRanges(
  count: number,
  pause: () => Promise<void>,
  work: (from: number, to: number) => void,
  range = RANGE,
): Promise<void> {
  for (let from = 0; from < count; from += range) {
    await pause()
    work(from, Math.min(from + range, count))
  }
}
