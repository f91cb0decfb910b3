import { positiveInteger } from '../../engine/extend.js'
import { ArgumentError } from '../../engine/index.js'
import { Features } from '../data/features.js'
import type { BoostedState } from './boosted-model.js'
import type { TreeList } from './tree-list.js'

/** One tree of a model, as plain data. */
export interface DecisionTree {
  /** The iteration that made it, from 1. */
  readonly iteration: number
  /** What its leaves add to: `delay`, `log-odds of late = true`, `score of origin = JFK`. */
  readonly output: string
  readonly root: DecisionNode
}

/** A place of a tree: a question, or an answer. */
export type DecisionNode = DecisionSplit | DecisionLeaf

/** A question: is a feature at most so large? */
export interface DecisionSplit {
  readonly feature: string
  /** Infinite where only missing values are told from others. */
  readonly threshold: number
  /** Whether records without the feature go where those are that are at most as large. */
  readonly missingAtMost: boolean
  readonly atMost: DecisionNode
  readonly above: DecisionNode
}

/** An answer: what is added, the learning rate included. */
export interface DecisionLeaf {
  readonly value: number
}

/**
 * @internal One tree of a boosted model.
 *
 * @param output Which of the trees of an iteration, from 0.
 * @throws {ArgumentError} If there is no such iteration.
 */
export function decisionTree(
  { features, trees, importances, baseline }: BoostedState,
  operation: string,
  iteration: number,
  output: number,
  name: string,
): DecisionTree {
  positiveInteger(iteration, operation, 'iteration')
  const last = trees.roots.length / baseline.length
  if (iteration > last) {
    throw new ArgumentError(
      `${operation}: iteration must be at most ${last}, the last one that made a tree; got ${iteration}.`,
    )
  }
  const names = new Features(features, operation).names(importances.length)
  const root = trees.roots[(iteration - 1) * baseline.length + output]!
  return { iteration, output: name, root: nodeAt(trees, root, names) }
}

function nodeAt(trees: TreeList, node: number, names: readonly string[]): DecisionNode {
  const left = trees.lefts[node]!
  const value = trees.thresholds[node]!
  if (left < 0) return { value }
  return {
    feature: names[trees.features[node]!]!,
    threshold: value,
    missingAtMost: trees.missingLeft[node] === 1,
    atMost: nodeAt(trees, left, names),
    above: nodeAt(trees, left + 1, names),
  }
}
