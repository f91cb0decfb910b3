import type { AnyModel, ModelCard } from '../../ml/index.js'
import { grouped } from '../data/finite.js'
import { escaped } from '../display/escaped.js'
import { table } from '../figures/table.js'
import { Card, factsHTML } from './card.js'

/** How a model shows itself: what it has learned, with what settings, and how it went. */
export function modelCard(model: AnyModel): Card {
  return new Card(model.kind, String(model), cardHTML(model.card()))
}

/** The inside of a card. */
function cardHTML({ facts, table: learned, curve, steps }: ModelCard): string {
  const texts = Object.entries(facts).map(([name, value]) => [
    name,
    typeof value === 'number' ? grouped(value) : String(value),
  ])
  const parts = [factsHTML(Object.fromEntries(texts))]
  if (learned !== undefined && learned.rows.length > 0) {
    const columns = learned.names.map((name, k) => [name, learned.rows.map(row => row[k])])
    parts.push(table(Object.fromEntries(columns), { rows: 12 }).toHTML())
  }
  if (curve !== undefined && curve.length > 1) parts.push(sparkline(curve))
  for (const step of steps ?? []) {
    parts.push(
      `<details style="margin-top:4px"><summary style="cursor:pointer">${escaped(step.title)}</summary><div style="padding-left:14px">${cardHTML(step)}</div></details>`,
    )
  }
  return parts.join('')
}

/** A curve without axes, for its shape. */
function sparkline(curve: readonly number[]): string {
  const finite = curve.filter(Number.isFinite)
  if (finite.length < 2) return ''
  const [low, high] = [Math.min(...finite), Math.max(...finite)]
  const points = finite.map((value, k) => {
    const x = 2 + (156 * k) / (finite.length - 1)
    const y = 26 - (24 * (value - low)) / (high - low || 1)
    return `${x.toFixed(1)},${y.toFixed(1)}`
  })
  const words = `objective from ${grouped(finite[0]!)} to ${grouped(finite.at(-1)!)} in ${finite.length} iterations`
  return `<div><svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="${words}" width="160" height="28" style="vertical-align:middle"><polyline points="${points.join(' ')}" fill="none" stroke="currentColor"/></svg> <span style="opacity:.7">${words}</span></div>`
}
