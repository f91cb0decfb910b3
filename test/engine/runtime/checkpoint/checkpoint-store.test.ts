/**
 * Properties of a store of checkpoints:
 * - what is written comes back bit for bit, whatever the layout of its columns;
 * - whichever byte of whichever file is changed or cut off, the checkpoint before is found instead;
 * - after a kill at any moment, the newest whole checkpoint is found.
 */
import { mkdtemp, open, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import fc from 'fast-check'
import { InputOutputError, PlanError, SchemaError } from '../../../../engine/errors.js'
import type { Fingerprint } from '../../../../engine/optimizer/fingerprint.js'
import {
  openCheckpoints,
  type StoreOptions,
} from '../../../../engine/runtime/checkpoint/checkpoint-store.js'
import type { Saved } from '../../../../engine/runtime/iteration/driver.js'
import { RecordBatch, valueBatch } from '../../../../engine/types/batch.js'
import {
  AnyColumn,
  type Column,
  DictionaryColumn,
  Float64Column,
  Int32Column,
  TextColumn,
} from '../../../../engine/types/column.js'
import { Dictionary } from '../../../../engine/types/dictionary.js'
import { anyColumn } from '../../../support/columns.js'
import { randomFrom } from '../../../support/random.js'

const fingerprint: Fingerprint = {
  digest: 'a',
  outline: [{ label: 'from 3 records', digest: 'x' }],
}

async function temporary(t: ExecutionContext): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'wiesel-checkpoints-'))
  t.teardown(() => rm(directory, { recursive: true, force: true }))
  return directory
}

function store(directory: string, options: Partial<StoreOptions> = {}) {
  return openCheckpoints({ directory, loop: 'iterate', fingerprint, ...options })
}

function numbers(...values: number[]): RecordBatch {
  return valueBatch(new Float64Column(Float64Array.from(values)))
}

function checkpoint(superstep: number, ...batches: RecordBatch[]): Saved {
  return { superstep, aggregates: { change: 1 / superstep }, batches: { current: batches } }
}

/** A column down to its bits; typed arrays are compared by bytes, so that NaN and -0 count. */
function bits(column: Column): unknown {
  const bytes = (view: ArrayBufferView) =>
    Buffer.from(view.buffer, view.byteOffset, view.byteLength).toString('hex')
  const { layout, length } = column
  const valid = column.valid === null ? null : bytes(column.valid)
  switch (column.layout) {
    case 'dictionary':
      return { layout, valid, codes: bytes(column.codes), texts: column.dictionary.values }
    case 'text':
    case 'any':
      return { layout, valid, values: column.values }
    case 'sparse': {
      const rows = Array.from({ length }, (_, row) => {
        const [start, end] = [column.offsets[row]!, column.offsets[row + 1]!]
        return [
          bytes(column.indices.subarray(start, end)),
          bytes(column.values.subarray(start, end)),
        ]
      })
      return { layout, valid, size: column.size, rows }
    }
    default:
      return { layout, valid, length, values: bytes(column.values) }
  }
}

/** Drawn objects may have no prototype, which no copy keeps. */
function plain(column: Column): Column {
  return column.layout === 'any' ? new AnyColumn(structuredClone(column.values)) : column
}

function batchBits({ shape, names, columns, length, partition }: RecordBatch): unknown {
  return { shape, names, length, partition, columns: columns.map(bits) }
}

test('a checkpoint comes back bit for bit, with columns of every layout', async t => {
  const directory = await temporary(t)
  const opened = await store(directory)
  let superstep = 0
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ column: anyColumn, partition: fc.nat(3), from: fc.nat(3) }), {
        maxLength: 4,
      }),
      async drawn => {
        const batches = drawn.map(({ column: { column }, partition, from }) => {
          const some = plain(column.slice(Math.min(from, column.length), column.length))
          return new RecordBatch('object', ['x'], [some], some.length, partition)
        })
        superstep++
        await opened.write({
          superstep,
          aggregates: { change: -0, worst: NaN, most: Infinity, big: 5n, own: [1, { a: 'b' }] },
          batches: { solution: batches, workset: batches.slice(1), none: [] },
        })
        const { checkpoint, skipped } = await opened.newest()
        t.deepEqual(skipped, [])
        t.is(checkpoint?.superstep, superstep)
        t.deepEqual(checkpoint?.aggregates, {
          change: -0,
          worst: NaN,
          most: Infinity,
          big: 5n,
          own: [1, { a: 'b' }],
        })
        t.deepEqual(Object.keys(checkpoint!.batches), ['solution', 'workset', 'none'])
        t.deepEqual(checkpoint!.batches.solution!.map(batchBits), batches.map(batchBits))
        t.deepEqual(checkpoint!.batches.workset!.map(batchBits), batches.slice(1).map(batchBits))
      },
    ),
    { numRuns: 60 },
  )
})

