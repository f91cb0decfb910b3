/** Functions of two records, over rows of which some are absent: compiled = plain = naive. */
import test from 'ava'
import type { Stage } from '../../../engine/functions/chain.js'
import { createChain } from '../../../engine/functions/create-chain.js'
import { loadFormulaParser } from '../../../engine/functions/expression/formula.js'
import { FieldChecks } from '../../../engine/functions/field-check.js'
import { ingest } from '../../../engine/functions/record-ingest.js'
import type { RecordBatch } from '../../../engine/types/batch.js'
import { type Random, randomFrom } from '../../support/random.js'
import { assertRecords } from '../../support/table-equal.js'

interface Left {
  readonly id: number
  readonly x: number
  readonly s: string
}
interface Right {
  readonly key: number
  readonly y: number
  readonly t: string
}
type Both = (l: Left, r: Right | null) => unknown

const factor = 3
const FUNCTIONS: Readonly<Record<string, Both>> = {
  'fields of both': (l, r) => ({ id: l.id, y: r?.y, s: l.s }),
  'a product': (l, r) => ({ p: l.x * (r?.y ?? 0), t: r === null ? 'none' : r.t }),
  'a spread': (l, r) => ({ ...l, t: r?.t }),
  'two spreads': (l, r) => ({ ...l, ...r }),
  'a captured value': (l, r) => ({ id: l.id * factor, y: (r?.y ?? 1) * factor }),
  'the left record': l => l,
  'the right record': (_, r) => r,
  'a plain value': (l, r) => l.x + (r?.y ?? 0),
  'a tuple': (l, r) => [l.id, r?.key, l.s],
  'the records inside': (l, r) => ({ l, r }),
  'a condition': (l, r) => (r ? { id: l.id, y: r.y } : { id: l.id }),
  'destructured with a default': ({ id, x }, r) => {
    const { y = 0 } = r ?? {}
    return { id, sum: x + y }
  },
  keys: (l, r) => Object.keys({ ...l, ...r }).join(),
}
const STRICT: Readonly<Record<string, (l: Left, r: Right) => unknown>> = {
  'fields of the right': (l, r) => ({ id: l.id, y: r.y }),
  'destructured parameters': ({ id }, { y, t }) => ({ id, y, t }),
  'a computed field': (l, r) => ({ v: l.x + r.y, t: r.t }),
}

function sides(random: Random, absent: boolean) {
  const missing = random.pick([0, 0.2])
  const maybe = <T>(value: T) => (random.chance(missing) ? null : value)
  const left = random.array(1 + random.int(20), k => ({
    id: k,
    x: maybe(random.between(0, 9)),
    s: maybe(random.pick(['a', 'é'])),
  }))
  const right = random.array(1 + random.int(9), k => ({
    key: k,
    y: maybe(random.int(5)),
    t: maybe(random.word()),
  }))
  const length = random.int(40)
  const rows = [left, right].map(side =>
    Int32Array.from({ length }, () =>
      absent && side === right && random.chance(0.3) ? -1 : random.int(side.length),
    ),
  )
  return { left, right, rows, length }
}

const batchOf = (records: readonly unknown[]) => [...ingest(records, { codegen: false })][0]!
const recordsOf = (batch: RecordBatch) =>
  Array.from({ length: batch.length }, (_, row) => batch.record(row))

function chained(codegen: boolean, stages: readonly Stage[], data: ReturnType<typeof sides>) {
  const fields = new FieldChecks()
  const chain = createChain(stages, {
    codegen,
    fields,
    inputs: 2,
    contexts: stages.map(() => [{}]),
  })
  const inputs = [data.left, data.right].map((side, k) => ({
    batch: batchOf(side),
    rows: data.rows[k]!,
  }))
  const out = [...chain.run(inputs, data.length)].flatMap(recordsOf)
  fields.check()
  const rest = chain.flush()
  return rest === undefined ? out : [...out, ...recordsOf(rest)]
}

function pairsOf({ left, length, right, rows }: ReturnType<typeof sides>): [unknown, unknown][] {
  const at = (side: readonly unknown[], row: number) => (row < 0 ? null : side[row])
  return Array.from({ length }, (_, k) => [at(left, rows[0]![k]!), at(right, rows[1]![k]!)])
}

const stage = (kind: 'map' | 'filter' | 'flatMap', call: unknown): Stage => ({
  kind,
  fn: { call: call as () => unknown, handed: {}, operation: `join.${kind}` },
})

function agree(
  stages: readonly Stage[],
  expected: (pairs: [unknown, unknown][]) => unknown[],
  absent: boolean,
) {
  for (let seed = 1; seed <= 40; seed++) {
    const data = sides(randomFrom(seed), absent)
    const answer = expected(pairsOf(data))
    assertRecords(chained(false, stages, data), answer)
    assertRecords(chained(true, stages, data), answer)
  }
}

type AnyPair = (l: unknown, r: unknown) => unknown

for (const [name, call] of Object.entries({ ...FUNCTIONS, ...STRICT })) {
  const fn = call as AnyPair
  const absent = name in FUNCTIONS
  test(`pairs: ${name}`, t => {
    agree([stage('map', fn)], pairs => pairs.map(([l, r]) => fn(l, r)), absent)
    agree(
      [stage('flatMap', (l: unknown, r: unknown) => [fn(l, r), fn(l, r)])],
      pairs => pairs.flatMap(([l, r]) => [fn(l, r), fn(l, r)]),
      absent,
    )
    agree(
      [stage('filter', fn), { kind: 'pair' }],
      pairs => pairs.filter(([l, r]) => fn(l, r)),
      absent,
    )
    t.pass()
  })
}

test('pairs, merged fields and what follows them', t => {
  const pick = ([l, r]: [Left, Right | null]) => ({ id: l.id, y: r?.y })
  const small: AnyPair = l => (l as Left).id < 5
  for (const absent of [true, false]) {
    agree([{ kind: 'pair' }], pairs => pairs, absent)
    agree([{ kind: 'pair' }, stage('map', pick)], pairs => pairs.map(p => pick(p as never)), absent)
    agree(
      [{ kind: 'merge' }],
      pairs => pairs.map(([l, r]) => ({ ...(l as Left), ...(r as Right) })),
      absent,
    )
    agree(
      [stage('filter', small), { kind: 'merge' }, stage('map', (r: Left & Right) => r.x + r.y)],
      pairs =>
        pairs
          .filter(([l, r]) => small(l, r))
          .map(([l, r]) => (l as Left).x + ((r as Right)?.y ?? null)),
      absent,
    )
  }
  t.pass()
})

test('formulas over pairs: what an absent record has is missing', async t => {
  await loadFormulaParser()
  const formula = 'left.x < right.y or left.id == 1'
  const spelled: Stage = { kind: 'filter', fn: { formula, handed: {}, operation: 'join.filter' } }
  const less = (l: Left, r: Right | null) =>
    (l.x !== null && r !== null && r.y !== null && l.x < r.y) || l.id === 1
  agree(
    [spelled, { kind: 'pair' }],
    pairs => pairs.filter(p => less(...(p as [Left, Right]))),
    true,
  )
  t.pass()
})
