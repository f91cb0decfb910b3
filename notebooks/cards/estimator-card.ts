import type { AnyEstimator } from '../../ml/index.js'
import { escaped } from '../display/escaped.js'
import { Card, factsHTML } from './card.js'

/** How an estimator shows itself: by its parameters; a pipeline by those of its steps. */
export function estimatorCard(estimator: AnyEstimator): Card {
  const { name, parameters } = estimator
  return new Card(name, String(estimator), parametersHTML(parameters))
}

type Parameters = Readonly<Record<string, unknown>>

function parametersHTML({ steps, ...parameters }: Parameters): string {
  const facts = Object.entries(parameters).map(([name, value]) => [name, said(value)])
  const inner = Array.isArray(steps)
    ? (steps as readonly (Parameters & { readonly name: string })[]).map(
        ({ name, ...step }, k) =>
          `${k > 0 ? '<div style="opacity:.6">↓</div>' : ''}<details><summary style="cursor:pointer">${escaped(name)}</summary><div style="padding-left:14px">${parametersHTML(step)}</div></details>`,
      )
    : []
  return factsHTML(Object.fromEntries(facts)) + inner.join('')
}

function said(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value))
}
