/** Sources, sinks and listeners of the user's that are no such thing, or that throw. */
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import test from 'ava'
import {
  ArgumentError,
  ExecutionEnvironment,
  FunctionError,
  from,
  InputOutputError,
  SchemaError,
  WieselError,
} from '../../engine/index.js'
import { temporaryDirectory } from '../engine/io/temporary.js'
import { type Anything, fails } from './support.js'

const environment: Anything = new ExecutionEnvironment()
const words: Anything = from(['to', 'be'])
const boom = () => {
  throw new RangeError('boom')
}
const source = { label: 'mine', facts: async () => ({}), read: () => [] }

test('read names what a source lacks', async t => {
  await fails(
    t,
    ArgumentError,
    /^read: the source must be an object with label, facts, read; got undefined/,
    () => environment.read(),
  )
  await fails(t, ArgumentError, /whose facts is not a function\.$/, () =>
    environment.read({ label: 'mine' }),
  )
})

test('to names what a sink lacks', async t => {
  await fails(t, ArgumentError, /^to: the sink .* label, open; got undefined/, () => words.to())
  await fails(t, ArgumentError, /whose label is not a string\.$/, () => words.to({}))
})

test('a source that gives no batches is named', async t => {
  await fails(
    t,
    SchemaError,
    'mine: a source must give batches; got [1]. Make them with batchOf(records).',
    () => environment.read({ ...source, read: () => [[1]] }),
  )
})

test('a source that throws is named, also while the job is planned', async t => {
  const planning = await fails(t, WieselError, 'mine: boom', () =>
    environment.read({ ...source, facts: boom }),
  )
  t.true(planning.cause instanceof RangeError)
  const reading = await fails(t, WieselError, 'mine: boom', () =>
    environment.read({ ...source, read: boom }),
  )
  t.true(reading.cause instanceof RangeError)
})

test('a sink that throws is named and aborted', async t => {
  for (const part of ['open', 'write', 'commit']) {
    let aborted = 0
    const writer = {
      write: part === 'write' ? boom : () => {},
      commit: part === 'commit' ? boom : async () => {},
      abort: async () => void aborted++,
    }
    const open = part === 'open' ? boom : async () => writer
    const error = await fails(t, WieselError, /: boom$/, () =>
      words.to({ label: 'mine', open }).run(),
    )
    t.true(error.cause instanceof RangeError)
    t.is(aborted, part === 'open' ? 0 : 1, part)
  }
})

test('a listener that throws fails the job, and sinks are aborted all the same', async t => {
  let aborted = 0
  const writer = { write() {}, async commit() {}, abort: async () => void aborted++ }
  const error = await fails(t, FunctionError, 'onProgress: the function threw: boom.', () =>
    words.to({ label: 'mine', open: async () => writer }).run({ onProgress: boom }),
  )
  t.true(error.cause instanceof RangeError)
  t.is(aborted, 1)
})

test('a getter that throws in a record of an array is told', async t => {
  const record = {
    get a() {
      return boom()
    },
  }
  const error = await fails(t, WieselError, /: boom$/, () => from([record]))
  t.true(error.cause instanceof RangeError)
})

test('what is no file is not replaced by one, even with overwrite', async t => {
  const pipe = join(await temporaryDirectory(t), 'pipe')
  try {
    execFileSync('mkfifo', [pipe], { stdio: 'ignore' })
  } catch {
    t.log('skipped: no pipe can be made here')
    return void t.pass()
  }
  await fails(t, InputOutputError, /^writeText: ".*pipe" is a device or a pipe, not a file\./, () =>
    words.writeText(pipe, { overwrite: true }).run(),
  )
  t.true((await stat(pipe)).isFIFO())
})

test('a directory that cannot be made is refused, not waited for', async t => {
  if (!existsSync('/proc/self')) return void t.pass()
  await fails(t, InputOutputError, /^writeText: cannot write \/proc\/x\/y\.txt: ENOENT/, () =>
    words.writeText('/proc/x/y.txt').run(),
  )
})
