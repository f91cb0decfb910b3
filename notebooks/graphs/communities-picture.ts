import { grouped } from '../data/finite.js'
import type { DrawnCommunities } from './drawn-communities.js'
import { graphSVG } from './graph-svg.js'
import { bubbleLayout } from './layouts/bubbles.js'
import { tiesBetween } from './layouts/grouped.js'
import type { LayoutOptions, Positions } from './layouts/layout.js'
import { placedLabels } from './placed-labels.js'

/** Room for labels beside and above the outermost circles, in pixels. */
const BESIDE = 60
const ABOVE = 20

/** How wide the widest line is, in pixels. */
const WIDEST = 7

/** Circles for communities, and lines between them. */
export async function communitiesPicture(
  { graph, all, sizes, colored, colorOf, titleOf }: DrawnCommunities,
  { width, height }: { readonly width: number; readonly height: number },
  most: number,
  options: LayoutOptions,
) {
  const count = Math.min(most, sizes.length)
  const ties = tiesBetween(all.codes, graph.sources, graph.targets).filter(
    ({ source, target }) => source < count && target < count,
  )
  const natural = Float32Array.from({ length: count }, (_, k) => 2 + 4 * Math.sqrt(sizes[k]!))
  const placed = await bubbleLayout({ radii: natural, ties }, options)
  const { positions, radii } = fittedBubbles(placed, natural, width, height)
  const within = new Float64Array(count)
  for (let k = 0; k < graph.sources.length; k++) {
    const community = all.codes[graph.sources[k]!]!
    if (community < count && community === all.codes[graph.targets[k]!]) within[community]!++
  }
  const name = (k: number) => titleOf(all.names[k]!)
  const tip = (k: number) =>
    `${name(k)}\n${counted(sizes[k]!)}\n${grouped(within[k]!)} pairs of neighbours within`
  const heaviest = ties.reduce((max, { weight }) => Math.max(max, weight), 0)
  const lines = ties
    .toSorted((a, b) => a.weight - b.weight)
    .map(({ source, target, weight }) => {
      const ends = [source, target].map(k => [positions[2 * k]!, positions[2 * k + 1]!].map(tenth))
      const wide = Math.round(100 * Math.max(0.6, WIDEST * (weight / heaviest))) / 100
      return `<path d="M${ends[0]}L${ends[1]}" stroke-width="${wide}"/>`
    })
  const labels = placedLabels(
    {
      order: Array.from({ length: count }, (_, k) => k),
      most: count,
      nameOf: k => `${name(k)} (${grouped(sizes[k]!)})`,
    },
    { width, height, positions, radii, ...endsOf(ties) },
  )
  const palette = [...new Set(colored.legend.map(([, color]) => color))]
  const colors = {
    palette,
    codes: Uint8Array.from({ length: count }, (_, k) => palette.indexOf(colorOf(k))),
    legend: [],
    notes: [],
  }
  const none = new Int32Array(0)
  const scene = { width, height, positions, radii, colors, sources: none, targets: none }
  const left = sizes.slice(count).reduce((sum, size) => sum + size, 0)
  return {
    content: graphSVG(
      { ...scene, arrows: false, labels, tip },
      `<g fill="none" stroke="currentColor" stroke-opacity="0.25">${lines.join('')}</g>`,
    ),
    notes: [
      count < sizes.length
        ? `The ${grouped(count)} largest of ${grouped(sizes.length)} communities; the others have ${counted(left)}.`
        : undefined,
      `Area: vertices.${heaviest > 0 ? ` Width: pairs of neighbours, up to ${grouped(heaviest)}.` : ''}`,
    ],
  }
}

function endsOf(ties: readonly { readonly source: number; readonly target: number }[]) {
  return {
    sources: Int32Array.from(ties, ({ source }) => source),
    targets: Int32Array.from(ties, ({ target }) => target),
  }
}

/** Circles as large as fits; a single one is not blown up. */
function fittedBubbles(placed: Positions, natural: Float32Array, width: number, height: number) {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity]
  for (const [k, r] of natural.entries()) {
    const [x, y] = [placed[2 * k]!, placed[2 * k + 1]!]
    left = Math.min(left, x - r)
    right = Math.max(right, x + r)
    top = Math.min(top, y - r)
    bottom = Math.max(bottom, y + r)
  }
  const scale = Math.min(
    (width - 2 * BESIDE) / (right - left),
    (height - 2 * ABOVE) / (bottom - top),
    3,
  )
  const at = (k: number) =>
    k % 2 === 0
      ? width / 2 + (placed[k]! - (left + right) / 2) * scale
      : height / 2 + (placed[k]! - (top + bottom) / 2) * scale
  return {
    positions: Float32Array.from({ length: placed.length }, (_, k) => at(k)),
    radii: natural.map(r => r * scale),
  }
}

function counted(vertices: number): string {
  return `${grouped(vertices)} ${vertices === 1 ? 'vertex' : 'vertices'}`
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10
}
