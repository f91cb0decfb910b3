import { interpolateViridis } from 'd3-scale-chromatic'
import { MAIN } from '../charts/theme.js'
import { categoriesOf } from '../data/categories.js'
import { grouped } from '../data/finite.js'
import { numbersOf } from '../data/rows.js'
import type { VertexColumn } from './by-vertex.js'

/** A colour for each vertex, from a palette. */
export interface VertexColors {
  readonly palette: readonly string[]
  /** By vertex: the place of its colour. */
  readonly codes: Uint8Array
  readonly legend: readonly (readonly [name: string, color: string])[]
  readonly notes: readonly (string | undefined)[]
}

/** The colour of vertices without a value. */
const NONE = '#8f8f8f'

/** Steps of a scale of amounts. */
const STEPS = 20

/** Different numbers up to this are kinds. */
const FEW = 8

/** Fields of whole numbers that say to what a vertex belongs. */
const KINDS = /communit|component|cluster|group|label|class|kind|type|modul|block|part/i

/** Colours for kinds, or for amounts where values are many different numbers. */
export function vertexColors(column: VertexColumn | undefined, count: number): VertexColors {
  if (column === undefined) {
    return { palette: [MAIN], codes: new Uint8Array(count), legend: [], notes: [] }
  }
  const { name, values } = column
  const numbers = numbersOf(values)
  const finite = numbers.filter(Number.isFinite)
  const whole = finite.every(Number.isInteger)
  const distinct = new Set(finite.subarray(0, 10_000)).size
  if (finite.length > count / 2 && distinct > FEW && !(whole && KINDS.test(name))) {
    return amounts(name, numbers, finite)
  }
  const { codes, legend, note } = categoriesOf(values)
  return {
    palette: legend.map(([, color]) => color),
    codes: Uint8Array.from(codes),
    legend: legend.map(([kind, color]) => [
      /^-?\d/.test(kind) && !kind.endsWith('others') ? `${name} ${kind}` : kind,
      color,
    ]),
    notes: [note?.replace('records', 'vertices')],
  }
}

function amounts(name: string, numbers: Float64Array, finite: Float64Array): VertexColors {
  let [low, high] = [Infinity, -Infinity]
  for (const value of finite) [low, high] = [Math.min(low, value), Math.max(high, value)]
  const scale = (value: number) =>
    Math.min(STEPS - 1, Math.floor(((value - low) / (high - low)) * STEPS))
  // The darkest and the brightest end are hard to see on dark and light pages.
  const palette = Array.from({ length: STEPS }, (_, k) =>
    hex(interpolateViridis(0.18 + (0.74 * k) / (STEPS - 1))),
  )
  const missing = finite.length < numbers.length
  return {
    palette: missing ? [...palette, NONE] : palette,
    codes: Uint8Array.from(numbers, value => (Number.isFinite(value) ? scale(value) : STEPS)),
    legend: missing ? [['no value', NONE]] : [],
    notes: [`Colour: ${name}, from ${grouped(low)} (dark) to ${grouped(high)} (bright).`],
  }
}

/** `rgb(1, 2, 3)` as `#010203`. */
function hex(color: string): string {
  const parts = color.match(/\d+/g)
  if (color.startsWith('#') || parts === null) return color
  return `#${parts.map(part => Number(part).toString(16).padStart(2, '0')).join('')}`
}
