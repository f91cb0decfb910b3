import type { ModelCard } from '../core/card.js'
import type { FeatureFields } from '../data/feature-fields.js'
import { Features } from '../data/features.js'
import type { Boosted } from './boosting.js'

/** What a model of boosted trees is made of. */
export interface BoostedState extends Boosted {
  readonly features: FeatureFields
  readonly label: string
  readonly prediction: string
  /** The loss that was made small. */
  readonly loss: string
  readonly learningRate: number
  /** How many it was learned from, those held out included. */
  readonly records: number
}

/** How many iterations there were. */
export function iterationsOf({ history }: Boosted): number {
  return history.length - 1
}

/** What such a model shows: the features, the most important first. */
export function boostedCard(kind: string, state: BoostedState): ModelCard {
  const { features, label, loss, learningRate, records, importances, history, trees } = state
  const names = new Features(features, kind).names(importances.length)
  const rows = names.map((name, k) => [name, importances[k]!] as const).sort((a, b) => b[1] - a[1])
  const last = state.heldOutHistory.at(-1)
  return {
    title: kind,
    facts: {
      label,
      loss,
      learningRate,
      records,
      iterations: iterationsOf(state),
      trees: trees.roots.length,
      ...(last !== undefined && { 'loss held out': last }),
    },
    table: { names: ['feature', 'importance'], rows },
    curve: history,
  }
}
