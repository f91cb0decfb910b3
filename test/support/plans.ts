/** Plans for tests: short makers of nodes, functions and sources. */
import type { UserFunction } from '../../engine/functions/user-function.js'
import type { Key, SortKey } from '../../engine/plan/key.js'
import type { JoinNode, JoinResult, PlanNode } from '../../engine/plan/node.js'
import { planNode } from '../../engine/plan/node.js'
import type { Source, SourceFacts } from '../../engine/plan/source.js'
import { float64 } from '../../engine/types/data-type.js'

/** A user's function of a plan. */
export function fn(call: (...records: never[]) => unknown, operation = 'map'): UserFunction {
  return { call, handed: {}, operation }
}

/** A function from its text, so that tests can choose the fields in it. */
export function lambda(text: string, operation = 'map'): UserFunction {
  const call = new Function(`return (${text})`)() as (...records: never[]) => unknown
  return fn(call, operation)
}

/** Keys by the names of fields. */
export function keys(...paths: readonly string[]): readonly Key[] {
  return paths.map(path => ({ kind: 'field', path }))
}

/** An order by the names of fields; `-name` is descending. */
export function order(...paths: readonly string[]): readonly SortKey[] {
  return paths.map(path => ({
    key: { kind: 'field', path: path.replace(/^-/, '') },
    direction: path.startsWith('-') ? 'descending' : 'ascending',
  }))
}

/** A source that knows the names of its fields and how many records it has. */
export function knownSource(
  label: string,
  names: readonly string[],
  rows?: number,
): { source: Source; facts: SourceFacts; node: PlanNode } {
  const fields = names.map(name => ({ name, type: float64, nullable: true }))
  const facts: SourceFacts = { shape: 'object', fields, ...(rows !== undefined && { rows }) }
  const source: Source = { label, facts: async () => facts, read: () => [] }
  return { source, facts, node: planNode({ kind: 'source', source }) }
}

/** `input` filtered by a function. */
export function filter(input: PlanNode, text: string): PlanNode {
  return planNode({ kind: 'filter', input, fn: lambda(text, 'filter') })
}

/** `input` with a function of each record. */
export function map(input: PlanNode, text: string): PlanNode {
  return planNode({ kind: 'map', input, fn: lambda(text) })
}

/** `input` sorted over all records. */
export function sort(input: PlanNode, ...paths: readonly string[]): PlanNode {
  return planNode({ kind: 'sort', input, order: order(...paths), scope: 'global' })
}

/** The first records. */
export function first(input: PlanNode, count: number, ...paths: readonly string[]): PlanNode {
  return planNode({ kind: 'first', input, count, keys: keys(...paths), order: [] })
}

/** `input` with distinct keys, or distinct records. */
export function distinct(input: PlanNode, ...paths: readonly string[]): PlanNode {
  return planNode({ kind: 'distinct', input, keys: keys(...paths) })
}

/** Some fields; `from:as` gives them another name. */
export function project(input: PlanNode, ...names: readonly string[]): PlanNode {
  const fields = names.map(name => {
    const [from, as = from] = name.split(':')
    return { from: from!, as: as! }
  })
  return planNode({ kind: 'project', input, fields })
}

/** A join by one field of each side. */
export function join(
  left: PlanNode,
  right: PlanNode,
  [leftKey, rightKey]: readonly [string, string],
  options: Partial<Pick<JoinNode, 'type' | 'hint' | 'condition'>> & { result?: JoinResult } = {},
): PlanNode {
  const { type = 'inner', hint = 'auto', condition, result = { kind: 'pair' } } = options
  return planNode({
    kind: 'join',
    left,
    right,
    type,
    hint,
    result,
    leftKeys: keys(leftKey),
    rightKeys: keys(rightKey),
    ...(condition && { condition }),
  })
}