test('batches that share a dictionary share it again; others keep their own', async t => {
  const opened = await store(await temporary(t))
  const shared = new Dictionary(['a', 'ü', '日本', '\ud800', 'unused'])
  const own = new Dictionary(['b', 'a'])
  const batch = (dictionary: Dictionary, ...codes: number[]) =>
    valueBatch(new DictionaryColumn(Int32Array.from(codes), dictionary))
  await opened.write(checkpoint(1, batch(shared, 0, 1), batch(own, 0, 1), batch(shared, 3, 2)))
  const { checkpoint: found } = await opened.newest()
  const [first, second, third] = found!.batches.current!.map(
    ({ columns }) => columns[0] as DictionaryColumn,
  )
  t.is(first!.dictionary, third!.dictionary)
  t.not(first!.dictionary, second!.dictionary)
  t.deepEqual(first!.dictionary.values, shared.values)
  t.deepEqual([...third!.codes], [3, 2])
  t.deepEqual(second!.dictionary.values, ['b', 'a'])
})

test('columns in shared memory are written like others', async t => {
  const opened = await store(await temporary(t))
  const values = new Int32Array(new SharedArrayBuffer(4 * 5)).map((_, k) => k * 7)
  const view = new Int32Array(values.buffer, 4, 3)
  await opened.write(checkpoint(1, valueBatch(new Int32Column(view))))
  const { checkpoint: found } = await opened.newest()
  t.deepEqual([...(found!.batches.current![0]!.columns[0] as Int32Column).values], [...view])
})

test('many and large batches are written in pieces', async t => {
  const opened = await store(await temporary(t))
  const random = randomFrom(7)
  const large = numbers(...random.array(100_000, () => random.next()))
  const many = random.array(3000, k => valueBatch(new TextColumn([`text ${k}`, random.word()])))
  const batches = [large, ...many, large, ...random.array(12, () => large)]
  await opened.write(checkpoint(3, ...batches))
  const { checkpoint: found } = await opened.newest()
  t.deepEqual(found!.batches.current!.map(batchBits), batches.map(batchBits))
})

test('an empty directory has nothing to go on from', async t => {
  const directory = join(await temporary(t), 'made', 'when', 'needed')
  t.deepEqual(await (await store(directory)).newest(), { checkpoint: undefined, skipped: [] })
})

test('only the last checkpoints are kept, and none after clear', async t => {
  const directory = await temporary(t)
  const opened = await store(directory, { keep: 3 })
  for (let superstep = 5; superstep <= 30; superstep += 5) {
    await opened.write(checkpoint(superstep, numbers(superstep)))
  }
  t.deepEqual(
    (await readdir(directory)).sort(),
    [20, 25, 30].flatMap(k => [`iterate.0000${k}.checkpoint`, `iterate.0000${k}.worker-0`]),
  )
  await opened.clear()
  t.deepEqual(await readdir(directory), [])
  t.is((await opened.newest()).checkpoint, undefined)
})

test('loops in one directory are kept apart, also when their names are strange', async t => {
  const directory = await temporary(t)
  const names = ['iterate', 'iterate.000001', 'a/b', '../x', 'ü 日本', 'iterate*', "it's (1)"]
  for (const [k, loop] of names.entries()) {
    await (await store(directory, { loop })).write(checkpoint(k + 1, numbers(k)))
  }
  for (const [k, loop] of names.entries()) {
    const opened = await store(directory, { loop })
    t.is((await opened.newest()).checkpoint?.superstep, k + 1, loop)
    await opened.clear()
    t.is((await opened.newest()).checkpoint, undefined)
  }
  t.deepEqual(await readdir(directory), [])
})

