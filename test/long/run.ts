/**
 * Checks that take too long for every day: `npm run check:long -- programs 1000` runs random
 * programs, `npm run check:long -- memory 20` runs jobs over 20 million records in 64 MiB,
 * `npm run check:long -- live 3` watches a loop in notebook servers for three seconds and stops it.
 * Without arguments: all.
 */
import { checkLive } from './live.js'
import { checkMemory } from './memory.js'
import { checkPrograms } from './programs.js'

const CHECKS: Readonly<Record<string, { run: (amount: number) => Promise<void>; usual: number }>> =
  {
    programs: { run: checkPrograms, usual: 500 },
    memory: { run: checkMemory, usual: 20 },
    live: { run: checkLive, usual: 3 },
  }

const [chosen, amount] = process.argv.slice(2)
if (chosen !== undefined && !Object.hasOwn(CHECKS, chosen)) {
  throw new Error(`no check "${chosen}"; there are ${Object.keys(CHECKS).join(', ')}`)
}
for (const [name, { run, usual }] of Object.entries(CHECKS)) {
  if (chosen === undefined || chosen === name) await run(Number(amount ?? usual))
}
