import test from 'ava'
import { MemoryError } from '../../../engine/errors.js'
import { checkProgram, expectedAnswer, SETTINGS } from './check-program.js'
import { printedProgram } from './program.js'
import { randomProgram } from './random-program.js'

/** A program more or fewer to look at, in each of the test's parts. */
const PROGRAMS = 14

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
  t.true((await check(2000, little)) >= 5)
})
