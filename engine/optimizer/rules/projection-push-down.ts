/**
 * Fields that nobody reads are neither read nor computed: sources are told what is needed, columns,
 * aggregates and results of pure functions that nobody reads go, and what sorts, joins and the like
 * have to hold is narrowed first.
 *
 * Only for records with named fields, all of them known: a tuple or a plain value is whole or it is
 * another.
 */
import type { FunctionFacts } from '../../functions/facts.js'
import type { UserFunction } from '../../functions/user-function.js'
import { inputsOf, withInputs } from '../../plan/inputs.js'
import type { NodeOf, PlanKind, PlanNode } from '../../plan/node.js'
import { planNode } from '../../plan/node.js'
import { expressionFunction } from '../expressions.js'
import { isWanted, keptFields, type Needed, neededFields } from '../needs.js'
import { type Rule, type RuleContext, rewritePlan } from '../rule.js'

/** Lets sources and operators make only the fields that somebody reads. */
export const projectionPushDown: Rule = (roots, context) => {
  const needs = neededFields(roots, context)
  return rewritePlan(roots, context, (node, { original }) => {
    const needed = needs.get(original)!
    const narrowed = narrowInputs(node, original, needs, context)
    if (needed === 'all') return narrowed
    const trim = TRIM[narrowed.kind] as Trim<PlanKind> | undefined
    const trimmed = trim?.(narrowed, needed, context) ?? narrowed
    context.keepNotes(node, trimmed)
    return trimmed
  })
}

type Trim<K extends PlanKind> = (
  node: NodeOf<K>,
  needed: ReadonlySet<string>,
  context: RuleContext,
) => PlanNode | undefined

/** Kinds that can do less when not all of their fields are needed. */
const TRIM: { readonly [K in PlanKind]?: Trim<K> } = {
  source: (node, needed, context) => {
    const { shape, fields: known } = context.source(node.source)
    if (shape !== 'object' || known === undefined || node.fields !== undefined) return undefined
    const names = known.map(({ name }) => name)
    // Somebody reads a field that does not exist, and the error will list those that do.
    if ([...needed].some(name => !names.includes(name) && !name.includes('.'))) return undefined
    const needless = known.filter(({ name }) => !needed.has(name))
    if (needless.length === 0 || known.length === 1) return undefined
    // Records that are only counted still need a column to be counted by.
    const cheapest = known.find(({ type }) => FIXED_WIDTH.has(type.kind)) ?? known[0]!
    const read = names.filter(name => needed.has(name))
    const fields = read.length > 0 ? read : [cheapest.name]
    context.applied(`${node.source.label}: ${fields.length} of ${names.length} fields`)
    const trimmed = planNode({ ...node, fields })
    context.note(trimmed, `reads ${fields.length} of ${names.length} fields`)
    return trimmed
  },
  derive: (node, needed, context) => {
    const columns = node.columns.filter(({ as, fn }) => isWanted(as, fn, needed, context))
    if (columns.length === node.columns.length) return undefined
    context.applied(`${node.columns.length - columns.length} derived columns dropped`)
    return columns.length === 0 ? node.input : planNode({ ...node, columns })
  },
  addColumns: (node, needed, context) => {
    if (node.adds.some(name => needed.has(name))) return undefined
    context.applied(`${node.operation}: left out, since nobody reads what it adds`)
    return node.input
  },
  project: (node, needed, context) => {
    const fields = keptFields(node.fields, needed)
    if (fields.length === node.fields.length) return undefined
    context.applied(`${node.fields.length - fields.length} fields left out of a project`)
    return planNode({ ...node, fields })
  },
  map: (node, needed, context) => {
    const trimmed = trimResult(node, needed, context)
    if (trimmed !== undefined) context.applied('fields of a map that nobody reads')
    return trimmed
  },
  aggregate: (node, needed, context) => {
    const aggregates = node.aggregates.filter(({ as, input }) =>
      input.kind === 'function' ? isWanted(as, input.fn, needed, context) : needed.has(as),
    )
    if (aggregates.length === node.aggregates.length) return undefined
    // Records that are only counted still need something to be made of.
    if (aggregates.length === 0) {
      aggregates.push({ as: node.aggregates[0]!.as, op: 'count', input: { kind: 'none' } })
    }
    context.applied('aggregates that nobody reads')
    return planNode({ ...node, aggregates })
  },
}

