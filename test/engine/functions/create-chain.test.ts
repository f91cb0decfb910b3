import test from 'ava'
import { ArgumentError, FunctionError, PlanError, SchemaError } from '../../../engine/errors.js'
import type { Stage } from '../../../engine/functions/chain.js'
import { createChain } from '../../../engine/functions/create-chain.js'
import { FieldChecks } from '../../../engine/functions/field-check.js'
import type { UserFunction } from '../../../engine/functions/user-function.js'
import type { RecordBatch } from '../../../engine/types/batch.js'
import { RecordWriter } from '../../../engine/types/record-writer.js'

const user = (operation: string, call: (...parameters: never[]) => unknown): UserFunction => ({
  call,
  handed: {},
  operation,
})

function batchOf(records: readonly unknown[]): RecordBatch {
  const writer = new RecordWriter(4)
  for (const record of records) writer.write(record)
  return writer.finish()
}

function recordsOf(batches: readonly RecordBatch[]): unknown[] {
  return batches.flatMap(batch => Array.from({ length: batch.length }, (_, k) => batch.record(k)))
}

function run(
  codegen: boolean,
  stages: readonly Stage[],
  ...inputs: (readonly unknown[])[]
): unknown[] {
  const fields = new FieldChecks()
  const chain = createChain(stages, {
    codegen,
    fields,
    inputs: inputs.length as 1 | 2,
    contexts: stages.map(stage => (stage.kind === 'derive' ? stage.columns.map(() => ({})) : [{}])),
  })
  const batches = inputs.map(records => ({ batch: batchOf(records) }))
  const out = [...chain.run(batches, inputs[0]!.length)]
  fields.check()
  const rest = chain.flush()
  return recordsOf(rest === undefined ? out : [...out, rest])
}

for (const codegen of [true, false]) {
  const how = codegen ? 'compiled' : 'plain'

  test(`${how}: runs stages one after another`, t => {
    const stages: Stage[] = [
      { kind: 'filter', fn: user('filter', (r: { a: number }) => r.a > 1) },
      { kind: 'map', fn: user('map', (r: { a: number }) => ({ b: r.a * 2 })) },
      { kind: 'flatMap', fn: user('flatMap', (r: { b: number }) => [r, { b: r.b + 0.5 }]) },
      {
        kind: 'derive',
        columns: [
          { as: 'c', fn: user('derive', (r: { b: number }) => `${r.b}`) },
          { as: 'b', fn: user('derive', (r: { b: number }) => -r.b) },
        ],
      },
      {
        kind: 'project',
        fields: [
          { from: 'c', as: 'text' },
          { from: 'b', as: 'b' },
        ],
      },
    ]
    t.deepEqual(run(codegen, stages, [{ a: 1 }, { a: 2 }, { a: 3 }]), [
      { text: '4', b: -4 },
      { text: '4.5', b: -4.5 },
      { text: '6', b: -6 },
      { text: '6.5', b: -6.5 },
    ])
  })

  test(`${how}: joins two records`, t => {
    const left = [{ a: 1 }, { a: 2 }]
    const right = [{ b: 'x' }, { b: 'y' }]
    t.deepEqual(run(codegen, [{ kind: 'merge' }], left, right), [
      { a: 1, b: 'x' },
      { a: 2, b: 'y' },
    ])
    t.deepEqual(run(codegen, [{ kind: 'pair' }], left, right), [
      [{ a: 1 }, { b: 'x' }],
      [{ a: 2 }, { b: 'y' }],
    ])
    const same: Stage = {
      kind: 'filter',
      fn: user('join.filter', (l: { a: number }, r: { b: string }) => l.a === 2 && r.b === 'y'),
    }
    t.deepEqual(run(codegen, [same], left, right), [[{ a: 2 }, { b: 'y' }]])
  })

  test(`${how}: names the record for which a function threw`, t => {
    const original = new TypeError('no')
    const fail = user('map', (r: { a: number }) => {
      if (r.a === 2) throw original
      return r
    })
    const error = t.throws(() => run(codegen, [{ kind: 'map', fn: fail }], [{ a: 1 }, { a: 2 }]), {
      instanceOf: FunctionError,
      message: 'map: the function threw at record {"a":2}: no',
    })
    t.is(error?.cause, original)
  })

  test(`${how}: refuses what cannot be records`, t => {
    const asynchronous = user('map', async () => 1)
    t.throws(() => run(codegen, [{ kind: 'map', fn: asynchronous }], [1]), {
      instanceOf: ArgumentError,
    })
    const promise = user('map', () => Promise.resolve(1))
    t.throws(() => run(codegen, [{ kind: 'map', fn: promise }], [1]), { instanceOf: FunctionError })
    const text = user('flatMap', () => 'abc')
    t.throws(() => run(codegen, [{ kind: 'flatMap', fn: text }], [1]), {
      instanceOf: FunctionError,
      message: /flatMap: the function must return an array .* got "abc".* at record 1/,
    })
    t.throws(() => run(codegen, [{ kind: 'pair' }], [1]), { instanceOf: PlanError })
    t.throws(() => run(codegen, [{ kind: 'merge' }], [{ a: 1 }], [{ a: 2 }]), {
      instanceOf: SchemaError,
      message: /"a"/,
    })
    t.throws(
      () => run(codegen, [{ kind: 'project', fields: [{ from: 'x', as: 'x' }] }], [{ a: 1 }]),
      { instanceOf: SchemaError, message: /it has a/ },
    )
  })
}
