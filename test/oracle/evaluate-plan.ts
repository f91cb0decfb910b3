/**
 * What a logical plan means: its records, worked out naively on arrays of arrays (one per
 * partition). Joins are left-major, groups come in order of first appearance. Hashes and samples
 * are not the engine's: compare without order above a partitioning, and not above a sample.
 */
import { factsOf } from '../../engine/functions/analysis.js'
import type { UserFunction } from '../../engine/functions/user-function.js'
import type { AggregateSpec } from '../../engine/plan/aggregate.js'
import { Broadcast } from '../../engine/plan/handed.js'
import { inputsOf } from '../../engine/plan/inputs.js'
import type { Key, SortKey } from '../../engine/plan/key.js'
import type { JoinResult, NodeOf, PlanKind, PlanNode } from '../../engine/plan/node.js'
import type { Source } from '../../engine/plan/source.js'
import { columnOf } from '../support/columns.js'
import { randomFrom } from '../support/random.js'
import { aggregate } from './aggregate.js'
import { evaluateExpression } from './evaluate-expression.js'
import { compareValues, isMissing, keyTextOf } from './values.js'

type Row = Readonly<Record<string, unknown>>
type Parts = readonly (readonly unknown[])[]
type Evaluate<K extends PlanKind> = (node: NodeOf<K>, inputs: readonly Parts[]) => Parts

/**
 * The records of each root. `recordsOf` gives those of a source.
 *
 * @param entering What enters the bodies of loops, when it is such a body that is evaluated.
 */
export function evaluatePlan(
  roots: readonly PlanNode[],
  recordsOf: (source: Source) => readonly unknown[],
  entering: Entering = () => undefined,
): unknown[][] {
  const done = new Map<PlanNode, Parts>()
  const visit = (node: PlanNode): Parts => {
    const entered = node.kind === 'loopInput' ? entering(node) : undefined
    if (entered !== undefined) return [entered]
    if (node.kind === 'iterate' || node.kind === 'iterateDelta') {
      if (!done.has(node)) done.set(node, [evaluateLoop(node, visit, recordsOf, entering)])
      return done.get(node)!
    }
    if (!done.has(node)) {
      const inputs = inputsOf(node).map(visit)
      const parts =
        node.kind === 'source'
          ? [recordsOf(node.source).map(record => pickFields(record, node.fields))]
          : (EVALUATE[node.kind] as Evaluate<PlanKind>)(handOver(node, visit), inputs)
      done.set(node, completed(parts))
    }
    return done.get(node)!
  }
  return roots.map(root => visit(root).flat())
}

type Entering = (node: NodeOf<'loopInput'>) => readonly unknown[] | undefined

/** Supersteps one after the other, each a plan of its own; criteria of functions are not known here. */
function evaluateLoop(
  node: NodeOf<'iterate' | 'iterateDelta'>,
  visit: (node: PlanNode) => Parts,
  recordsOf: (source: Source) => readonly unknown[],
  outer: Entering,
): readonly unknown[] {
  const delta = node.kind === 'iterateDelta'
  let current = visit(delta ? node.workset : node.input).flat()
  let solution = delta ? visit(node.solution).flat() : []
  const results = delta ? [node.delta, node.next] : [node.next]
  for (let k = 0; k < node.options.maxIterations && !(delta && current.length === 0); k++) {
    const entering: Entering = input => {
      if (input.loop !== node.loop) return outer(input)
      return input.role === 'solution' ? solution : current
    }
    const all = evaluatePlan([...results, ...node.criteria], recordsOf, entering)
    const criterion = node.criteria.length > 0 ? all.pop() : undefined
    current = all.at(-1)!
    if (delta) {
      const changed = new Map(all[0]!.map(record => [keysText(record, node.keys), record]))
      const replaced = solution.map(record => {
        const text = keysText(record, node.keys)
        const found = changed.has(text) ? changed.get(text) : record
        changed.delete(text)
        return found
      })
      solution = [...replaced, ...changed.values()]
    }
    if (criterion?.length === 0) break
  }
  return delta ? solution : current
}

