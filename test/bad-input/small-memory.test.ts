/** Budgets, directories and disks that are too small or missing. */
import { execFileSync } from 'node:child_process'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import test from 'ava'
import { ExecutionEnvironment, InputOutputError, MemoryError } from '../../engine/index.js'
import { temporaryDirectory } from '../engine/io/temporary.js'
import { fails } from './support.js'

const numbers = (memory: number | string, tempDirectory?: string) =>
  new ExecutionEnvironment(tempDirectory === undefined ? { memory } : { memory, tempDirectory })
    .generateSequence(1, 20_000)
    .map(n => ({ n, text: `some text ${n}` }))

const NEEDY: Readonly<Record<string, (d: ReturnType<typeof numbers>) => unknown>> = {
  orderBy: d => d.orderBy('n', 'descending'),
  count: d => d.groupBy('n').count(),
  distinct: d => d.distinct(),
  join: d => d.join(d).where('n').equalTo('n').pairs(),
  reduceGroup: d => d.groupBy('n').reduceGroup(g => g.length),
  coGroup: d =>
    d
      .coGroup(d)
      .where('n')
      .equalTo('n')
      .with(() => 1),
}

for (const [name, run] of Object.entries(NEEDY)) {
  test(`${name} says how much memory it needs when 100 bytes do not do`, async t => {
    await fails(
      t,
      MemoryError,
      new RegExp(`^${name}: the memory budget of 100 bytes is too small; it needs \\d+ \\w+`),
      () => run(numbers(100)),
    )
  })
}

test('a directory that takes no temporary files is named, with the remedy', async t => {
  await fails(
    t,
    InputOutputError,
    /^spill: cannot make a folder for temporary files in \/proc: .*Set the environment's tempDirectory/,
    () => numbers('200 KiB', '/proc').orderBy('text', 'descending'),
  )
})

test('a disk that is full is named, and nothing is left behind', async t => {
  const directory = await temporaryDirectory(t)
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', directory], {
      stdio: 'ignore',
    })
  } catch {
    t.log('skipped: no small disk can be made here')
    return void t.pass()
  }
  try {
    const error = await fails(
      t,
      InputOutputError,
      /^spill: the disk is full .*Free some space, set/,
      () => numbers('200 KiB', directory).orderBy('text', 'descending'),
    )
    t.true(error.message.includes(directory), error.message)
    t.deepEqual(await readdir(directory), [])
    await fails(t, InputOutputError, /^writeText: cannot write .*ENOSPC/, () =>
      numbers('200 MiB')
        .map(r => r.text)
        .writeText(join(directory, 'out.txt'))
        .run(),
    )
    t.deepEqual(await readdir(directory), [])
  } finally {
    execFileSync('umount', [directory])
  }
})