const FIXED_WIDTH: ReadonlySet<string> = new Set(['boolean', 'int32', 'float64', 'timestamp'])

/** A map that makes fewer fields, as columns and a choice of fields. */
function trimResult(
  node: NodeOf<'map'>,
  needed: ReadonlySet<string>,
  context: RuleContext,
): PlanNode | undefined {
  const facts = context.facts(node.fn, 1)
  const input = context.fields(node.input)
  const made = context.fields(node).names
  if (!facts.pure || facts.output?.shape !== 'object' || made === undefined) return undefined
  if (input.shape !== 'object' || input.names === undefined) return undefined
  const wanted = made.filter(name => needed.has(name))
  if (wanted.length === made.length || wanted.length === 0) return undefined
  const copies = new Map<string, string>()
  const columns: { as: string; fn: UserFunction }[] = []
  for (const name of wanted) {
    const from = copiedFrom(facts, name)
    if (from !== undefined && input.names.includes(from)) copies.set(name, from)
    else {
      const expression = facts.outputs?.find(output => output.name === name)?.expression
      if (expression === undefined) return undefined
      columns.push({ as: name, fn: expressionFunction(expression, node.fn) })
    }
  }
  // A column would hide the field of its name that a copy is made of.
  if (columns.some(({ as }) => [...copies.values()].includes(as))) return undefined
  const named = node.name === undefined ? {} : { name: node.name }
  const below =
    columns.length === 0 ? node.input : planNode({ kind: 'derive', input: node.input, columns })
  const fields = wanted.map(as => ({ from: copies.get(as) ?? as, as }))
  return planNode({ kind: 'project', input: below, fields, ...named })
}

function copiedFrom({ output }: FunctionFacts, name: string): string | undefined {
  const item = output?.items.findLast(item => item.kind === 'spread' || item.name === name)
  return item?.kind === 'field' ? item.copyOf?.field : undefined
}

/** Kinds that hold records, or move them about: fewer fields are less work there. */
const HOLDS: { readonly [K in PlanKind]?: true } = {
  sort: true,
  join: true,
  cross: true,
  distinct: true,
  pick: true,
  first: true,
  partition: true,
}

/** The same node over projections of its inputs to what is needed of them. */
function narrowInputs(
  node: PlanNode,
  original: PlanNode,
  needs: ReadonlyMap<PlanNode, Needed>,
  context: RuleContext,
): PlanNode {
  if (!HOLDS[node.kind] || (node.kind === 'first' && node.keys.length === 0)) return node
  const needed = inputsOf(original).map(input => needs.get(input)!)
  const inputs = inputsOf(node).map((input, k) => narrow(input, needed[k]!, context))
  const narrowed = withInputs(node, inputs)
  context.keepNotes(node, narrowed)
  return narrowed
}

function narrow(input: PlanNode, needed: Needed, context: RuleContext): PlanNode {
  const { shape, names } = context.fields(input)
  if (needed === 'all' || shape !== 'object' || names === undefined) return input
  const kept = names.filter(name => needed.has(name))
  const missing = [...needed].some(name => !names.includes(name) && !name.includes('.'))
  if (kept.length === names.length || kept.length === 0 || missing) return input
  if (kept.length === 1 && names.length === 1) return input
  const fields = kept.map(name => ({ from: name, as: name }))
  context.applied(`${names.length - kept.length} fields left out before they are held`)
  const narrowed = planNode({ kind: 'project', input, fields })
  context.note(narrowed, 'leaves out what nobody reads')
  return narrowed
}
