import test from 'ava'
import { MemoryError } from '../../../engine/errors.js'
import { checkProgram, expectedAnswer, SETTINGS } from './check-program.js'
import { printedProgram } from './program.js'
import { randomLoop } from './random-loop.js'

/** How many programs each test runs. */
const PROGRAMS = Number(process.env.RANDOM_LOOPS ?? 12)

/** Runs programs in all settings, as `random-programs.test.ts` does. */
async function check(from: number, settings: readonly string[]): Promise<number> {
  let records = 0
  for (let seed = from; seed < from + PROGRAMS; seed++) {
    const program = randomLoop(seed)
    const text = () => printedProgram(program)
    const expected = await expectedAnswer(program).catch((error: Error) => {
      throw new Error(`program ${seed}, oracle: ${error.message}\n${text()}`, { cause: error })
    })
    records += expected[0]!.length
    for (const name of settings) {
      try {
        await checkProgram(program, SETTINGS[name]!, expected)
      } catch (error) {
        // Solution sets do not go to disk.
        if (error instanceof MemoryError) continue
        throw new Error(`program ${seed}, ${name}: ${(error as Error).message}\n${text()}`)
      }
    }
  }
  return records
}

const names = Object.keys(SETTINGS)
const little = names.filter(name => name.includes('memory'))
const without = names.filter(name => name.startsWith('without'))
const others = names.filter(name => !little.includes(name) && !without.includes(name))

test('random bodies of loops give the answer of the oracle, however they are run', async t => {
  t.true((await check(1, others)) > 0)
})

test('every rule of the optimizer keeps the answers of random loops', async t => {
  await t.notThrowsAsync(check(1000, without))
})

test('random loops give the same answer with little memory', async t => {
  await t.notThrowsAsync(check(2000, little))
})
