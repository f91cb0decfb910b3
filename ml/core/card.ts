/** What models show of themselves. */
import { tableLines } from '../../engine/extend.js'

/** A model's card: what was learned, with what settings, and how it went. */
export interface ModelCard {
  /** The estimator's name. */
  readonly title: string
  /** Settings and figures by name, in the order in which they are shown. */
  readonly facts: Readonly<Record<string, string | number | boolean>>
  /** What was learned, such as a coefficient for each feature. */
  readonly table?: CardTable
  /** The objective after each iteration, where there were such. */
  readonly curve?: readonly number[]
  /** The cards of the steps, for pipelines. */
  readonly steps?: readonly ModelCard[]
}

/** A small table, column by column. */
export interface CardTable {
  readonly names: readonly string[]
  readonly rows: readonly (readonly (string | number)[])[]
}

/** Rows of a table that a text shows. */
const ROWS = 12

/** A card as text. */
export function cardText({ title, facts, table, curve, steps }: ModelCard): string {
  const lines = [title]
  const width = Math.max(0, ...Object.keys(facts).map(name => name.length))
  for (const [name, value] of Object.entries(facts)) {
    lines.push(`  ${name.padEnd(width)}  ${figure(value)}`)
  }
  if (table !== undefined && table.rows.length > 0) lines.push('', ...linesOf(table))
  if (curve !== undefined && curve.length > 0) lines.push('', `  ${curveText(curve)}`)
  for (const step of steps ?? []) {
    lines.push(
      '',
      ...cardText(step)
        .split('\n')
        .map(line => (line === '' ? '' : `  ${line}`)),
    )
  }
  return lines.join('\n')
}

/** A number short enough to read, anything else as it is. */
export function figure(value: string | number | boolean): string {
  if (typeof value !== 'number') return String(value)
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return value.toLocaleString('en-US')
  return String(Number(value.toPrecision(4)))
}

function linesOf({ names, rows }: CardTable): string[] {
  const shown = rows.slice(0, ROWS)
  const columns = names.map((name, k) => ({
    texts: [name, ...shown.map(row => figure(row[k]!))],
    right: rows.every(row => typeof row[k] === 'number'),
  }))
  const lines = tableLines(columns).map(line => `  ${line}`)
  return rows.length > ROWS ? [...lines, `  ... ${rows.length - ROWS} more`] : lines
}

const BARS = '▁▂▃▄▅▆▇█'

/** `objective 0.69 ▇▄▂▁ 0.21 after 12 iterations`. */
function curveText(curve: readonly number[]): string {
  const finite = curve.filter(Number.isFinite)
  const [low, high] = [Math.min(...finite), Math.max(...finite)]
  const step = Math.max(1, Math.ceil(curve.length / 30))
  const bars = curve
    .filter((_, k) => k % step === 0)
    .map(value => BARS[Math.round(((value - low) / (high - low || 1)) * (BARS.length - 1))] ?? '?')
  return `objective ${figure(curve[0]!)} ${bars.join('')} ${figure(curve.at(-1)!)} after ${curve.length} iterations`
}
