import test from 'ava'
import {
  AbortError,
  ArgumentError,
  from,
  generateSequence,
  type Progress,
} from '../../../engine/index.js'
import { Graph, pageRank } from '../../../gelly/index.js'
import { kMeans } from '../../../ml/index.js'
import { type AnyProgress, onInterrupt, withProgress } from '../../../notebooks/index.js'
import { type WatchedRun, watched } from '../../../notebooks/live/with-progress.js'
import { FakeClock, FakeOutlet, fakeDeno, setGlobal, settle } from './fakes.js'

/** Runs work under a clock that the work moves. */
async function run<T>(
  work: (run: WatchedRun, clock: FakeClock) => Promise<T>,
  signal?: AbortSignal,
) {
  const [clock, outlet] = [new FakeClock(), new FakeOutlet()]
  const ends = watched(run => work(run, clock), 'Work', signal, outlet, clock)
  const [outcome] = await Promise.allSettled([ends])
  return { outcome, outlet, clock, last: outlet.texts.at(-1) }
}

const job = (rows: number, further: Partial<Progress> = {}): Progress => ({
  phase: 'groupBy origin',
  rows,
  bytes: 0,
  attempt: 1,
  milliseconds: 2000,
  done: false,
  ...further,
})

const superstep = (k: number, change: number): AnyProgress => ({
  name: 'pageRank',
  maxIterations: 100,
  superstep: k,
  ms: 1,
  change,
})

test('rows, their rate, the phase and the share of bytes are shown, and in the end what it took', async t => {
  const { outlet, last } = await run(async ({ onProgress }, clock) => {
    clock.go(2000)
    onProgress(job(3_000_000, { bytes: 45, totalBytes: 100 }))
    await settle()
    clock.go(1000)
  })
  t.true(
    outlet.texts.includes(
      'Work … running, 2.0 s  45%  groupBy origin · 3,000,000 rows · 1,500,000 rows/s',
    ),
    outlet.texts.join('\n'),
  )
  t.is(last, 'Work ✓ done, 3.0 s  3,000,000 rows · 1,500,000 rows/s')
})

test('supersteps are shown with the change and how it shrank', async t => {
  const { outlet, last } = await run(async ({ onProgress }, clock) => {
    for (let k = 1; k <= 5; k++) {
      clock.go(100)
      onProgress(superstep(k, 10 ** -k))
    }
  })
  t.true(
    outlet.texts.includes(
      'Work … running, 0.3 s  pageRank · superstep 3 of 100 · change 0.001 · █▅▁',
    ),
    outlet.texts.join('\n'),
  )
  t.is(last, 'Work ✓ done, 0.5 s')
})

test('a second loop begins a new curve, also under the same name', async t => {
  const { outlet } = await run(async ({ onProgress }, clock) => {
    for (const [k, change] of [
      [1, 5],
      [2, 4],
      [1, 9],
      [2, 1],
    ] as const)
      onProgress(superstep(k, change))
    clock.go(100)
  })
  t.is(outlet.texts.at(-2), 'Work … running, 0.0 s  pageRank · superstep 2 of 100 · change 1 · █▁')
})

test('what the result says of its iterations counts in the end', async t => {
  const { last } = await run(async ({ onProgress }) => {
    onProgress(superstep(1, 1))
    return {
      iterations: 3,
      converged: true,
      history: [{ change: 8 }, { change: 4 }, { change: 1 }],
    }
  })
  t.is(last, 'Work ✓ done, 0.0 s  pageRank · 3 supersteps, converged · change 1 · █▄▁')
})

test('searches are counted', async t => {
  const { outlet } = await run(async ({ onProgress }, clock) => {
    clock.go(100)
    onProgress({ done: 250, of: 1000 })
    await settle()
  })
  t.true(outlet.texts.includes('Work … running, 0.1 s  25%  250 of 1,000 searches'))
  t.regex(
    outlet.shown[1]!.html,
    /<progress max="1" value="0.250" aria-label="Work"><\/progress> 25%/,
  )
})

test('the time goes on where nothing is reported, and the clock is left alone at the end', async t => {
  const { outlet, clock } = await run(async (_, clock) => {
    clock.go(1600)
    await settle()
  })
  t.deepEqual(
    outlet.texts.map(text => /[\d.]+ s/.exec(text)?.[0]),
    ['0.0 s', '0.5 s', '1.0 s', '1.5 s', '1.6 s'],
  )
  t.is(clock.waiting, 0)
})

test('what failed says why, and fails', async t => {
  const { outcome, last, outlet, clock } = await run(async () => {
    throw new RangeError('too <large>\n  at x')
  })
  t.is(outcome.status, 'rejected')
  t.true((outcome as PromiseRejectedResult).reason instanceof RangeError)
  t.is(last, 'Work ✗ failed: too <large>, 0.0 s')
  t.regex(outlet.shown.at(-1)!.html, /too &lt;large&gt;/)
  t.is(clock.waiting, 0)
})

