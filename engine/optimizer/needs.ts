/** Which fields of each node's records anybody reads, from the roots down. */
import { fieldsOf } from '../functions/expression/expression.js'
import type { FunctionFacts } from '../functions/facts.js'
import { fieldsNeeded } from '../functions/lambda/output-fields.js'
import type { UserFunction } from '../functions/user-function.js'
import { inputsOf, nodesOf } from '../plan/inputs.js'
import type { Key, SortKey } from '../plan/key.js'
import type { JoinResult, NodeOf, PlanKind, PlanNode } from '../plan/node.js'
import type { RuleContext } from './rule.js'

/** Names of fields, or all of them (also when it is not known). */
export type Needed = ReadonlySet<string> | 'all'

type Needs<K extends PlanKind> = (
  node: NodeOf<K>,
  needed: Needed,
  context: RuleContext,
) => readonly Needed[]

const all = (): readonly Needed[] => ['all']

const NEEDS: { readonly [K in PlanKind]: Needs<K> } = {
  source: () => [],
  map: ({ fn }, needed, context) => resultNeeds(context.facts(fn, 1), needed),
  flatMap: ({ fn }, _, context) => [readsOf(fn, context)],
  filter: ({ fn }, needed, context) => [both(needed, readsOf(fn, context))],
  derive: ({ columns }, needed, context) => {
    const derived = new Set(columns.map(({ as }) => as))
    const kept = columns.filter(({ as, fn }) => isWanted(as, fn, needed, context))
    const reads = kept.map(({ fn }) => readsOf(fn, context))
    return [both(without(needed, derived), ...reads)]
  },
  project: ({ fields }, needed) => [new Set(keptFields(fields, needed).map(({ from }) => from))],
  mapPartition: all,
  union: ({ inputs }, needed) => inputs.map(() => needed),
  distinct: ({ keys }, needed, context) =>
    keys.length === 0 ? ['all'] : [both(needed, ofKeys(keys, context))],
  first: ({ keys, order }, needed, context) => [
    both(needed, ofKeys(keys, context), ofOrder(order, context)),
  ],
  reduce: all,
  reduceGroup: all,
  aggregate: ({ keys, aggregates }, needed, context) => {
    const inputs = aggregates.map(({ as, input }): Needed => {
      if (input.kind === 'none') return new Set()
      if (input.kind === 'field') {
        return needed === 'all' || needed.has(as) ? ofPath(input.path) : new Set()
      }
      return isWanted(as, input.fn, needed, context) ? readsOf(input.fn, context) : new Set()
    })
    return [both(ofKeys(keys, context), ...inputs)]
  },
  pick: ({ keys, by }, needed, context) => [
    both(needed, ofKeys(keys, context), ofKeys(by, context)),
  ],
  join: (node, needed, context) => {
    const { type, condition } = node
    const own: readonly Needed[] =
      type === 'semi' || type === 'anti'
        ? [needed, new Set()]
        : ofResult(node.result, node, needed, context)
    const asked = condition
      ? context.facts(condition, 2).reads.map(toNeeded)
      : [new Set<string>(), new Set<string>()]
    return [
      both(own[0]!, asked[0]!, ofKeys(node.leftKeys, context)),
      both(own[1]!, asked[1]!, ofKeys(node.rightKeys, context)),
    ]
  },
  coGroup: () => ['all', 'all'],
  cross: (node, needed, context) => ofResult(node.result, node, needed, context),
  sort: ({ order }, needed, context) => [both(needed, ofOrder(order, context))],
  partition: ({ by }, needed, context) => {
    if (by.kind === 'hash') return [both(needed, ofKeys(by.keys, context))]
    if (by.kind === 'range') return [both(needed, ofOrder(by.order, context))]
    return by.kind === 'custom' ? [both(needed, ofKeys([by.key], context))] : [needed]
  },
  addColumns: ({ reads, adds }, needed) => [both(without(needed, new Set(adds)), new Set(reads))],
  zipWithIndex: ({ input, as }, needed, context) =>
    context.fields(input).shape === 'object' ? [without(needed, new Set([as]))] : ['all'],
  sample: (_, needed) => [needed],
  cache: all,
  loopInput: () => [],
  iterate: node => inputsOf(node).map(() => 'all'),
  iterateDelta: node => inputsOf(node).map(() => 'all'),
  sink: all,
}