test('every changed byte and every cut is noticed, and the checkpoint before is found', async t => {
  const directory = await temporary(t)
  const opened = await store(directory)
  const dictionary = new DictionaryColumn(Int32Array.of(0, 1), new Dictionary(['x', 'y']))
  await opened.write(checkpoint(1, numbers(1)))
  await opened.write(checkpoint(2, numbers(1, 2, 3), valueBatch(dictionary)))
  for (const file of ['iterate.000002.checkpoint', 'iterate.000002.worker-0']) {
    const path = join(directory, file)
    const whole = await readFile(path)
    const damages: (readonly [string, Uint8Array])[] = []
    for (let at = 0; at < whole.length; at++) {
      const changed = Uint8Array.from(whole)
      changed[at]! ^= 1 << (at % 8)
      damages.push([`changed at ${at}`, changed])
      if (at % 7 === 0) damages.push([`cut at ${at}`, whole.subarray(0, at)])
    }
    damages.push(['longer', Buffer.concat([whole, Buffer.from('x')])])
    for (const [what, bytes] of damages) {
      await writeFile(path, bytes)
      const { checkpoint: found, skipped } = await opened.newest()
      t.is(found?.superstep, 1, `${file} ${what}`)
      t.is(skipped[0]?.file, 'iterate.000002.checkpoint')
      t.true(skipped[0]!.why.length > 0)
    }
    await writeFile(path, whole)
    t.is((await opened.newest()).checkpoint?.superstep, 2)
  }
})

test('a checkpoint of which a file is missing does not count', async t => {
  const directory = await temporary(t)
  const opened = await store(directory)
  await opened.write(checkpoint(1, numbers(1)))
  await opened.write(checkpoint(2, numbers(2)))
  await rm(join(directory, 'iterate.000002.worker-0'))
  const { checkpoint: found, skipped } = await opened.newest()
  t.is(found?.superstep, 1)
  t.regex(skipped[0]!.why, /iterate\.000002\.worker-0: ENOENT/)
  await rm(join(directory, 'iterate.000001.checkpoint'))
  t.is((await opened.newest()).checkpoint, undefined)
})

test('when all are damaged, the loop begins anew', async t => {
  const directory = await temporary(t)
  const opened = await store(directory)
  await opened.write(checkpoint(1, numbers(1)))
  await opened.write(checkpoint(2, numbers(2)))
  for (const file of await readdir(directory)) await truncate(join(directory, file), 3)
  const { checkpoint: found, skipped } = await opened.newest()
  t.is(found, undefined)
  t.is(skipped.length, 2)
})

test('after falling back, new checkpoints take the place of damaged ones', async t => {
  const directory = await temporary(t)
  const opened = await store(directory)
  for (const superstep of [5, 10, 15]) await opened.write(checkpoint(superstep, numbers(superstep)))
  await truncate(join(directory, 'iterate.000015.worker-0'), 3)
  t.is((await opened.newest()).checkpoint?.superstep, 10)
  await opened.write(checkpoint(12, numbers(12)))
  t.deepEqual(
    (await readdir(directory)).sort(),
    [10, 12].flatMap(k => [`iterate.0000${k}.checkpoint`, `iterate.0000${k}.worker-0`]),
  )
})

test('what a killed process left half-written is removed', async t => {
  const directory = await temporary(t)
  const opened = await store(directory)
  await opened.write(checkpoint(1, numbers(1)))
  await opened.prepare(checkpoint(2, numbers(2)))
  await writeFile(join(directory, 'iterate.000003.worker-0.tmp'), 'half')
  await writeFile(join(directory, 'iterate.000003.checkpoint.tmp'), 'half')
  await writeFile(join(directory, 'notes.txt'), 'not ours')
  const again = await store(directory)
  t.is((await again.newest()).checkpoint?.superstep, 1)
  t.false((await readdir(directory)).some(file => file.endsWith('.tmp')))
  await again.clear()
  t.deepEqual(await readdir(directory), ['notes.txt'])
})

test('with several workers a checkpoint counts when all have written it', async t => {
  const directory = await temporary(t)
  const workers = 3
  const stores = await Promise.all(
    [0, 1, 2].map(worker => store(directory, { team: { worker, workers } })),
  )
  const write = async (superstep: number) => {
    const notes = await Promise.all(
      stores.map((opened, worker) => opened.prepare(checkpoint(superstep, numbers(worker)))),
    )
    await stores[0]!.commit(checkpoint(superstep), notes)
  }
  const agree = async () => {
    let atMost = Infinity
    for (;;) {
      const found = await Promise.all(stores.map(opened => opened.newest(atMost)))
      const supersteps = found.map(({ checkpoint }) => checkpoint?.superstep ?? 0)
      atMost = Math.min(...supersteps)
      if (supersteps.every(superstep => superstep === atMost)) return found
    }
  }
  await write(1)
  await write(2)
  await stores[1]!.prepare(checkpoint(3, numbers(9)))
  let found = await agree()
  t.deepEqual(
    found.map(({ checkpoint }) => checkpoint!.batches.current!.map(batch => batch.record(0))),
    [[0], [1], [2]],
  )
  t.is(found[0]!.checkpoint?.superstep, 2)
  await truncate(join(directory, 'iterate.000002.worker-2'), 1)
  found = await agree()
  t.deepEqual(
    found.map(({ checkpoint }) => checkpoint?.superstep),
    [1, 1, 1],
  )
  const fewer = await store(directory, { team: { worker: 0, workers: 2 } })
  await t.throwsAsync(fewer.newest(), {
    instanceOf: PlanError,
    message: /is of a run with 3 workers, and this one has 2 workers\. Delete the directory or/,
  })
  await stores[1]!.clear()
  t.true((await readdir(directory)).length > 0)
  await stores[0]!.clear()
  t.deepEqual(await readdir(directory), [])
})

