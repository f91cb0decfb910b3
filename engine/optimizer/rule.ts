/** What a rule is, and what all rules share. */
import { factsOf } from '../functions/analysis.js'
import type { FunctionFacts } from '../functions/facts.js'
import type { UserFunction } from '../functions/user-function.js'
import { inputsOf, nodesOf, withInputs } from '../plan/inputs.js'
import type { PlanNode } from '../plan/node.js'
import type { Source, SourceFacts } from '../plan/source.js'
import { functionsOf } from './functions-of.js'
import { type KnownFields, knownFields } from './known-fields.js'

/**
 * Rewrites a job's plan into one that gives the same records in the same order. Pure, apart from
 * what it notes in the context for people to read.
 */
export type Rule = (roots: readonly PlanNode[], context: RuleContext) => readonly PlanNode[]

/** What rules know, and where they say what they did. */
export interface RuleContext {
  facts(fn: UserFunction, records: 1 | 2): FunctionFacts
  /** Shape and fields of the records of `node`, as far as they are known. */
  fields(node: PlanNode): KnownFields
  source(source: Source): SourceFacts
  /** Why `node` is as it is, for `explain()`. */
  note(node: PlanNode, reason: string): void
  notes(node: PlanNode): readonly string[]
  /** Keeps the notes of a node that has been replaced. */
  keepNotes(from: PlanNode, to: PlanNode): void
  /** A rule did something. */
  applied(what: string): void
}

/** A context that hands `applied` what rules did. */
export function ruleContext(
  sources: ReadonlyMap<Source, SourceFacts>,
  applied: (what: string) => void,
): RuleContext {
  const notes = new WeakMap<PlanNode, readonly string[]>()
  const known = new WeakMap<PlanNode, KnownFields>()
  const context: RuleContext = {
    facts: factsOf,
    fields: node => {
      let fields = known.get(node)
      if (fields === undefined) {
        fields = knownFields(node, context)
        known.set(node, fields)
      }
      return fields
    },
    source: source => sources.get(source) ?? {},
    note: (node, reason) => void notes.set(node, [...(notes.get(node) ?? []), reason]),
    notes: node => notes.get(node) ?? [],
    keepNotes: (from, to) => {
      const kept = notes.get(from)
      if (kept !== undefined && from !== to) notes.set(to, [...(notes.get(to) ?? []), ...kept])
    },
    applied,
  }
  return context
}

/** A node on its way through `rewritePlan`. */
export interface Visit {
  /** The node in the plan as it was, with its inputs as they were. */
  readonly original: PlanNode
  /** Whether `node` is read by more than one other, or is a root that is also read. */
  shared(node: PlanNode): boolean
}

/**
 * The plan rebuilt from the sources up: `change` sees each node once, with its inputs rebuilt.
 * Shared nodes stay shared, and are known to be.
 */
export function rewritePlan(
  roots: readonly PlanNode[],
  context: RuleContext,
  change: (node: PlanNode, visit: Visit) => PlanNode,
): readonly PlanNode[] {
  const consumers = countConsumers(roots)
  const done = new Map<PlanNode, PlanNode>()
  const several = new Set<PlanNode>()
  const shared = (node: PlanNode) => several.has(node)
  const visit = (original: PlanNode): PlanNode => {
    let result = done.get(original)
    if (result === undefined) {
      const rebuilt = withInputs(original, inputsOf(original).map(visit))
      context.keepNotes(original, rebuilt)
      result = change(rebuilt, { original, shared })
      if (consumers.get(original)! > 1) several.add(result)
      done.set(original, result)
    }
    return result
  }
  return roots.map(visit)
}

/** How many nodes read each node; being a root counts as one. */
export function countConsumers(roots: readonly PlanNode[]): Map<PlanNode, number> {
  const counts = new Map<PlanNode, number>()
  const add = (node: PlanNode) => counts.set(node, (counts.get(node) ?? 0) + 1)
  for (const node of nodesOf(roots)) inputsOf(node).forEach(add)
  roots.forEach(add)
  return counts
}

/**
 * Whether the functions of `node` may as well see fewer records, or see them in another order: they
 * have no effects, and give the same for the same record.
 */
export function isRepeatable(node: PlanNode, context: RuleContext): boolean {
  return functionsOf(node).every(
    ({ fn, records }) => records !== 'groups' && context.facts(fn, records).repeatable,
  )
}
