/**
 * Compiled = plain = naive `Array`: the zoo of functions and random chains of them, over batches of
 * different layouts.
 */
import test from 'ava'
import type { Stage } from '../../../engine/functions/chain.js'
import { createChain } from '../../../engine/functions/create-chain.js'
import { FieldChecks } from '../../../engine/functions/field-check.js'
import type { RecordBatch } from '../../../engine/types/batch.js'
import { RecordWriter } from '../../../engine/types/record-writer.js'
import { type Random, randomFrom } from '../../support/random.js'
import { filters, flatMaps, maps, type Specimen, tupleMaps } from './zoo.js'

/** Batches of random records whose columns have other layouts in each. */
function sampleBatches(random: Random, tuple: boolean): RecordBatch[] {
  const values = [
    (wide: boolean) => (wide ? random.between(-9, 9) : random.int(8) - 1),
    () => random.pick([0.5, -0, NaN, 2, -3.25, 1e300, 7]),
    (wide: boolean) => (wide ? random.word() : random.pick(['x', 'y', 'z', '', 'é🎉'])),
    () => new Date(random.int(2e9) * 1000),
    (wide: boolean) => (wide ? random.pick([1, 'x', true, { y: 3 }, [1, 2]]) : 5),
  ]
  const names = ['a', 'b', 's', 'd', 'm']
  return Array.from({ length: 5 }, (_, k) => {
    const missing = random.pick([0, 0.2])
    const wide = names.map(() => random.chance(0.3))
    const none = names.map(() => random.chance(0.1))
    const writer = new RecordWriter(1)
    for (let n = k === 3 ? 0 : 1 + random.int(30); n > 0; n--) {
      const record = names.map((_, f) =>
        none[f] || random.chance(missing) ? null : values[f]!(wide[f]!),
      )
      if (tuple) writer.write(record.slice(0, 3))
      else writer.write(Object.fromEntries(names.map((name, f) => [name, record[f]])))
    }
    return writer.finish()
  })
}

function recordsOf(batch: RecordBatch): unknown[] {
  return Array.from({ length: batch.length }, (_, row) => batch.record(row))
}

/** What a user sees of a record: missing fields are gone, and so is the difference of shapes. */
function seen(value: unknown): unknown {
  if (value === undefined) return null
  if (value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) return value.map(seen)
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) return value
  const fields = Object.entries(value).filter(([, field]) => field !== null && field !== undefined)
  return Object.fromEntries(fields.map(([name, field]) => [name, seen(field)]).sort())
}

/** A record as the next function sees it: what is `undefined` is `null`. */
function nulled(record: unknown): unknown {
  const prototype: unknown =
    typeof record === 'object' && record !== null ? Object.getPrototypeOf(record) : undefined
  if (Array.isArray(record)) return record.map(value => value ?? null)
  if (prototype !== Object.prototype) return record ?? null
  return Object.fromEntries(Object.entries(record as object).map(([k, v]) => [k, v ?? null]))
}

function stageOf({ call, kind, name }: Specimen): Stage {
  return { kind, fn: { call: call as never, handed: {}, operation: `${kind} ${name}` } }
}

type Outcome = { readonly records: unknown[] } | { readonly error: string }

function outcome(run: () => unknown[]): Outcome {
  try {
    return { records: run().map(seen) }
  } catch (error) {
    const { cause, message } = error as Error
    return { error: cause instanceof Error ? cause.message : message }
  }
}

function naive(specimens: readonly Specimen[], batches: readonly RecordBatch[]): Outcome {
  return outcome(() => {
    let records: unknown[] = batches.flatMap(recordsOf)
    const context = {}
    for (const { call, kind } of specimens) {
      const fn = call as unknown as (record: unknown, context: unknown) => unknown
      if (kind === 'map') records = records.map(record => fn(record, context) ?? null)
      else if (kind === 'filter') records = records.filter(record => fn(record, context))
      else records = records.flatMap(record => [...(fn(record, context) as Iterable<unknown>)])
      records = records.map(nulled)
    }
    return records
  })
}

function chained(
  codegen: boolean,
  specimens: readonly Specimen[],
  batches: readonly RecordBatch[],
): Outcome {
  return outcome(() => {
    const stages = specimens.map(stageOf)
    const fields = new FieldChecks()
    const chain = createChain(stages, {
      codegen,
      fields,
      inputs: 1,
      contexts: stages.map(() => [{}]),
    })
    const out: unknown[] = []
    for (const batch of batches) {
      for (const result of chain.run([{ batch }], batch.length)) out.push(...recordsOf(result))
    }
    fields.check()
    const rest = chain.flush()
    if (rest !== undefined) out.push(...recordsOf(rest))
    return out
  })
}

for (const specimen of [...filters, ...maps, ...tupleMaps, ...flatMaps]) {
  const { kind, name, tuple } = specimen
  test(`${tuple ? 'tuple ' : ''}${kind}: ${name}`, t => {
    for (let seed = 1; seed <= 8; seed++) {
      const batches = sampleBatches(randomFrom(seed), tuple ?? false)
      const expected = naive([specimen], batches)
      t.deepEqual(chained(false, [specimen], batches), expected, `plain, seed ${seed}`)
      t.deepEqual(chained(true, [specimen], batches), expected, `compiled, seed ${seed}`)
    }
  })
}

test('random chains give the same compiled, plain and naive', t => {
  for (let seed = 1; seed <= 300; seed++) {
    const random = randomFrom(seed)
    const batches = sampleBatches(random, false)
    const keeps = (specimen: Specimen) =>
      !/itself|inherit|Object.keys|in and hasOwn/.test(specimen.name)
    const all = [...filters, ...filters, ...maps, ...flatMaps].filter(keeps)
    const specimens = random.array(1 + random.int(4), () => random.pick(all))
    const names = `seed ${seed}: ${specimens.map(({ kind, name }) => `${kind} ${name}`).join(', ')}`
    const plain = chained(false, specimens, batches)
    t.deepEqual(chained(true, specimens, batches), plain, `compiled, ${names}`)
    if ('records' in plain) t.deepEqual(naive(specimens, batches), plain, `naive, ${names}`)
  }
})
