/** Where the fields of an operation's output come from. */
import type { Expression } from '../functions/expression/expression.js'
import type { FieldReference, FunctionFacts } from '../functions/facts.js'
import type { NodeOf, PlanNode } from '../plan/node.js'
import type { RuleContext } from './rule.js'

/** The origin of a field: a field of an input that is copied, or an expression over such fields. */
export type Origin =
  | ({ readonly kind: 'copy' } & FieldReference)
  | { readonly kind: 'computed'; readonly expression: Expression }

/** The nodes whose output fields can be traced to their inputs. */
export type Traceable = NodeOf<'map' | 'derive' | 'project' | 'join' | 'cross'>

/** The origin of the field `name` of the output of `node`; `undefined` when it is not known. */
export function originOf(node: Traceable, name: string, context: RuleContext): Origin | undefined {
  return (TRACE[node.kind] as (node: Traceable, name: string, context: RuleContext) => Origin)(
    node,
    name,
    context,
  )
}

const TRACE: {
  readonly [K in Traceable['kind']]: (
    node: NodeOf<K>,
    name: string,
    context: RuleContext,
  ) => Origin | undefined
} = {
  map: ({ input, fn }, name, context) =>
    originInResult(context.facts(fn, 1), name, [input], context),
  derive: ({ columns }, name, context) => {
    const column = columns.findLast(({ as }) => as === name)
    if (column === undefined) return copy(0, name)
    const { expression, pure } = context.facts(column.fn, 1)
    return expression && pure ? { kind: 'computed', expression } : undefined
  },
  project: ({ input, fields }, name, context) => {
    const from = fields.findLast(({ as }) => as === name)?.from
    if (from === undefined) return undefined
    // A path into nested values is no field that a function could read.
    const isField = !from.includes('.') || context.fields(input).names?.includes(from)
    return isField ? copy(0, from) : undefined
  },
  join: (node, name, context) =>
    node.type === 'semi' || node.type === 'anti'
      ? copy(0, name)
      : originInPair(node, name, context),
  cross: (node, name, context) => originInPair(node, name, context),
}

function originInPair(
  { left, right, result }: NodeOf<'join' | 'cross'>,
  name: string,
  context: RuleContext,
): Origin | undefined {
  if (result.kind === 'map') {
    return originInResult(context.facts(result.fn, 2), name, [left, right], context)
  }
  if (result.kind !== 'merge') return undefined
  const inLeft = context.fields(left).names?.includes(name)
  const inRight = context.fields(right).names?.includes(name)
  if (inLeft === undefined || inRight === undefined || inLeft === inRight) return undefined
  return copy(inLeft ? 0 : 1, name)
}

function originInResult(
  facts: FunctionFacts,
  name: string,
  inputs: readonly PlanNode[],
  context: RuleContext,
): Origin | undefined {
  const { output, outputs, pure } = facts
  if (output === undefined) return undefined
  if (output.wholeInput !== undefined) return copy(output.wholeInput, name)
  if (output.shape === 'value') return undefined
  const { items } = output
  for (let k = items.length - 1; k >= 0; k--) {
    const item = items[k]!
    if (item.kind === 'field') {
      if (item.name !== name) continue
      if (item.copyOf) return copy(item.copyOf.input, item.copyOf.field)
      const expression = outputs?.find(field => field.name === name)?.expression
      return expression && pure ? { kind: 'computed', expression } : undefined
    }
    if (item.except.includes(name)) continue
    const known = context.fields(inputs[item.input]!).names
    if (known?.includes(name)) return copy(item.input, name)
    if (known !== undefined) continue
    // The spread may or may not have the field: fine only if nothing before it could.
    const elsewhere = items
      .slice(0, k)
      .some(other => (other.kind === 'field' ? other.name === name : true))
    return elsewhere ? undefined : copy(item.input, name)
  }
  return undefined
}

function copy(input: number, field: string): Origin {
  return { kind: 'copy', input, field }
}
