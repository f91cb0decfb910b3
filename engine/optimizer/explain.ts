/** What will run, why, and (after a run) how it went: for people, and as plain data. */
import { factsOf } from '../functions/analysis.js'
import type { Stage } from '../functions/chain.js'
import type { FunctionFacts } from '../functions/facts.js'
import { functionText } from '../functions/function-text.js'
import type { PlanNode } from '../plan/node.js'
import { drawTree } from './explain-tree.js'
import { functionsOf, type HeldFunction } from './functions-of.js'
import type { OperatorMetrics, RunMetrics } from './metrics.js'
import type { AppliedRule, PhysicalNode, PhysicalOperation, PhysicalPlan } from './physical.js'

/** How `explain` shows a plan. */
export interface ExplainOptions {
  /** `text` (default) for people, `json` for plain data as text. */
  readonly format?: 'text' | 'json'
  /** With the generated source of the loops; there is some after a run only. Default false. */
  readonly code?: boolean
  /** How the run went. */
  readonly metrics?: RunMetrics
}

/** What is known about one function, as `explain` tells it. */
export interface ExplainedFunction {
  readonly text: string
  /** Per record that it gets: the fields that it reads; `all` when it uses it whole. */
  readonly reads: FunctionFacts['reads']
  readonly captures: readonly string[]
  readonly pure: boolean
  /** Why it is not (fully) understood. */
  readonly reason?: string
}

/** One operator, as `explain` tells it. */
export interface ExplainedNode {
  readonly id: number
  readonly kind: PhysicalOperation['kind']
  readonly label: string
  /** The operations that run in its loop, each as in `label`. */
  readonly steps: readonly string[]
  readonly reasons: readonly string[]
  /** The ids of its inputs. */
  readonly inputs: readonly number[]
  /** Of a loop: the ids of the nodes that give the results of its body. */
  readonly body?: readonly { readonly result: string; readonly id: number }[]
  readonly estimatedRows?: number
  readonly actual?: Omit<OperatorMetrics, 'code'>
  readonly functions: readonly ExplainedFunction[]
  readonly code?: readonly string[]
}

/** A plan as plain data: it survives `JSON.stringify`. */
export interface ExplainedPlan {
  /** The ids of the nodes that give the results. */
  readonly roots: readonly number[]
  /** Inputs come before those that read them. */
  readonly nodes: readonly ExplainedNode[]
  readonly rules: readonly AppliedRule[]
  /** Where it runs, when several threads were allowed. */
  readonly threads?: { readonly workers: number; readonly reason?: string }
  readonly run?: Pick<RunMetrics, 'milliseconds' | 'peakMemory' | 'skipped'>
}

/**
 * The plan as text: a tree from the results down to the sources, with the reasons for how it is
 * done, estimated rows, and after a run actual rows, batches, time and spilled bytes beside them.
 */
export function explain(plan: PhysicalPlan, options: ExplainOptions = {}): string {
  const explained = explainPlan(plan, options)
  return options.format === 'json' ? JSON.stringify(explained, null, 2) : drawTree(explained)
}

/** The plan as plain data, for drawing it otherwise. */
export function explainPlan(
  { roots, nodes, rulesApplied, threads }: PhysicalPlan,
  { code = false, metrics }: Omit<ExplainOptions, 'format'> = {},
): ExplainedPlan {
  const run = metrics && {
    milliseconds: metrics.milliseconds,
    peakMemory: metrics.peakMemory,
    skipped: metrics.skipped,
  }
  return {
    roots: roots.map(({ id }) => id),
    nodes: nodes.map(node => explainNode(node, metrics?.operators.get(node.id), code)),
    rules: rulesApplied,
    ...(threads && { threads }),
    ...(run && { run }),
  }
}

function explainNode(
  node: PhysicalNode,
  metrics: OperatorMetrics | undefined,
  withCode: boolean,
): ExplainedNode {
  const { id, operation, label, steps = [label], reasons, rows } = node
  const { code, ...actual } = metrics ?? {}
  return {
    id,
    kind: operation.kind,
    label,
    steps,
    reasons,
    inputs: node.inputs.map(input => input.id),
    ...bodyOf(operation),
    ...(rows !== undefined && { estimatedRows: rows }),
    ...(metrics && { actual: actual as Omit<OperatorMetrics, 'code'> }),
    functions: functionsIn(operation).flatMap(explainFunction),
    ...(withCode && code && code.length > 0 && { code }),
  }
}

function bodyOf(operation: PhysicalOperation): Pick<ExplainedNode, 'body'> {
  if (!('body' in operation)) return {}
  const names = operation.kind === 'iterate' ? ['next'] : ['delta', 'next workset']
  const { roots } = operation.body
  return { body: roots.map(({ id }, k) => ({ result: names[k] ?? 'until empty', id })) }
}

/** The users' functions that an operation calls. */
export function functionsIn(operation: PhysicalOperation): readonly HeldFunction[] {
  if (!('node' in operation) && operation.kind !== 'chain') return []
  if (operation.kind === 'chain') return operation.stages.flatMap(functionsOfStage)
  const own = functionsOf(operation.node)
  return 'tail' in operation ? [...own, ...operation.tail.flatMap(functionsOfStage)] : own
}

function functionsOfStage(stage: Stage): readonly HeldFunction[] {
  return stage.kind === 'pair' || stage.kind === 'merge' ? [] : functionsOf(stage as PlanNode)
}

function explainFunction({ fn, records }: HeldFunction): ExplainedFunction[] {
  const text = functionText(fn)
  if (records === 'groups') return [{ text, reads: ['all'], captures: [], pure: false }]
  const { reads, captures, pure, reason } = factsOf(fn, records)
  return [{ text, reads, captures, pure, ...(reason !== undefined && { reason }) }]
}