/** The same node, with arrays instead of the data sets that are handed over to its functions. */
function handOver<N>(part: N, visit: (node: PlanNode) => Parts): N {
  if (part instanceof Broadcast) return visit(part.node).flat() as N
  if (Array.isArray(part)) return part.map(item => handOver(item, visit)) as N
  if (!isObject(part)) return part
  const entries = Object.entries(part).map(([name, value]) => {
    const inside = !['input', 'inputs', 'left', 'right', 'sink', 'store'].includes(name)
    return [name, inside ? handOver(value, visit) : value]
  })
  return Object.fromEntries(entries)
}

/** Absent and undefined fields are missing: a record has all fields that any of them has. */
function completed(parts: Parts): Parts {
  const names = new Set(
    parts.flat().flatMap(record => (isObject(record) ? Object.keys(record) : [])),
  )
  const absent = Object.fromEntries([...names].map(name => [name, null]))
  return parts.map(records =>
    records.map(record => {
      if (!isObject(record)) return record
      const present = Object.entries(record).filter(([, value]) => value !== undefined)
      return { ...absent, ...Object.fromEntries(present) }
    }),
  )
}

const same = (_: PlanNode, [input]: readonly Parts[]) => input!
const each =
  <N>(change: (node: N) => (record: unknown) => readonly unknown[]) =>
  (node: N, [input]: readonly Parts[]): Parts =>
    input!.map(records => records.flatMap(change(node)))

