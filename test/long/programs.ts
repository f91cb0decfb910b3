/** Random programs without end; prints the first one that fails, made small, as code. */
import { MemoryError } from '../../engine/errors.js'
import {
  checkProgram,
  expectedAnswer,
  SETTINGS,
  type Setting,
} from '../engine/programs/check-program.js'
import { type Program, printedProgram } from '../engine/programs/program.js'
import { randomProgram } from '../engine/programs/random-program.js'
import { shrunk } from '../engine/programs/shrink.js'

/**
 * Runs `count` programs that no earlier call has run, each in all settings.
 *
 * @throws {Error} If one of them fails.
 */
export async function checkPrograms(count: number): Promise<void> {
  const first = Date.now() % 2 ** 31
  let spilled = 0
  for (let seed = first; seed < first + count; seed++) {
    const program = randomProgram(seed)
    for (const [name, setting] of Object.entries(SETTINGS)) {
      const { error, bytes } = await outcome(program, setting)
      if (bytes > 0) spilled++
      if (error === undefined) continue
      const small = await shrunk(program, async smaller => {
        return (await outcome(smaller, setting)).error !== undefined
      })
      const why = (await outcome(small, setting)).error?.message
      throw new Error(`program ${seed} fails with ${name}: ${why}\n${printedProgram(small)}`)
    }
  }
  console.log(`${count} programs from ${first}: all settings agree; ${spilled} runs spilled`)
}

async function outcome(
  program: Program,
  setting: Setting,
): Promise<{ readonly error?: Error; readonly bytes: number }> {
  try {
    const expected = await expectedAnswer(program)
    return { bytes: await checkProgram(program, setting, expected) }
  } catch (error) {
    // A budget that cannot hold what must be held at once is refused.
    if (error instanceof MemoryError) return { bytes: 0 }
    return { error: error as Error, bytes: 0 }
  }
}