test('a given signal stops the work as well', async t => {
  const controller = new AbortController()
  const { outcome, last } = await run(async ({ signal }) => {
    controller.abort(new Error('enough'))
    signal.throwIfAborted()
  }, controller.signal)
  t.is(outcome.status, 'rejected')
  t.is(last, 'Work ■ stopped: enough, 0.0 s')
})

test('work is done where it cannot be shown', async t => {
  const outlet = { show: () => Promise.reject(new Error('gone')) }
  t.is(await watched(async () => 7, 'Work', undefined, outlet, new FakeClock()), 7)
})

test('jobs, algorithms and learning take what they are given, and report', async t => {
  const points = from([{ x: 1 }, { x: 2 }, { x: 9 }])
  const edges = from([{ source: 'a', target: 'b' }])
  const works: Record<string, (run: WatchedRun) => Promise<unknown>> = {
    job: run =>
      generateSequence(1, 1000)
        .map(n => ({ n }))
        .count(run),
    algorithm: run => pageRank(Graph.fromEdges(edges, { source: 'source', target: 'target' }), run),
    learning: run => kMeans({ features: ['x'], k: 2 }).fit(points, run),
  }
  const lasts: Record<string, string> = {}
  for (const [name, work] of Object.entries(works)) lasts[name] = (await run(work)).last!
  t.regex(lasts.job!, /^Work ✓ done, 0.0 s {2}1,000 rows · [\d,]+ rows\/s$/)
  t.regex(
    lasts.algorithm!,
    /^Work ✓ done, 0.0 s {2}(\w+ · )?\d+ supersteps, converged · .* [▁-█]+$/,
  )
  t.regex(lasts.learning!, /^Work ✓ done, 0.0 s {2}(\w+ · )?\d+ supersteps, converged/)
})

test.serial(
  'Stop in Deno ends the work, every time, and only then is the kernel listened to',
  async t => {
    const deno = fakeDeno(t)
    for (const round of [1, 2]) {
      const working = withProgress(
        run =>
          generateSequence(1, 1e12)
            .map(n => ({ n }))
            .count(run),
        {
          title: `Round ${round}`,
        },
      )
      setTimeout(deno.stop, 50)
      const error = await t.throwsAsync(working, { instanceOf: AbortError })
      t.is(error?.message, 'The job was stopped: by the Stop button')
      t.regex(
        deno.displays.at(-1)!.bundle['text/plain'],
        new RegExp(`^Round ${round} ■ stopped: by the Stop button, `),
      )
    }
    t.is(deno.listeners.length, 1)
    t.notThrows(deno.stop)
  },
)

test.serial('who listens to Stop is called until it wants no more', t => {
  const deno = fakeDeno(t)
  let calls = 0
  const listener = () => void calls++
  const [first, second] = [onInterrupt(listener), onInterrupt(listener)]
  deno.stop()
  t.is(calls, 2)
  first()
  deno.stop()
  t.is(calls, 3)
  second()
  deno.stop()
  t.is(calls, 3)
})

test.serial('in tslab the signal is listened to beside tslab, once the cell waits', async t => {
  setGlobal(t, '__tslab__', { require: () => ({}) })
  const before = process.listenerCount('SIGINT')
  const added = () => process.listeners('SIGINT').slice(before)
  t.teardown(() => {
    for (const listener of added()) process.off('SIGINT', listener)
  })
  let calls = 0
  const forget = onInterrupt(() => void calls++)
  onInterrupt(() => undefined)()
  t.is(added().length, 0)
  await Promise.resolve()
  t.is(added().length, 1)
  process.emit('SIGINT')
  t.is(calls, 1)
  forget()
  process.emit('SIGINT')
  t.is(calls, 1)
})

test.serial('elsewhere nothing is listened to: programs end as ever', t => {
  const before = process.listenerCount('SIGINT')
  onInterrupt(() => undefined)()
  t.is(process.listenerCount('SIGINT'), before)
})

test('wrong arguments are refused before the work begins', async t => {
  const never = () => t.fail() as never
  const refused = { instanceOf: ArgumentError }
  await t.throwsAsync(withProgress(from([1]) as never), {
    ...refused,
    message: /run => data\.count\(run\)/,
  })
  await t.throwsAsync(withProgress(never, { titel: 'x' } as never), refused)
  await t.throwsAsync(withProgress(never, { title: 1 as never }), refused)
  await t.throwsAsync(withProgress(never, { signal: {} as never }), refused)
  await t.throwsAsync(withProgress(never, { into: {} as never }), refused)
})
