import { fitted, measured } from '../charts/measured.js'
import { rounded } from '../charts/rounded.js'
import { MAIN } from '../charts/theme.js'
import { escaped } from '../display/escaped.js'
import type { MatrixCells } from './adjacency-cells.js'

/** Vertices that are beside each other. */
export interface MatrixGroup {
  readonly name: string
  readonly color: string
  /** How many vertices there are. */
  readonly size: number
}

/** The size of names, in pixels; smaller where rows are lower. */
const NAME = 10

/** The widest name. */
const WIDEST = 110

/** Room for the words beside rows and above columns. */
const WORDS = 18

/** How many shades there are for cells of several edges. */
const SHADES = 6

/**
 * A matrix as elements of SVG.
 *
 * @param names Of rows and columns; none for none.
 */
export function matrixSVG(
  cells: MatrixCells,
  names: readonly string[],
  groups: readonly MatrixGroup[],
  { width, height }: { readonly width: number; readonly height: number },
): string {
  const size = Math.min(NAME, Math.floor((0.9 * Math.min(width, height)) / (cells.side || 1)))
  const texts = names.map(name => fitted(name, WIDEST, size))
  const margin = WORDS + Math.max(0, ...texts.map(text => measured(text, size) + 6))
  const side = Math.max(20, Math.min(width, height) - margin - 4)
  const step = side / (cells.side || 1)
  const at = (place: number) => margin + place * step
  const middle = margin + side / 2
  const turned = texts.some(text => measured(text, size) > step - 4)
  const said = texts.flatMap((text, k) => {
    const [place, base] = [at(k) + step / 2, margin - 4]
    return [
      `<text x="${base}" y="${place + 0.35 * size}" text-anchor="end">${escaped(text)}</text>`,
      turned
        ? `<text transform="translate(${place + 0.35 * size},${base})rotate(-90)">${escaped(text)}</text>`
        : `<text x="${place}" y="${base}" text-anchor="middle">${escaped(text)}</text>`,
    ]
  })
  const parts = [
    `<rect x="${margin}" y="${margin}" width="${side}" height="${side}" fill="currentColor" fill-opacity="0.04"/>`,
    cellsSVG(cells, names, groups, at, step),
    ...groupsSVG(groups, at, cells.each),
    `<g font-size="${size}">${said.join('')}</g>`,
    `<text x="${middle}" y="12" text-anchor="middle" fill-opacity="0.7">edges to</text>`,
    `<text transform="translate(12,${middle})rotate(-90)" text-anchor="middle" fill-opacity="0.7">edges from</text>`,
  ]
  return rounded(parts.join(''))
}

/** Cells as one path for each colour and shade; with tooltips where rows have names. */
function cellsSVG(
  { side, each, edges, groups: groupOf, most }: MatrixCells,
  names: readonly string[],
  groups: readonly MatrixGroup[],
  at: (place: number) => number,
  step: number,
): string {
  const gap = step > 6 ? 0.5 : 0
  const paths = new Map<string, string[]>()
  const tips: string[] = []
  const style = (cell: number) => {
    const count = edges[cell]!
    if (count === 0) return ''
    const group = groupOf[cell]!
    const color = groups.length === 0 ? MAIN : group < 0 ? 'currentColor' : groups[group]!.color
    const shade = each === 1 ? SHADES : Math.ceil(SHADES * Math.sqrt(count / most))
    const opacity = (0.1 + (0.85 * shade) / SHADES) * (color === 'currentColor' ? 0.6 : 1)
    return `fill="${color}" fill-opacity="${Math.round(100 * opacity) / 100}"`
  }
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      const own = style(row * side + column)
      if (own === '') continue
      const first = column
      const [x, y] = [at(first) + gap, at(row) + gap]
      if (names.length > 0) {
        const shape = `x="${x}" y="${y}" width="${step - 2 * gap}" height="${step - 2 * gap}"`
        const tip = escaped(`${names[row]} → ${names[column]}`)
        tips.push(`<rect ${shape} ${own}><title>${tip}</title></rect>`)
        continue
      }
      // Neighbouring cells of one colour are one piece.
      while (gap === 0 && column + 1 < side && style(row * side + column + 1) === own) column++
      const wide = (column - first + 1) * step - 2 * gap
      const path = paths.get(own) ?? []
      paths.set(own, path)
      path.push(`M${x},${y}h${wide}v${step - 2 * gap}h${-wide}z`)
    }
  }
  const drawn = [...paths].map(([own, path]) => `<path ${own} d="${path.join('')}"/>`)
  return tips.join('') + drawn.join('')
}

/** A square for each group, along the diagonal. */
function groupsSVG(
  groups: readonly MatrixGroup[],
  at: (place: number) => number,
  each: number,
): string[] {
  let before = 0
  return groups.map(({ name, color, size }) => {
    const [from, to] = [at(before / each), at((before + size) / each)]
    before += size
    const tip = `${name}: ${size} ${size === 1 ? 'vertex' : 'vertices'}`
    return `<rect x="${from}" y="${from}" width="${to - from}" height="${to - from}" fill="none" stroke="${color}" stroke-width="1.5"><title>${escaped(tip)}</title></rect>`
  })
}
