/** Random plans over two sources, of all that rules look at, for comparing answers. */
import type { UserFunction } from '../../../engine/functions/user-function.js'
import type { AggregateOp } from '../../../engine/plan/aggregate.js'
import type { JoinType, PlanNode } from '../../../engine/plan/node.js'
import { planNode } from '../../../engine/plan/node.js'
import type { Source, SourceFacts } from '../../../engine/plan/source.js'
import { fn, keys, knownSource, lambda, order } from '../../support/plans.js'
import { type Random, randomFrom } from '../../support/random.js'

/** A plan with everything that is needed to run it. */
export interface RandomPlan {
  readonly roots: readonly PlanNode[]
  readonly facts: ReadonlyMap<Source, SourceFacts>
  readonly records: ReadonlyMap<Source, readonly unknown[]>
}

/** A node and the fields of its records, all of them numbers or missing. */
interface Part {
  readonly node: PlanNode
  readonly fields: readonly string[]
}

const AGGREGATES: readonly AggregateOp[] = [
  'sum',
  'min',
  'max',
  'mean',
  'count',
  'countDistinct',
  'variance',
  'first',
  'last',
]

/** The plan of a seed. */
export function randomPlan(seed: number): RandomPlan {
  const random = randomFrom(seed)
  const names = [
    ['a', 'b', 'c', 'd'],
    ['k', 'x', 'y'],
  ]
  const sources = names.map((fields, k) => knownSource(`source ${k}`, fields, random.int(1000)))
  const known = random.chance(0.8)
  const parts: Part[] = sources.map(({ node }, k) => ({ node, fields: names[k]! }))
  const steps = 3 + random.int(7)
  for (let step = 0; step < steps; step++) {
    const input = random.chance(0.75) ? parts.at(-1)! : random.pick(parts)
    const part = grow(random, input, parts)
    if (part.fields.length > 0) parts.push(part)
  }
  const roots = [parts.at(-1)!, ...(random.chance(0.3) ? [random.pick(parts)] : [])]
  return {
    roots: roots.map(({ node }) => node),
    facts: new Map(sources.map(({ source, facts }) => [source, known ? facts : {}])),
    records: new Map(
      sources.map(({ source }, k) => [source, recordsOf(random, names[k]!, 5 + random.int(25))]),
    ),
  }
}

function recordsOf(random: Random, names: readonly string[], count: number): readonly unknown[] {
  const values = [0, -0, 1, 2, 3, 4, 5, null, Number.NaN]
  return random.array(count, () =>
    Object.fromEntries(names.map(name => [name, random.pick(values)])),
  )
}

type Grow = (random: Random, part: Part, parts: readonly Part[]) => Part

function grow(random: Random, part: Part, parts: readonly Part[]): Part {
  return random.pick(GROW)(random, part, parts)
}

function condition(random: Random, fields: readonly string[], r = 'r'): string {
  const f = () => `${r}.${random.pick(fields)}`
  const n = () => random.int(5)
  return random.pick([
    () => `${f()} > ${n()}`,
    () => `${f()} > ${n()} && ${f()} < ${n() + 2}`,
    () => `${f()} !== null && ${f()} <= ${n()}`,
    () => `${f()} === ${n()} || ${f()} > ${n()}`,
    () => `!(${f()} >= ${n()})`,
    () => `1 / ${f()} > 0`,
    () => `${f()} + ${f()} > ${n()} && ${f()} !== ${n()}`,
    () => `${f()}.toFixed !== undefined`.replace('.toFixed', '?.toFixed'),
  ])()
}

const filterStep: Grow = (random, { node, fields }) => {
  const fn = lambda(`r => ${condition(random, fields)}`, 'filter')
  return { node: planNode({ kind: 'filter', input: node, fn }), fields }
}

