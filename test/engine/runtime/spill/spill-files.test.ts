import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'ava'
import { InputOutputError, MemoryError } from '../../../../engine/errors.js'
import type { SpillFile } from '../../../../engine/runtime/spill/spill.js'
import {
  createSpillDirectory,
  noSpill,
  writeError,
} from '../../../../engine/runtime/spill/spill-files.js'
import { RecordBatch } from '../../../../engine/types/batch.js'
import { DictionaryColumn } from '../../../../engine/types/column.js'
import { Dictionary } from '../../../../engine/types/dictionary.js'
import { RecordWriter } from '../../../../engine/types/record-writer.js'
import { SparseVector } from '../../../../engine/types/sparse-vector.js'

function batchOf(records: readonly unknown[], partition = 0): RecordBatch {
  const writer = new RecordWriter(records.length)
  for (const record of records) writer.write(record)
  return writer.finish(partition)
}

async function readAll(file: SpillFile): Promise<RecordBatch[]> {
  const batches: RecordBatch[] = []
  const iterator = file.read()
  for (let step = await iterator.next(); !step.done; step = await iterator.next()) {
    batches.push(step.value)
  }
  return batches
}

function recordsOf(batches: readonly RecordBatch[]): unknown[] {
  return batches.flatMap(batch => Array.from({ length: batch.length }, (_, k) => batch.record(k)))
}

const zoo = [
  {
    flag: true,
    int: 1,
    float: 0.5,
    day: new Date(5),
    name: 'a',
    vec: new Float64Array([1, 2]),
    sparse: new SparseVector(4, [1], [2]),
    mixed: { deep: [1, 'x', null, undefined, 5n, Number.NaN, -0] },
  },
  {
    flag: null,
    int: null,
    float: null,
    day: null,
    name: null,
    vec: null,
    sparse: null,
    mixed: null,
  },
  {
    flag: false,
    int: -7,
    float: -0,
    day: new Date(Number.NaN),
    name: '\ud800 ä 日本',
    vec: new Float64Array([3, Number.NaN]),
    sparse: new SparseVector(4, [0, 3], [1, -1]),
    mixed: new Map([[1, new Set(['x'])]]),
  },
]

test('every layout is read back as it was written, slices too', async t => {
  const spill = createSpillDirectory()
  const file = await spill.create()
  const batch = batchOf(zoo, 3)
  const batches = [batch, batch.slice(1, 3), batch.slice(0, 0), batch.slice(2, 3)]
  for (const one of batches) await file.write(one)
  for (let round = 0; round < 2; round++) {
    const read = await readAll(file)
    t.deepEqual(recordsOf(read), recordsOf(batches))
    t.deepEqual(
      read.map(one => one.schema),
      batches.map(one => one.schema),
    )
    t.deepEqual(
      read.map(one => one.partition),
      [3, 3, 3, 3],
    )
  }
  t.is(file.rows, 6)
  t.true(file.bytes > 0)
  await spill.close()
})

test('text, tuples, plain values and records without fields survive', async t => {
  const spill = createSpillDirectory()
  const file = await spill.create()
  const texts = Array.from({ length: 5000 }, (_, k) => ({
    id: `id ${k}`,
    odd: k % 2 ? `ü${k} 🦦` : null,
  }))
  const batches = [
    batchOf(texts),
    batchOf([
      [1, 'a'],
      [2, 'b'],
    ]),
    batchOf([1, 2]),
    batchOf([{}, {}]),
  ]
  t.is(batches[0]!.columns[0]!.layout, 'text')
  for (const one of batches) await file.write(one)
  t.deepEqual(recordsOf(await readAll(file)), recordsOf(batches))
  await spill.close()
})

test('a dictionary stays the same object; further ones are written as text', async t => {
  const spill = createSpillDirectory()
  const file = await spill.create()
  const one = new Dictionary(['a', 'b'])
  const other = new Dictionary(['b', 'c'])
  const make = (dictionary: Dictionary) => {
    const column = new DictionaryColumn(
      new Int32Array([1, 0, 1]),
      dictionary,
      new Uint8Array([1, 1, 0]),
    )
    return new RecordBatch('object', ['k'], [column], 3)
  }
  for (const dictionary of [one, other, one]) await file.write(make(dictionary))
  const read = await readAll(file)
  t.is((read[2]!.columns[0] as DictionaryColumn).dictionary, one)
  t.deepEqual(recordsOf(read), recordsOf([make(one), make(other), make(one)]))
  await spill.close()
})

test('values that no file can hold are the very same afterwards', async t => {
  class Point {
    #x = 1
    get x() {
      return this.#x
    }
  }
  const odd = [
    () => 1,
    new Point(),
    Symbol('s'),
    { inner: new Point() },
    {
      get a() {
        return 1
      },
    },
    Object.create(null),
  ]
  const spill = createSpillDirectory()
  const file = await spill.create()
  await file.write(batchOf(odd.map(value => ({ value, plain: { a: 1 } }))))
  const records = recordsOf(await readAll(file)) as { value: unknown }[]
  records.forEach(({ value }, k) => {
    t.is(value, odd[k])
  })
  await spill.close()
})

test('nothing is made before it is needed, and nothing is left after close', async t => {
  const parent = await mkdtemp(join(tmpdir(), 'spill-test-'))
  const spill = createSpillDirectory(parent)
  t.deepEqual(await readdir(parent), [])
  const file = await spill.create()
  await file.write(batchOf(zoo))
  await (await spill.create()).delete()
  t.is((await readdir(parent)).length, 1)
  await spill.close()
  await spill.close()
  t.deepEqual(await readdir(parent), [])
  await rm(parent, { recursive: true })
})

test('a folder that cannot be made is named', async t => {
  const parent = await mkdtemp(join(tmpdir(), 'spill-test-'))
  await writeFile(join(parent, 'file'), '')
  const spill = createSpillDirectory(join(parent, 'file'))
  const error = await t.throwsAsync(() => spill.create(), { instanceOf: InputOutputError })
  t.regex(error!.message, /tempDirectory/)
  await spill.close()
  await rm(parent, { recursive: true })
})

test('without a file system the error says what to do', async t => {
  const error = await t.throwsAsync(() => noSpill.create(), { instanceOf: MemoryError })
  t.regex(error!.message, /more memory/)
})

test('a full disk is reported with what was spilled, where, and what to do', t => {
  const cause = Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })
  const error = writeError(cause, 7 * 2 ** 20, 'spill/wiesel-x')
  t.true(error instanceof InputOutputError)
  t.regex(error.message, /disk is full after about 7 MiB .* in spill\/wiesel-x.*tempDirectory/)
  t.is(error.cause, cause)
})
