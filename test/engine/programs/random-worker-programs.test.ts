import test from 'ava'
import { MemoryError } from '../../../engine/errors.js'
import { checkProgram, expectedAnswer, WORKER_SETTINGS } from './check-program.js'
import { printedProgram } from './program.js'
import { randomLoop } from './random-loop.js'
import { randomProgram } from './random-program.js'

/** How many programs of each kind run. */
const PROGRAMS = Number(process.env.RANDOM_WORKER_PROGRAMS ?? 12)

const KINDS = { programs: randomProgram, loops: randomLoop }

for (const [kind, random] of Object.entries(KINDS)) {
  test(`random ${kind} give the answer of the oracle in any number of workers`, async t => {
    for (let seed = 3000; seed < 3000 + PROGRAMS; seed++) {
      const program = random(seed)
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
}