const mapStep: Grow = (random, { node, fields }) => {
  const [f, g, h] = [random.pick(fields), random.pick(fields), random.pick(fields)]
  const [text, made] = random.pick([
    [`r => ({ ...r, m: r.${f} * 2 })`, union(fields, 'm')],
    [`r => ({ ...r, ${f}: r.${g} })`, fields],
    [`r => ({ ${f}: r.${f}, n: r.${g}, o: r.${h} + 1 })`, union([f], 'n', 'o')],
    [`({ ${f}, ...rest }) => ({ ...rest, ${f} })`, fields],
    [`r => ({ n: r.${f}, ...r })`, union(fields, 'n')],
    ['r => r', fields],
    [`r => { const m = r.${f} + r.${g}; return { m, ${h}: r.${h} } }`, union(['m'], h)],
  ] as const)
  return { node: planNode({ kind: 'map', input: node, fn: lambda(text) }), fields: made }
}

const flatMapStep: Grow = (random, { node, fields }) => {
  const f = random.pick(fields)
  const fn = lambda(`r => r.${f} > 2 ? [r, { ...r, ${f}: 1 }] : [r]`, 'flatMap')
  return { node: planNode({ kind: 'flatMap', input: node, fn }), fields }
}

const deriveStep: Grow = (random, { node, fields }) => {
  const [f, g] = [random.pick(fields), random.pick(fields)]
  const columns = [{ as: random.pick(['p', f]), fn: lambda(`r => r.${f} - r.${g}`, 'derive') }]
  if (random.chance(0.5)) columns.push({ as: 'q', fn: lambda(`r => r.${g} * 3`, 'derive') })
  const made = union(fields, ...columns.map(({ as }) => as))
  return { node: planNode({ kind: 'derive', input: node, columns }), fields: made }
}

const projectStep: Grow = (random, { node, fields }) => {
  const kept = random.shuffle(fields).slice(0, 1 + random.int(fields.length))
  const chosen = kept.map((from, k) => ({ from, as: random.chance(0.3) ? `z${k}` : from }))
  const made = [...new Set(chosen.map(({ as }) => as))]
  if (made.length < chosen.length) return { node, fields }
  return { node: planNode({ kind: 'project', input: node, fields: chosen }), fields: made }
}

const unionStep: Grow = (random, part, parts) => {
  const other = random.pick([
    ...parts.filter(({ fields }) => fields.join() === part.fields.join()),
    part,
  ])
  return { node: planNode({ kind: 'union', inputs: [part.node, other.node] }), fields: part.fields }
}

const distinctStep: Grow = (random, { node, fields }) => {
  const chosen = random.chance(0.4) ? [] : some(random, fields)
  return { node: planNode({ kind: 'distinct', input: node, keys: keys(...chosen) }), fields }
}

const firstStep: Grow = (random, { node, fields }) => {
  const by = random.chance(0.6) ? [] : some(random, fields)
  const sorted = by.length > 0 && random.chance(0.5) ? order(random.pick(fields)) : []
  const count = 1 + random.int(12)
  return {
    node: planNode({ kind: 'first', input: node, count, keys: keys(...by), order: sorted }),
    fields,
  }
}

const sortStep: Grow = (random, { node, fields }) => {
  const by = order(...some(random, fields).map(name => (random.chance(0.3) ? `-${name}` : name)))
  const scope = random.chance(0.8) ? 'global' : 'partition'
  return { node: planNode({ kind: 'sort', input: node, order: by, scope }), fields }
}

const aggregateStep: Grow = (random, { node, fields }) => {
  const by = random.chance(0.2) ? [] : some(random, fields)
  const free = ['g', 'h', 'i'].filter(name => !by.includes(name))
  const aggregates = free.slice(0, 1 + random.int(2)).map(as => {
    const op = random.pick(AGGREGATES)
    const path = random.pick(fields)
    const text = `r => r.${path} * 2`
    return random.chance(0.3)
      ? { as, op, input: { kind: 'function' as const, fn: lambda(text, 'aggregate') } }
      : { as, op, input: { kind: 'field' as const, path } }
  })
  const made = [...by, ...aggregates.map(({ as }) => as)]
  return {
    node: planNode({ kind: 'aggregate', input: node, keys: keys(...by), aggregates }),
    fields: made,
  }
}

const pickStep: Grow = (random, { node, fields }) => {
  const by = random.chance(0.3) ? [] : some(random, fields)
  const direction = random.pick(['ascending', 'descending'] as const)
  const of = keys(random.pick(fields))
  return {
    node: planNode({ kind: 'pick', input: node, keys: keys(...by), by: of, direction }),
    fields,
  }
}

