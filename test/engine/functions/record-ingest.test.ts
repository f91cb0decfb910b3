import test from 'ava'
import { SchemaError } from '../../../engine/errors.js'
import { ingest } from '../../../engine/functions/record-ingest.js'
import { recordReader } from '../../../engine/functions/record-reader.js'
import { BATCH_SIZE, type RecordBatch } from '../../../engine/types/batch.js'
import { float64, string } from '../../../engine/types/data-type.js'
import { RecordWriter } from '../../../engine/types/record-writer.js'
import { SparseVector } from '../../../engine/types/sparse-vector.js'
import { type Random, randomFrom } from '../../support/random.js'
import { equalRecords } from '../../support/table-equal.js'

const VALUES: readonly ((random: Random) => unknown)[] = [
  random => random.int(5),
  random => random.between(-1, 1),
  random => random.pick(['x', 'é🎉', '']),
  random => random.chance(0.5),
  random => new Date(random.int(1e9)),
  random => Float64Array.of(random.next(), 1),
  () => new SparseVector(4, [1], [2]),
  random => ({ inner: random.int(3) }),
  random => random.pick([null, undefined, NaN, -0, 2 ** 40]),
]

/** Records of which most are alike. */
function randomRecords(random: Random): unknown[] {
  const names = ['a', 'b', 'constructor', '0', 'with space'].slice(0, 1 + random.int(5))
  const makers = names.map(() => random.pick(VALUES))
  const oddity = random.pick([0, 0.02])
  return random.array(random.int(60), () => {
    const values = names.map((_, k) =>
      (random.chance(oddity) ? random.pick(VALUES) : makers[k]!)(random),
    )
    const shape = random.chance(oddity) ? random.int(4) : 0
    if (shape === 1) return values[0]
    if (shape === 2) return values
    const fields = names.map((name, k) => [name, values[k]] as const)
    return Object.fromEntries(shape === 3 ? fields.slice(1) : random.shuffle(fields))
  })
}

function read(batches: Iterable<RecordBatch>, codegen: boolean): unknown[] {
  return [...batches].flatMap(batch => {
    const record = recordReader(batch, codegen)
    return Array.from({ length: batch.length }, (_, row) => record(row))
  })
}

test('records come back as they were, compiled and plain, from arrays and iterables', t => {
  for (let seed = 1; seed <= 300; seed++) {
    const random = randomFrom(seed)
    let records = randomRecords(random)
    const form = random.int(3)
    if (form === 1) records = records.map(record => [record, 1])
    if (form === 2) records = records.map(record => (record as { a?: unknown })?.a ?? null)
    for (const codegen of [true, false]) {
      equalRecords(t, read(ingest(records, { codegen }), codegen), records)
      equalRecords(t, read(ingest(new Set(records), { codegen }), codegen), new Set(records))
    }
  }
})

test('columns are laid out as the plain writer does it', t => {
  for (let seed = 1; seed <= 100; seed++) {
    const records = randomRecords(randomFrom(seed))
    const writer = new RecordWriter(4)
    for (const record of records) writer.write(record)
    const [batch] = [...ingest(records, { codegen: true })]
    t.deepEqual(batch?.schema, records.length > 0 ? writer.finish().schema : undefined, `${seed}`)
  }
})

test('batches have a bounded size, and nothing is read ahead of what is asked for', t => {
  let made = 0
  function* numbers() {
    while (made < 3 * BATCH_SIZE) yield { n: made++ }
  }
  const batches = ingest(numbers(), { codegen: true })
  const first = batches.next().value as RecordBatch
  t.is(first.length, BATCH_SIZE)
  t.is(made, BATCH_SIZE)
  t.deepEqual(first.record(7), { n: 7 })
  t.deepEqual([...ingest([], { codegen: true })], [])
})

test('a schema is kept to', t => {
  const fields = [
    { name: 'x', type: float64, nullable: true },
    { name: 's', type: string, nullable: true },
  ]
  const schema = { shape: 'object', fields } as const
  for (const codegen of [true, false]) {
    const [batch] = [...ingest([{ x: 1, s: 'a' }, { x: 2 }], { codegen, schema })]
    t.is(batch?.find('x')?.layout, 'float64')
    t.throws(
      () => [
        ...ingest(
          [
            { x: 1, s: 'a' },
            { x: 'no', s: 'b' },
          ],
          { codegen, schema },
        ),
      ],
      {
        instanceOf: SchemaError,
        message: /"x" must be float64; got "no"/,
      },
    )
  }
})
