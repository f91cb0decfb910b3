import test from 'ava'
import { MemoryError } from '../../../engine/errors.js'
import { ExecutionEnvironment } from '../../../engine/index.js'
import { batchedSource } from './batched-source.js'
import { checkProgram, expectedAnswer, SETTINGS } from './check-program.js'
import { type Program, printedProgram, programText } from './program.js'
import { randomProgram } from './random-program.js'
import { shrunk } from './shrink.js'

/** How many programs each test runs. */
const PROGRAMS = 8

/**
 * Runs programs in all settings; gives how often something was spilled. A budget that cannot hold
 * what an operation must have at once is refused with `MemoryError`, which is an answer, too.
 */
async function check(from: number, settings: readonly string[]): Promise<number> {
  let spilled = 0
  for (let seed = from; seed < from + PROGRAMS; seed++) {
    const program = randomProgram(seed)
    const expected = await expectedAnswer(program)
    for (const name of settings) {
      try {
        if ((await checkProgram(program, SETTINGS[name]!, expected)) > 0) spilled++
      } catch (error) {
        if (error instanceof MemoryError) continue
        const text = printedProgram(program)
        throw new Error(`program ${seed}, ${name}: ${(error as Error).message}\n${text}`)
      }
    }
  }
  return spilled
}

const names = Object.keys(SETTINGS)
const little = names.filter(name => name.includes('memory'))
const without = names.filter(name => name.startsWith('without'))
const others = names.filter(name => !little.includes(name) && !without.includes(name))

test('random programs give the answer of the oracle, however they are run', async t => {
  await t.notThrowsAsync(check(1, others))
})

test('every rule of the optimizer keeps the answers of random programs', async t => {
  await t.notThrowsAsync(check(1000, without))
})

test('random programs give the same answer when they spill', async t => {
  t.true((await check(2000, little)) >= 3)
})

test('a random program is the same text and the same data for the same seed', t => {
  t.is(printedProgram(randomProgram(7)), printedProgram(randomProgram(7)))
  t.not(programText(randomProgram(7)), programText(randomProgram(8)))
})

test('a failing program is made small', async t => {
  const fails = async ({ data, statements }: Program) =>
    statements.some(({ text }) => text.includes('.')) && (data.numbers?.length ?? 1) > 0
  const small = await shrunk(randomProgram(3), fails)
  t.true(small.statements.length <= 2)
  t.true(Object.values(small.data).every(records => records.length <= 1))
})

test('a sample with a seed is the same however the data are laid out', async t => {
  const records = Array.from({ length: 500 }, (_, k) => ({ k }))
  for (const size of [{ fraction: 0.1 }, { count: 20 }, { count: 20, replacement: true }]) {
    const samples = await Promise.all(
      [0, 1, 2].map(layout =>
        new ExecutionEnvironment()
          .read(batchedSource('records', records, layout))
          .sample({ ...size, seed: 5 })
          .collect(),
      ),
    )
    t.true(samples[0]!.length > 0)
    t.deepEqual(samples[1], samples[0])
    t.deepEqual(samples[2], samples[0])
  }
})