const joinStep: Grow = (random, left, parts) => {
  const right = random.pick(parts)
  const type = random.pick<JoinType>(['inner', 'inner', 'left', 'right', 'full', 'semi', 'anti'])
  const [f, g, h] = [random.pick(left.fields), random.pick(right.fields), random.pick(right.fields)]
  const [text, made] = random.pick([
    [`(l, r) => ({ ...l, j: r?.${h} })`, union(left.fields, 'j')],
    [`(l, r) => ({ ${f}: l?.${f}, j: r?.${h} })`, union([f], 'j')],
    [`(l, r) => ({ ...r, e: l?.${f} })`, union(right.fields, 'e')],
    [`(l, r) => ({ ...l, ...r })`, union(left.fields, ...right.fields)],
  ] as const)
  const condition: UserFunction | undefined = random.chance(0.4)
    ? lambda(
        random.pick([
          `(l, r) => l.${f} > 1 && r.${h} < 4`,
          `(l, r) => l.${f} >= r.${h}`,
          `(l, r) => r.${h} !== 2 && l.${f} !== r.${g}`,
        ]),
        'join.filter',
      )
    : undefined
  const node = planNode({
    kind: 'join',
    left: left.node,
    right: right.node,
    type,
    hint: 'auto',
    leftKeys: keys(f),
    rightKeys: keys(g),
    result: { kind: 'map', fn: lambda(text, 'join.with') },
    ...(condition && { condition }),
  })
  return { node, fields: type === 'semi' || type === 'anti' ? left.fields : made }
}

const partitionStep: Grow = (random, { node, fields }) => {
  const by = { kind: 'hash' as const, keys: keys(random.pick(fields)) }
  const spread = planNode({ kind: 'partition', input: node, by, partitions: 3 })
  if (random.chance(0.5)) return { node: spread, fields }
  const fn = lambda(`r => ${condition(random, fields)}`, 'filter')
  const kept = planNode({ kind: 'filter', input: spread, fn })
  return { node: planNode({ kind: 'partition', input: kept, by, partitions: 3 }), fields }
}

/** The same once more, as somebody writes it who builds a plan by calling a function twice. */
const twinStep: Grow = (_, { node, fields }) => ({
  node: planNode({ kind: 'union', inputs: [node, planNode({ ...node })] }),
  fields,
})

const numberStep: Grow = (_, { node, fields }) => ({
  node: planNode({ kind: 'zipWithIndex', input: node, as: 'index' }),
  fields: union(fields, 'index'),
})

const sampleStep: Grow = (random, { node, fields }) => ({
  node: planNode({
    kind: 'sample',
    input: node,
    size: random.chance(0.5) ? { fraction: 0.7 } : { count: 12 },
    replacement: false,
    seed: random.int(100),
  }),
  fields,
})

const cacheStep: Grow = (_, { node, fields }) => ({
  node: planNode({ kind: 'cache', input: node, store: { batches: undefined } }),
  fields,
})

const groupStep: Grow = (random, { node, fields }) => {
  const take = fn((records: Iterable<unknown>) => [...records].slice(0, 2), 'reduceGroup')
  return {
    node: planNode({
      kind: 'reduceGroup',
      input: node,
      fn: take,
      keys: keys(random.pick(fields)),
      order: [],
      partial: false,
    }),
    fields,
  }
}

const GROW: readonly Grow[] = [
  filterStep,
  filterStep,
  filterStep,
  filterStep,
  mapStep,
  mapStep,
  deriveStep,
  deriveStep,
  projectStep,
  flatMapStep,
  unionStep,
  distinctStep,
  distinctStep,
  firstStep,
  firstStep,
  sortStep,
  sortStep,
  sortStep,
  aggregateStep,
  pickStep,
  joinStep,
  joinStep,
  joinStep,
  partitionStep,
  numberStep,
  sampleStep,
  cacheStep,
  groupStep,
  twinStep,
]

function some(random: Random, fields: readonly string[]): readonly string[] {
  return random.shuffle(fields).slice(0, 1 + random.int(Math.min(2, fields.length)))
}

function union(fields: readonly string[], ...more: readonly string[]): readonly string[] {
  return [...new Set([...fields, ...more])]
}
