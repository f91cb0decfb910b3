import { curveBasis, line } from 'd3-shape'
import { measured } from '../charts/measured.js'
import { rounded } from '../charts/rounded.js'
import { escaped } from '../display/escaped.js'
import { type BoxText, boxTip, DETAIL, HEAD, LEADING, PADDING } from './plan-box-text.js'
import type { Placed, PlanLayout } from './plan-layout.js'
import { isLoop, type PlanArrow, type PlanBox, type PlanPicture } from './plan-picture.js'

interface Point {
  readonly x: number
  readonly y: number
}

/** A plan as elements of SVG. */
export function planSVG(
  { boxes, arrows, loops }: PlanPicture,
  texts: readonly BoxText[],
  layout: PlanLayout,
  shade: string,
): string {
  const all = boxes.reduce((sum, { actual }) => sum + (actual?.milliseconds ?? 0), 0)
  // Outer frames first, so that inner ones lie on them.
  const frames = layout.loops
    .map((place, k) => ({ place, title: loops[k]!.title }))
    .toSorted((a, b) => b.place.width * b.place.height - a.place.width * a.place.height)
  const parts = [
    ...frames.map(({ place, title }) => {
      const free = freeCorner(place, title, layout)
      return frameSVG(place, title, free)
    }),
    ...arrows.map((arrow, k) => arrowSVG(arrow, layout.arrows[k]!.points)),
    ...boxes.map((box, k) => {
      const share = all > 0 ? (box.actual?.milliseconds ?? 0) / all : 0
      return boxSVG(box, texts[k]!, layout.boxes[k]!, share, shade)
    }),
    ...arrows.map(({ label }, k) => labelSVG(label, layout.arrows[k]!)),
  ]
  return rounded(parts.join(''))
}

/** Where the title of a frame stands. */
interface Corner {
  readonly x: number
  readonly y: number
}

function frameSVG({ x, y, width, height }: Placed, title: string, at: Corner): string {
  const [left, top] = [x - width / 2, y - height / 2]
  return `<rect x="${left}" y="${top}" width="${width}" height="${height}" rx="8" fill="currentColor" fill-opacity="0.04" stroke="currentColor" stroke-opacity="0.5" stroke-dasharray="5 4"/><text x="${at.x}" y="${at.y}" font-size="${DETAIL}" fill-opacity="0.7">${escaped(title)}</text>`
}

/** The corner of a frame where its title is crossed by the fewest arrows. */
function freeCorner({ x, y, width, height }: Placed, title: string, layout: PlanLayout): Corner {
  const wide = measured(title, DETAIL)
  const columns = [x - width / 2 + 8, x + width / 2 - 8 - wide]
  const rows = [y - height / 2 + 12, y + height / 2 - 5]
  const corners = rows.flatMap(row => columns.map(column => ({ x: column, y: row })))
  const crossed = corners.map(corner => {
    const within = (point: Point) =>
      point.x > corner.x - 4 &&
      point.x < corner.x + wide + 4 &&
      point.y > corner.y - 12 &&
      point.y < corner.y + 4
    return layout.arrows.filter(({ points }) => sampled(points).some(within)).length
  })
  return corners[crossed.indexOf(Math.min(...crossed))]!
}

/** Points along an arrow, close to each other. */
function sampled(points: readonly Point[]): Point[] {
  return points.slice(1).flatMap((end, k) => {
    const from = points[k]!
    const steps = Math.ceil(Math.hypot(end.x - from.x, end.y - from.y) / 4)
    return Array.from({ length: steps }, (_, step) => ({
      x: from.x + ((end.x - from.x) * step) / steps,
      y: from.y + ((end.y - from.y) * step) / steps,
    }))
  })
}

function boxSVG(
  box: PlanBox,
  { head, lines, figures }: BoxText,
  { x, y, width, height }: Placed,
  share: number,
  shade: string,
): string {
  const [left, top] = [x - width / 2, y - height / 2]
  const shape = `x="${left}" y="${top}" width="${width}" height="${height}" rx="${box.kind === 'source' || box.kind === 'loopInput' ? height / 2.2 : 5}"`
  const fill =
    share > 0.005
      ? `<rect ${shape} fill="${shade}" fill-opacity="${Math.round(60 * share) / 100}"/>`
      : ''
  const at = (row: number) =>
    `x="${x}" y="${Math.round((top + PADDING + 9 + row * LEADING) * 10) / 10}"`
  const written = [
    `<text ${at(0)} font-size="${HEAD}" font-weight="600">${escaped(head)}</text>`,
    ...lines.map((text, k) => `<text ${at(1 + k)} font-size="${DETAIL}">${escaped(text)}</text>`),
    figures === ''
      ? ''
      : `<text ${at(1 + lines.length)} font-size="${DETAIL}" fill-opacity="0.7">${escaped(figures)}</text>`,
  ]
  const border = isLoop(box.kind) ? 1.8 : 1
  return `<g text-anchor="middle"><title>${escaped(boxTip(box))}</title><rect ${shape} fill="currentColor" fill-opacity="0.05" stroke="currentColor" stroke-opacity="0.6" stroke-width="${border}"/>${fill}${written.join('')}</g>`
}

const curve = line<Point>(
  ({ x }) => x,
  ({ y }) => y,
).curve(curveBasis)

function arrowSVG({ feedback }: PlanArrow, points: readonly Point[]): string {
  const [before, end] = [points.at(-2)!, points.at(-1)!]
  const length = Math.hypot(end.x - before.x, end.y - before.y) || 1
  const [dx, dy] = [(end.x - before.x) / length, (end.y - before.y) / length]
  // The line ends where the head begins, so that the point stays sharp.
  const neck = { x: end.x - 7 * dx, y: end.y - 7 * dy }
  const side = (by: number) => `${neck.x - by * dy},${neck.y + by * dx}`
  const path = curve([...points.slice(0, -1), neck]) ?? ''
  const dashes = feedback ? ' stroke-dasharray="4 3"' : ''
  return `<path d="${path}" fill="none" stroke="currentColor" stroke-opacity="0.6"${dashes}/><polygon points="${end.x},${end.y} ${side(3.5)} ${side(-3.5)}" fill-opacity="0.6"/>`
}

/** The name of an arrow, on a stretch of its own. */
function labelSVG(label: string, { x, y }: Point): string {
  return label === ''
    ? ''
    : `<text x="${x}" y="${y + 3.5}" font-size="${DETAIL}" text-anchor="middle" fill-opacity="0.8">${escaped(label)}</text>`
}
