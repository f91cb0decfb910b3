import { escaped } from '../display/escaped.js'
import { type GraphScene, paleness } from './graph-scene.js'
import { LABEL, type PlacedLabel } from './placed-labels.js'

/** Up to so many vertices have tooltips. */
export const TIPS = 1500

/**
 * A graph as elements of SVG: lines in one path, vertices of many in one path for each colour.
 *
 * @param below More elements below the lines; all give way to labels.
 */
export function graphSVG(scene: GraphScene, below = ''): string {
  const { positions, width, height, labels } = scene
  const drawn = (v: number) => !Number.isNaN(positions[2 * v]!)
  const lines = linesSVG(scene, drawn)
  // Lines and small vertices give way to labels, whatever the colour of the page is.
  const holes = labels
    .map(
      ({ x, y, width }) =>
        `<rect x="${tenth(x - 2)}" y="${tenth(y - 10)}" width="${tenth(width + 4)}" height="14" rx="3" fill="#000"/>`,
    )
    .join('')
  const mask =
    labels.length === 0
      ? ''
      : `<mask id="ID-labels" maskUnits="userSpaceOnUse" x="0" y="0" width="${width}" height="${height}"><rect width="${width}" height="${height}" fill="#fff"/>${holes}</mask>`
  const masked = labels.length === 0 ? '' : ' mask="url(#ID-labels)"'
  return `${mask}<g${masked}>${below}${lines}${verticesSVG(scene, drawn)}</g>${labels.map(labelSVG).join('')}`
}

function linesSVG(scene: GraphScene, drawn: (v: number) => boolean): string {
  const { sources, targets, positions, radii, arrows } = scene
  const lines: string[] = []
  const heads: string[] = []
  for (let k = 0; k < sources.length; k++) {
    const [s, t] = [sources[k]!, targets[k]!]
    if (!drawn(s) || !drawn(t)) continue
    const [x, y, toX, toY] = [
      positions[2 * s]!,
      positions[2 * s + 1]!,
      positions[2 * t]!,
      positions[2 * t + 1]!,
    ]
    lines.push(`M${tenth(x)},${tenth(y)}L${tenth(toX)},${tenth(toY)}`)
    if (!arrows) continue
    const length = Math.hypot(toX - x, toY - y)
    const [dx, dy] = length === 0 ? [0, 0] : [(toX - x) / length, (toY - y) / length]
    const [tipX, tipY] = [toX - radii[t]! * dx, toY - radii[t]! * dy]
    const [neckX, neckY] = [tipX - 6 * dx, tipY - 6 * dy]
    heads.push(
      `M${tenth(tipX)},${tenth(tipY)}L${tenth(neckX - 2.6 * dy)},${tenth(neckY + 2.6 * dx)}L${tenth(neckX + 2.6 * dy)},${tenth(neckY - 2.6 * dx)}Z`,
    )
  }
  const pale = paleness(lines.length)
  const path = `<path d="${lines.join('')}" fill="none" stroke="currentColor" stroke-opacity="${pale}" stroke-width="${lines.length > 2000 ? 0.6 : 1}"/>`
  return heads.length === 0
    ? path
    : `${path}<path d="${heads.join('')}" fill-opacity="${Math.min(0.6, pale + 0.2)}"/>`
}

function verticesSVG(scene: GraphScene, drawn: (v: number) => boolean): string {
  const { positions, radii, colors, tip } = scene
  const all = Array.from(radii.keys()).filter(drawn)
  if (all.length <= TIPS) {
    // Small ones last, so that large ones do not hide them.
    const circles = all
      .toSorted((a, b) => radii[b]! - radii[a]! || a - b)
      .map(v => {
        const at = `cx="${tenth(positions[2 * v]!)}" cy="${tenth(positions[2 * v + 1]!)}" r="${tenth(radii[v]!)}"`
        return `<circle ${at} fill="${colors.palette[colors.codes[v]!]}"><title>${escaped(tip(v))}</title></circle>`
      })
    return `<g stroke="currentColor" stroke-opacity="0.35" stroke-width="0.5">${circles.join('')}</g>`
  }
  const dots = new Map<number, string[]>()
  for (const v of all) {
    const code = colors.codes[v]!
    const r = tenth(radii[v]!)
    const list = dots.get(code) ?? []
    dots.set(code, list)
    list.push(
      `M${tenth(positions[2 * v]! - radii[v]!)},${tenth(positions[2 * v + 1]!)}a${r},${r} 0 1,0 ${tenth(2 * radii[v]!)},0a${r},${r} 0 1,0 ${tenth(-2 * radii[v]!)},0`,
    )
  }
  return [...dots]
    .map(([code, list]) => `<path fill="${colors.palette[code]}" d="${list.join('')}"/>`)
    .join('')
}

function labelSVG({ x, y, text }: PlacedLabel): string {
  return `<text x="${tenth(x)}" y="${tenth(y)}" font-size="${LABEL}">${escaped(text)}</text>`
}

/** With one decimal at most. */
function tenth(value: number): number {
  return Math.round(value * 10) / 10
}
