/** Shapes and fields of records, as far as they are known before a plan runs. */
import { fieldsGiven } from '../functions/lambda/output-fields.js'
import type { JoinResult, NodeOf, PlanKind, PlanNode } from '../plan/node.js'
import type { RecordShape } from '../types/schema.js'
import type { RuleContext } from './rule.js'

/** What is known of the records of a node. */
export interface KnownFields {
  readonly shape?: RecordShape
  /** All fields, in order. */
  readonly names?: readonly string[]
}

const NOTHING: KnownFields = Object.freeze({})

type Known<K extends PlanKind> = (node: NodeOf<K>, context: RuleContext) => KnownFields

const same = (node: { readonly input: PlanNode }, context: RuleContext) =>
  context.fields(node.input)
const nothing = () => NOTHING

const KNOWN: { readonly [K in PlanKind]: Known<K> } = {
  source: ({ source, fields }, context) => {
    const { shape, fields: all } = context.source(source)
    const names = all?.map(({ name }) => name)
    return known(shape, fields && names ? names.filter(name => fields.includes(name)) : names)
  },
  map: ({ input, fn }, context) => {
    const facts = context.facts(fn, 1)
    const { wholeInput } = facts.output ?? {}
    if (wholeInput !== undefined) return context.fields(input)
    return known(facts.output?.shape, fieldsGiven(facts, [context.fields(input).names]))
  },
  flatMap: nothing,
  filter: same,
  derive: ({ input, columns }, context) => {
    const { names } = context.fields(input)
    return known(
      'object',
      names &&
        union(
          names,
          columns.map(({ as }) => as),
        ),
    )
  },
  project: ({ fields }) =>
    known(
      'object',
      fields.map(({ as }) => as),
    ),
  mapPartition: nothing,
  union: ({ inputs }, context) => {
    const [first, ...others] = inputs.map(input => context.fields(input))
    if (first === undefined) return NOTHING
    const { shape, names } = first
    const sameShape = others.every(other => other.shape === shape)
    const sameNames =
      names !== undefined &&
      others.every(
        other =>
          other.names?.length === names.length && names.every(name => other.names?.includes(name)),
      )
    return known(sameShape ? shape : undefined, sameShape && sameNames ? names : undefined)
  },
  distinct: same,
  first: same,
  reduce: nothing,
  reduceGroup: nothing,
  aggregate: ({ keys, aggregates }) => {
    const names: string[] = []
    for (const key of keys) {
      if (key.kind === 'function' || key.path.includes('.')) return known('object', undefined)
      names.push(key.path)
    }
    return known(
      'object',
      union(
        names,
        aggregates.map(({ as }) => as),
      ),
    )
  },
  pick: same,
  join: ({ type, left, right, result }, context) =>
    type === 'semi' || type === 'anti'
      ? context.fields(left)
      : paired(result, left, right, context),
  coGroup: nothing,
  cross: ({ left, right, result }, context) => paired(result, left, right, context),
  sort: same,
  partition: same,
  addColumns: ({ input, adds }, context) => {
    const { names } = context.fields(input)
    return known('object', names && union(names, adds))
  },
  zipWithIndex: ({ input, as }, context) => {
    const { shape, names } = context.fields(input)
    return shape === 'object' ? known('object', names && union(names, [as])) : NOTHING
  },
  sample: same,
  cache: same,
  // A body may change the fields from one superstep to the next.
  loopInput: nothing,
  iterate: nothing,
  iterateDelta: nothing,
  sink: same,
}

/** What is known of the records of `node`; ask `context.fields`, which keeps the answers. */
export function knownFields(node: PlanNode, context: RuleContext): KnownFields {
  return (KNOWN[node.kind] as (node: PlanNode, context: RuleContext) => KnownFields)(node, context)
}

function paired(
  result: JoinResult,
  left: PlanNode,
  right: PlanNode,
  context: RuleContext,
): KnownFields {
  if (result.kind === 'pair') return known('tuple', ['0', '1'])
  if (result.kind === 'flatMap') return NOTHING
  const sides = [context.fields(left), context.fields(right)]
  if (result.kind === 'merge') {
    const [a, b] = sides.map(({ names }) => names)
    return known('object', a && b ? [...new Set([...a, ...b])] : undefined)
  }
  const facts = context.facts(result.fn, 2)
  if (facts.output?.wholeInput !== undefined) return sides[facts.output.wholeInput]!
  return known(
    facts.output?.shape,
    fieldsGiven(
      facts,
      sides.map(({ names }) => names),
    ),
  )
}

function known(shape: RecordShape | undefined, names: readonly string[] | undefined): KnownFields {
  return { ...(shape && { shape }), ...(names && { names }) }
}

function union(names: readonly string[], more: readonly string[]): readonly string[] {
  return [...new Set([...names, ...more])]
}