const EVALUATE: { readonly [K in PlanKind]: Evaluate<K> } = {
  source: () => [],
  map: each(({ fn }) => record => [call(fn, record)]),
  flatMap: each(({ fn }) => record => [...(call(fn, record) as Iterable<unknown>)]),
  filter: each(
    ({ fn }) =>
      record =>
        call(fn, record) ? [record] : [],
  ),
  derive: each(({ columns }) => record => {
    return [
      { ...(record as Row), ...Object.fromEntries(columns.map(c => [c.as, call(c.fn, record)])) },
    ]
  }),
  project: each(({ fields }) => record => [
    Object.fromEntries(fields.map(({ from, as }) => [as, valueAt(record, from)])),
  ]),
  mapPartition: ({ fn }, [input]) => input!.map(records => many(fn, records)),
  union: (_, inputs) => inputs.flat(),
  distinct: ({ keys }, [input]) => [groupsOf(input!, keys, true).map(([first]) => first)],
  first: ({ count, keys, order }, [input]) => {
    if (keys.length === 0) return [input!.flat().slice(0, count)]
    const kept = groupsOf(input!, keys).map(group => sorted(group, order).slice(0, count))
    if (order.length > 0) return [kept.flat()]
    const wanted = new Set(kept.flat())
    return [input!.flat().filter(record => wanted.has(record))]
  },
  reduce: ({ fn, keys }, [input]) => [
    groupsOf(input!, keys).map(group => group.reduce((a, b) => call(fn, a, b))),
  ],
  reduceGroup: ({ fn, keys, order }, [input]) => [
    groupsOf(input!, keys).flatMap(group => many(fn, sorted(group, order))),
  ],
  aggregate: ({ keys, aggregates }, [input]) => {
    const groups = keys.length === 0 ? [input!.flat()] : groupsOf(input!, keys)
    return [
      groups.map(group => ({
        ...Object.assign({}, ...keys.map(key => keyFields(group[0], key))),
        ...Object.fromEntries(
          aggregates.map(spec => [
            spec.as,
            aggregate(
              spec.op,
              group.map(record => inputOf(spec, record)),
            ),
          ]),
        ),
      })),
    ]
  },
  pick: ({ keys, by, direction }, [input]) => {
    const order = by.map(key => ({ key, direction }))
    return [groupsOf(input!, keys).map(group => sorted(group, order)[0])]
  },
  join: (node, [left, right]) => [join(node, left!.flat(), right!.flat())],
  coGroup: ({ fn, leftKeys, rightKeys, leftOrder, rightOrder }, [left, right]) => {
    const sides = [groupBy(left!.flat(), leftKeys), groupBy(right!.flat(), rightKeys)]
    const keys = new Set(sides.flatMap(side => [...side.keys()]))
    return [
      [...keys].flatMap(key => {
        const a = sorted(sides[0]!.get(key) ?? [], leftOrder)
        return many(fn, a, sorted(sides[1]!.get(key) ?? [], rightOrder))
      }),
    ]
  },
  cross: ({ result }, [left, right]) => [
    left!.flat().flatMap(a => right!.flat().flatMap(b => pairOf(result, a, b))),
  ],
  sort: ({ order, scope }, [input]) =>
    scope === 'global' ? [sorted(input!.flat(), order)] : input!.map(part => sorted(part, order)),
  partition: ({ by, partitions }, [input]) => {
    const parts: unknown[][] = Array.from({ length: partitions }, () => [])
    const records = by.kind === 'range' ? sorted(input!.flat(), by.order) : input!.flat()
    records.forEach((record, k) => {
      if (by.kind === 'rebalance') parts[k % partitions]!.push(record)
      else if (by.kind === 'range')
        parts[Math.floor((k * partitions) / records.length)]!.push(record)
      else if (by.kind === 'hash') parts[hash(keysText(record, by.keys)) % partitions]!.push(record)
      else parts[call(by.fn, keyOf(record, by.key), partitions) as number]!.push(record)
    })
    return parts
  },
  addColumns: ({ reads, adds, compute }, [input]) => {
    const records = input!.flat() as Row[]
    const columns = compute(
      reads.map(name => columnOf(records.map(record => record[name]))),
      records.length,
      0,
    )
    const added = (row: number) => adds.map((name, k) => [name, columns[k]!.get(row)])
    return [records.map((record, row) => ({ ...record, ...Object.fromEntries(added(row)) }))]
  },
  zipWithIndex: ({ as }, [input]) => [
    input!.flat().map((r, k) => (isObject(r) ? { ...r, [as]: k } : { [as]: k, value: r })),
  ],
  sample: ({ size, replacement, seed }, [input]) => {
    const [random, records] = [randomFrom(seed), input!.flat()]
    if ('fraction' in size) return [records.filter(() => random.chance(size.fraction))]
    return [
      replacement && records.length > 0
        ? random.array(size.count, () => random.pick(records))
        : random.shuffle(records).slice(0, size.count),
    ]
  },
  cache: same,
  // Loops are evaluated by `evaluateLoop`.
  loopInput: () => [],
  iterate: () => [],
  iterateDelta: () => [],
  sink: same,
}

function join(
  node: NodeOf<'join'>,
  left: readonly unknown[],
  right: readonly unknown[],
): unknown[] {
  const { type, condition, leftKeys, rightKeys, result } = node
  const complete = (record: unknown, keys: readonly Key[]) =>
    keys.every(key => !isMissing(keyOf(record, key)))
  const matched = new Set<number>()
  const byKey = new Map<string, number[]>()
  right.forEach((b, k) => {
    const text = keysText(b, rightKeys)
    if (complete(b, rightKeys)) byKey.set(text, [...(byKey.get(text) ?? []), k])
  })
  const records = left.flatMap(a => {
    const candidates = complete(a, leftKeys) ? (byKey.get(keysText(a, leftKeys)) ?? []) : []
    const matches = candidates.filter(k => !condition || call(condition, a, right[k]))
    for (const k of matches) matched.add(k)
    if (type === 'semi' || type === 'anti')
      return matches.length > 0 === (type === 'semi') ? [a] : []
    if (matches.length === 0)
      return type === 'left' || type === 'full' ? pairOf(result, a, null) : []
    return matches.flatMap(k => pairOf(result, a, right[k]))
  })
  if (type !== 'right' && type !== 'full') return records
  return [...records, ...right.flatMap((b, k) => (matched.has(k) ? [] : pairOf(result, null, b)))]
}

