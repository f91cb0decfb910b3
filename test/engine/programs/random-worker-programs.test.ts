import test from 'ava'
import { MemoryError } from '../../../engine/errors.js'
import { checkProgram, expectedAnswer, WORKER_SETTINGS } from './check-program.js'
import { printedProgram } from './program.js'
import { randomProgram } from './random-program.js'

/** How many programs run. */
const PROGRAMS = 12

test('random programs give the answer of the oracle in any number of workers', async t => {
  for (let seed = 3000; seed < 3000 + PROGRAMS; seed++) {
    const program = randomProgram(seed)
    const expected = await expectedAnswer(program)
    for (const [name, setting] of Object.entries(WORKER_SETTINGS)) {
      try {
        await checkProgram(program, setting, expected)
      } catch (error) {
        if (error instanceof MemoryError) continue
        throw new Error(`program ${seed}, ${name}: ${error}\n${printedProgram(program)}`)
      }
    }
  }
  t.pass()
})
