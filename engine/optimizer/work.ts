/**
 * How much work a plan is, roughly, and how much of it workers would save: to tell jobs that gain
 * from several threads from those that do not. Never changes an answer.
 */
import { factsOf } from '../functions/analysis.js'
import { type Expression, operands } from '../functions/expression/expression.js'
import type { UserFunction } from '../functions/user-function.js'
import { functionsIn } from './explain.js'
import type { PhysicalNode, PhysicalOperation, PhysicalPlan } from './physical.js'

/** Nanoseconds per record that comes in, apart from users' functions; measured on one thread. */
const PER_RECORD: { readonly [K in PhysicalOperation['kind']]?: number } = {
  source: 2,
  chain: 3,
  aggregate: 12,
  distinct: 40,
  reduce: 60,
  reduceGroup: 150,
  first: 30,
  pick: 40,
  join: 15,
  coGroup: 200,
  cross: 5,
  sort: 100,
  partition: 30,
  mapPartition: 100,
  addColumns: 50,
  zipWithIndex: 5,
  sample: 20,
}
/** What the others take. */
const USUAL = 2
/** A call of a known function, such as `Math.log`. */
const CALL = 15
/** A function that is not a plain expression, and each letter of its source. */
const OPAQUE = 20
const PER_LETTER = 0.3
/** What it takes to move a record to another thread, or back to the calling one. */
const MOVED = 60

/** How many supersteps a loop is taken to do when it may do more. */
const SUPERSTEPS = 20

/** Jobs of less work than this, in milliseconds, gain little or nothing from workers. */
const LITTLE_MS = 400

/**
 * Why workers would not make a plan faster; `undefined` when they may. The time on one thread is
 * estimated without reading files; what workers save of it is their part, without what it takes to
 * move records between them and to give results back.
 *
 * @param spread The plan for workers.
 * @param usual Records that nodes of which nothing is known are taken to have.
 */
export function whyNoGain(
  plan: PhysicalPlan,
  spread: PhysicalPlan,
  workers: number,
  usual: number,
): string | undefined {
  const work = workOf(plan.main, usual) / 1e6
  if (Math.ceil(work) < LITTLE_MS) return `only about ${Math.ceil(work)} ms of work`
  const exchanged = spread.main.filter(({ operation }) => operation.kind === 'exchange')
  const moved = sum([...exchanged, ...spread.roots].map(({ rows = 0 }) => rows))
  const gain = work * (1 - 1 / workers) - (moved * MOVED) / workers / 1e6
  return gain < 0 ? 'moving the records would take longer than the work' : undefined
}

/** Nanoseconds for all `nodes`; `usual` records for those of which nothing is known. */
function workOf(nodes: readonly PhysicalNode[], usual: number): number {
  let work = 0
  for (const { operation, inputs, rows = usual } of nodes) {
    const inRows = inputs.length === 0 ? rows : sum(inputs.map(input => input.rows ?? usual))
    const functions = sum(functionsIn(operation).map(({ fn, records }) => costOf(fn, records)))
    work += inRows * ((PER_RECORD[operation.kind] ?? USUAL) + functions)
    if (!('body' in operation)) continue
    const most = Math.max(...inputs.map(input => input.rows ?? usual))
    const times = Math.min(operation.node.options.maxIterations, SUPERSTEPS)
    work += times * workOf(operation.body.nodes, most)
  }
  return work
}

function costOf(fn: UserFunction, records: 1 | 2 | 'groups'): number {
  const { call } = fn
  const opaque = OPAQUE + PER_LETTER * (call === undefined ? 0 : String(call).length)
  if (records === 'groups') return opaque
  const { expression, outputs } = factsOf(fn, records)
  if (expression !== undefined) return costOfExpression(expression)
  return outputs === undefined ? opaque : sum(outputs.map(out => costOfExpression(out.expression)))
}

function costOfExpression(expression: Expression): number {
  const own = expression.kind === 'call' ? CALL : 1
  return own + sum(operands(expression).map(costOfExpression))
}

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0)
}