/** What is read of every node of a plan whose roots are wanted whole. */
export function neededFields(
  roots: readonly PlanNode[],
  context: RuleContext,
): ReadonlyMap<PlanNode, Needed> {
  const needed = new Map<PlanNode, Needed>()
  const add = (node: PlanNode, more: Needed) => {
    const before = needed.get(node)
    needed.set(node, before === undefined ? more : both(before, more))
  }
  for (const root of roots) add(root, 'all')
  for (const node of nodesOf(roots).reverse()) {
    const parts = (NEEDS[node.kind] as Needs<PlanKind>)(node, needed.get(node)!, context)
    for (const [k, input] of inputsOf(node).entries()) add(input, parts[k]!)
  }
  return needed
}

/** The fields of a project that are wanted; one at least, so that there are records at all. */
export function keptFields(
  fields: NodeOf<'project'>['fields'],
  needed: Needed,
): NodeOf<'project'>['fields'] {
  const kept = fields.filter(({ as }) => needed === 'all' || needed.has(as))
  return kept.length > 0 ? kept : fields.slice(0, 1)
}

/** Whether a column must be computed: it is read, or computing it could be noticed. */
export function isWanted(
  as: string,
  fn: UserFunction,
  needed: Needed,
  context: RuleContext,
): boolean {
  return needed === 'all' || needed.has(as) || !context.facts(fn, 1).pure
}

function readsOf(fn: UserFunction, context: RuleContext): Needed {
  return toNeeded(context.facts(fn, 1).reads[0])
}

function ofResult(
  result: JoinResult,
  { left, right }: { readonly left: PlanNode; readonly right: PlanNode },
  needed: Needed,
  context: RuleContext,
): readonly Needed[] {
  if (result.kind === 'pair') return ['all', 'all']
  if (result.kind === 'map') {
    return resultNeeds(context.facts(result.fn, 2), needed)
  }
  if (result.kind === 'flatMap') return context.facts(result.fn, 2).reads.map(toNeeded)
  // Equal names fail, and must go on failing: only where the fields are known can some be left out.
  const sides = [context.fields(left).names, context.fields(right).names]
  if (needed === 'all' || sides.some(names => names === undefined)) return ['all', 'all']
  if (sides[0]!.some(name => sides[1]!.includes(name))) return ['all', 'all']
  return sides.map(names => new Set(names!.filter(name => needed.has(name))))
}

/** What a function needs per record for the fields that are wanted of its result. */
function resultNeeds(facts: FunctionFacts, needed: Needed): readonly Needed[] {
  const { outputs, pure, reads } = facts
  if (needed === 'all' || !pure || outputs === undefined) {
    return fieldsNeeded(facts, listed(needed)).map(toNeeded)
  }
  const fields = outputs
    .filter(({ name }) => needed.has(name))
    .flatMap(output => fieldsOf(output.expression))
  return reads.map(
    (_, input) => new Set(fields.filter(field => field.input === input).map(({ name }) => name)),
  )
}

function ofKeys(keys: readonly Key[], context: RuleContext): Needed {
  return both(
    ...keys.map(key => (key.kind === 'field' ? ofPath(key.path) : readsOf(key.fn, context))),
  )
}

function ofOrder(order: readonly SortKey[], context: RuleContext): Needed {
  return ofKeys(
    order.map(({ key }) => key),
    context,
  )
}

/** A path is a field with dots in its name, or leads into a nested value: either may be needed. */
function ofPath(path: string): Needed {
  return new Set(path.includes('.') ? [path, path.slice(0, path.indexOf('.'))] : [path])
}

function toNeeded(reads: readonly string[] | 'all' | undefined): Needed {
  return reads === undefined || reads === 'all' ? 'all' : new Set(reads)
}

function listed(needed: Needed): readonly string[] | 'all' {
  return needed === 'all' ? 'all' : [...needed]
}

function both(...parts: readonly Needed[]): Needed {
  const union = new Set<string>()
  for (const part of parts) {
    if (part === 'all') return 'all'
    for (const name of part) union.add(name)
  }
  return union
}

function without(needed: Needed, names: ReadonlySet<string>): Needed {
  return needed === 'all' ? 'all' : new Set([...needed].filter(name => !names.has(name)))
}
