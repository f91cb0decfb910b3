/** Points of a group, x and y. */
export type Point = readonly [x: number, y: number]

/** The corners of the smallest convex polygon around points (Andrew's monotone chain, 1979). */
export function hullOf(points: readonly Point[]): readonly Point[] {
  const sorted = points.toSorted((a, b) => a[0] - b[0] || a[1] - b[1])
  if (sorted.length < 3) return sorted
  const half = (along: readonly Point[]) => {
    const chain: Point[] = []
    for (const point of along) {
      while (chain.length > 1 && turn(chain.at(-2)!, chain.at(-1)!, point) <= 0) chain.pop()
      chain.push(point)
    }
    return chain.slice(0, -1)
  }
  return [...half(sorted), ...half(sorted.toReversed())]
}

/** Above 0 where the way over three points turns left. */
function turn(a: Point, b: Point, c: Point): number {
  return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
}

/** A hull with round corners around points, as an element of SVG. */
export function hullSVG(points: readonly Point[], color: string, room: number): string {
  const corners = hullOf(points)
  if (corners.length === 0) return ''
  const tenth = (value: number) => Math.round(value * 10) / 10
  const path = `M${corners.map(([x, y]) => `${tenth(x)},${tenth(y)}`).join('L')}Z`
  return `<path d="${path}" fill="${color}" stroke="${color}" stroke-width="${2 * room}" stroke-linejoin="round" stroke-linecap="round" opacity="0.16"/>`
}