test('a file of another run of the same superstep does not belong', async t => {
  const directory = await temporary(t)
  const opened = await store(directory)
  await opened.write(checkpoint(1, numbers(1)))
  await opened.write(checkpoint(2, numbers(2)))
  await opened.prepare(checkpoint(2, numbers(3)))
  t.is((await opened.newest()).checkpoint?.superstep, 1)
})

test('a checkpoint of another program is refused, and the difference named', async t => {
  const directory = await temporary(t)
  await (await store(directory)).write(checkpoint(1, numbers(1)))
  const line = (label: string, digest: string) => ({ label, digest })
  const cases: (readonly [Fingerprint['outline'], RegExp])[] = [
    [[line('from 4 records', 'y')], /differs at "from 4 records", which was "from 3 records"/],
    [[line('from 3 records', 'y')], /differs at "from 3 records": its function, its options or/],
    [[...fingerprint.outline, line('map x => x', 'z')], /has "map x => x" now, which it had not/],
    [[], /had "from 3 records", which it has no more/],
  ]
  for (const [outline, message] of cases) {
    const opened = await store(directory, { fingerprint: { digest: 'b', outline } })
    const error = await t.throwsAsync(opened.newest(), { instanceOf: PlanError, message })
    t.regex(error!.message, /^iterate: the checkpoint in ".*" is of another program: /)
    t.regex(error!.message, /\. Delete the directory or give another one\.$/)
  }
})

test('a checkpoint of another version of the format is refused', async t => {
  const directory = await temporary(t)
  const opened = await store(directory)
  await opened.write(checkpoint(1, numbers(1)))
  const path = join(directory, 'iterate.000001.checkpoint')
  const { crc32 } = await import('node:zlib')
  const line = (await readFile(path, 'utf8')).split('\n')[0]!.replace('"format":1', '"format":99')
  await writeFile(path, `${line}\n${crc32(line).toString(16)}\n`)
  await t.throwsAsync(opened.newest(), {
    instanceOf: PlanError,
    message: /of another version of wiesel/,
  })
})

test('values that no file can hold exactly are refused, with the field', async t => {
  const directory = await temporary(t)
  const opened = await store(directory)
  class Point {
    x = 1
  }
  for (const value of [new Point(), () => 1, Symbol('s'), { deep: [new Point()] }]) {
    const batch = new RecordBatch(
      'object',
      ['id', 'p'],
      [new Int32Column(Int32Array.of(1)), new AnyColumn([value])],
      1,
    )
    await t.throwsAsync(opened.write(checkpoint(1, batch)), {
      instanceOf: SchemaError,
      message: /^iterate: field "p" has the value .* which a checkpoint cannot hold exactly\./,
    })
    await t.throwsAsync(opened.write({ ...checkpoint(1), aggregates: { change: value } }), {
      instanceOf: SchemaError,
      message: /^iterate: the aggregate "change"/,
    })
  }
  t.is((await opened.newest()).checkpoint, undefined)
  t.false((await readdir(directory)).some(file => file.endsWith('.tmp')))
})

test('a directory that cannot be made or written is told with its name', async t => {
  const directory = await temporary(t)
  const file = join(directory, 'file')
  await (await open(file, 'w')).close()
  await t.throwsAsync(store(join(file, 'below')), {
    instanceOf: InputOutputError,
    message: /^iterate: cannot make the directory for checkpoints ".*below":/,
  })
  const opened = await store(join(directory, 'gone'))
  await rm(join(directory, 'gone'), { recursive: true })
  await t.throwsAsync(opened.write(checkpoint(1, numbers(1))), {
    instanceOf: InputOutputError,
    message: /^iterate: cannot write a checkpoint to ".*gone":/,
  })
})