function pairOf(result: JoinResult, a: unknown, b: unknown): readonly unknown[] {
  if (result.kind === 'pair') return [[a, b]]
  if (result.kind === 'merge') return [{ ...(a as Row | null), ...(b as Row | null) }]
  const returned = call(result.fn, a, b)
  return result.kind === 'map' ? [returned] : [...(returned as Iterable<unknown>)]
}

function inputOf({ input }: AggregateSpec, record: unknown): unknown {
  if (input.kind === 'none') return true
  return input.kind === 'field' ? valueAt(record, input.path) : call(input.fn, record)
}

function groupsOf(input: Parts, keys: readonly Key[], whole = false): (readonly unknown[])[] {
  if (keys.length > 0) return [...groupBy(input.flat(), keys).values()]
  if (!whole) return input.flat().length > 0 ? [input.flat()] : []
  const wholes = new Map<string, unknown[]>()
  for (const record of input.flat()) {
    const text = keyTextOf(record)
    wholes.set(text, [...(wholes.get(text) ?? []), record])
  }
  return [...wholes.values()]
}

function groupBy(records: readonly unknown[], keys: readonly Key[]): Map<string, unknown[]> {
  const groups = new Map<string, unknown[]>()
  for (const record of records) {
    const text = keysText(record, keys)
    groups.set(text, [...(groups.get(text) ?? []), record])
  }
  return groups
}

function sorted(records: readonly unknown[], order: readonly SortKey[]): unknown[] {
  return records.toSorted((a, b) => {
    for (const { key, direction } of order) {
      const compared = compareValues(keyOf(a, key), keyOf(b, key), direction)
      if (compared !== 0) return compared
    }
    return 0
  })
}

function keyOf(record: unknown, key: Key): unknown {
  return key.kind === 'field' ? valueAt(record, key.path) : call(key.fn, record)
}

/** The fields by which results carry a key. */
function keyFields(record: unknown, key: Key): Row {
  const value = keyOf(record, key)
  if (key.kind === 'function') return isObject(value) ? value : { key: value }
  const { path } = key
  const own = !isObject(record) || path in record
  return { [own ? path : path.slice(path.lastIndexOf('.') + 1)]: value }
}

function keysText(record: unknown, keys: readonly Key[]): string {
  return keys.map(key => keyTextOf(keyOf(record, key))).join('|')
}

function valueAt(record: unknown, path: string): unknown {
  if (isObject(record) && path in record) return record[path]
  if (!isObject(record) && !Array.isArray(record)) return path === 'value' ? record : undefined
  return path.split('.').reduce<unknown>((value, name) => (value as Row | null)?.[name], record)
}

function call(fn: UserFunction, ...records: readonly unknown[]): unknown {
  if (fn.call) return (fn.call as (...of: unknown[]) => unknown)(...records.map(own), fn.handed)
  const expression = fn.expression ?? factsOf(fn, records.length === 2 ? 2 : 1).expression
  return evaluateExpression(expression!, records)
}

/** A copy, so that a function that changes its record changes nothing else. */
function own(record: unknown): unknown {
  return Array.isArray(record) ? record.map(own) : isObject(record) ? { ...record } : record
}

function many(fn: UserFunction, ...groups: readonly (readonly unknown[])[]): unknown[] {
  const result = (fn.call as (...of: readonly unknown[]) => unknown)(...groups, fn.handed)
  if (result === undefined || result === null) return []
  const several = typeof result === 'object' && Symbol.iterator in result
  return several ? [...(result as Iterable<unknown>)] : [result]
}

function pickFields(record: unknown, fields: readonly string[] | undefined): unknown {
  if (fields === undefined || !isObject(record)) return record
  return Object.fromEntries(fields.map(name => [name, record[name]]))
}

function isObject(record: unknown): record is Row {
  return (
    typeof record === 'object' &&
    record !== null &&
    !Array.isArray(record) &&
    !(record instanceof Date)
  )
}

function hash(text: string): number {
  return [...text].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) >>> 0, 7)
}
