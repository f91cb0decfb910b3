/** Heavy jobs leave the thread to others often enough; the bounds are generous for slow machines. */
import test from 'ava'
import { AbortError } from '../../../engine/errors.js'
import { ExecutionEnvironment, type Progress } from '../../../engine/index.js'
import { MEMORY_CASES, runMemoryCase } from '../../long/memory-cases.js'

const ROWS = 2_000_000
/** Milliseconds that a timer may be late because of the job. */
const LATE = 400

for (const name of Object.keys(MEMORY_CASES)) {
  for (const memory of ['1 GiB', '8 MiB']) {
    test.serial(`${name} with ${memory} lets timers run`, async t => {
      const env = new ExecutionEnvironment({ memory, progress: false })
      const longest = await longestBlock(() => runMemoryCase(name, ROWS, env))
      t.true(longest < LATE, `blocked for ${longest} ms`)
    })
  }
}

test.serial('a sort by texts that differ lets timers run', async t => {
  const env = new ExecutionEnvironment({ progress: false })
  const texts = env
    .generateSequence(1, 300_000)
    .map(x => ({ text: `${(x * 7919) % 300_007}` }))
    .orderBy('text')
  const longest = await longestBlock(() => texts.count())
  t.true(longest < LATE, `blocked for ${longest} ms`)
})

test.serial('an abort is heard in the middle of a sort, and progress comes until then', async t => {
  const env = new ExecutionEnvironment({ progress: false })
  const stop = new AbortController()
  const reports: Progress[] = []
  let aborted = 0
  setTimeout(() => {
    aborted = performance.now()
    stop.abort()
  }, 500)
  const sorted = env
    .generateSequence(1, 3e7)
    .map(x => ({ key: (x * 7919) % 1e7 }))
    .orderBy('key')
  const options = { signal: stop.signal, onProgress: (p: Progress) => reports.push(p) }
  await t.throwsAsync(sorted.count(options), { instanceOf: AbortError })
  t.true(performance.now() - aborted < LATE)
  t.true(reports.length >= 2)
})

/**
 * The longest time by which a timer of 5 ms was late while `work` ran. Time in which the processor
 * had other processes to run does not count.
 */
async function longestBlock(work: () => Promise<unknown>): Promise<number> {
  let longest = 0
  let [last, lastUsed] = [performance.now(), usedTime()]
  const timer = setInterval(() => {
    const [now, used] = [performance.now(), usedTime()]
    longest = Math.max(longest, Math.min(now - last, used - lastUsed) - 5)
    last = now
    lastUsed = used
  }, 5)
  try {
    await work()
  } finally {
    clearInterval(timer)
  }
  return Math.round(longest)
}

/** Milliseconds of the processor that this process has used. */
function usedTime(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}
