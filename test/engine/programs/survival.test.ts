/** Programs that are killed again and again end with the answer of an undisturbed run. */
import { spawn } from 'node:child_process'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import test from 'ava'
import { type Random, randomFrom } from '../../support/random.js'
import { SURVIVORS, type SurvivorReport, survive } from './survivor.js'

const CHILD = fileURLToPath(new URL('./survivor.js', import.meta.url))

/** Kills of all programs together. */
const KILLS = 20

/** Kills in a row before a program may run to its end. */
const IN_A_ROW = 5

for (const name of Object.keys(SURVIVORS) as (keyof typeof SURVIVORS)[]) {
  const kills = KILLS / Object.keys(SURVIVORS).length
  test.serial(`${name}: right after ${kills} kills at random moments`, async t => {
    t.timeout(170_000)
    const random = randomFrom(name.length)
    const expected = await survive(name, undefined)
    let killed = 0
    let resumed = 0
    while (killed < kills) {
      const directory = await mkdtemp(join(tmpdir(), 'wiesel-survival-'))
      t.teardown(() => rm(directory, { recursive: true, force: true }))
      let report: SurvivorReport | undefined
      let row = 0
      while (row < IN_A_ROW && report === undefined) {
        report = await run(name, directory, random)
        if (report === undefined) row++
      }
      report ??= await run(name, directory)
      const { from, ...answer } = report!
      t.like(expected, answer, `after ${row} kills, from superstep ${from}`)
      t.deepEqual(await readdir(directory), [])
      killed += row
      if (from > 1) resumed++
    }
    t.true(resumed > 0)
  })
}

/**
 * Runs a program in a process of its own, and kills it at a random moment of its loop.
 *
 * @param random Without it the program runs to its end.
 * @returns `undefined` when it was killed.
 */
function run(
  name: string,
  directory: string,
  random?: Random,
): Promise<SurvivorReport | undefined> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [CHILD, name, directory])
    let output = ''
    let errors = ''
    let planned = false
    child.stdout.on('data', chunk => {
      output += chunk
      if (random === undefined || planned) return
      planned = true
      setTimeout(() => child.kill('SIGKILL'), random.between(0, 400))
    })
    child.stderr.on('data', chunk => {
      errors += chunk
    })
    child.on('error', reject)
    child.on('close', (code, signal) => {
      if (signal === 'SIGKILL') resolve(undefined)
      else if (code === 0) resolve(JSON.parse(output.trim().split('\n').at(-1)!) as SurvivorReport)
      else reject(new Error(`${name} ended with ${code}: ${errors}`))
    })
  })
}
