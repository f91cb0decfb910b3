/** Stretches of a line; of each the first, the lowest, the highest and the last place are kept. */
const STRETCHES = 500

/**
 * The places of a line that have to be drawn for it to look as with all of them.
 *
 * @param value NaN where the line is interrupted; the first such place of a stretch is kept.
 */
export function thinned(places: readonly number[], value: (place: number) => number): number[] {
  if (places.length <= 4 * STRETCHES) return [...places]
  const kept: number[] = []
  for (let k = 0; k < STRETCHES; k++) {
    const from = Math.floor((k * places.length) / STRETCHES)
    const to = Math.floor(((k + 1) * places.length) / STRETCHES)
    let [low, high, gap] = [from, from, -1]
    for (let at = from; at < to; at++) {
      const here = value(places[at]!)
      if (Number.isNaN(here)) gap = gap < 0 ? at : gap
      else {
        if (!(value(places[low]!) <= here)) low = at
        if (!(value(places[high]!) >= here)) high = at
      }
    }
    const wanted = new Set([from, low, high, gap, to - 1].filter(at => at >= 0))
    kept.push(...[...wanted].sort((a, b) => a - b).map(at => places[at]!))
  }
  return kept
}
