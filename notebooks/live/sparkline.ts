const BARS = '▁▂▃▄▅▆▇█'

/** Where the largest value is this many times the smallest, heights are logarithms. */
const WIDE = 100

/**
 * Numbers as a small chart in a text: `█▆▅▃▂▁`. Those that are not finite are left out.
 *
 * @param width The most characters; of more numbers, some are chosen evenly, the last among them.
 */
export function sparkline(values: readonly number[], width = 24): string {
  const finite = values.filter(Number.isFinite)
  const length = Math.min(width, finite.length)
  if (length === 0) return ''
  const chosen = Array.from(
    { length },
    (_, k) => finite[Math.ceil(((k + 1) * finite.length) / length) - 1]!,
  )
  const [least, most] = [Math.min(...chosen), Math.max(...chosen)]
  const scale = least > 0 && most / least >= WIDE ? Math.log : (value: number) => value
  // Halves: the difference of two large numbers may be infinite.
  const [low, high] = [scale(least) / 2, scale(most) / 2]
  const bar = (value: number) =>
    high > low ? Math.round(((scale(value) / 2 - low) / (high - low)) * (BARS.length - 1)) : 0
  return chosen.map(value => BARS[bar(value)]).join('')
}
