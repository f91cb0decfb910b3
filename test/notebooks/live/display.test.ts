import test from 'ava'
import { ArgumentError, from } from '../../../engine/index.js'
import { display, table } from '../../../notebooks/index.js'
import { LiveDisplay } from '../../../notebooks/live/display.js'
import { terminalOutlet } from '../../../notebooks/live/outlet.js'
import { FakeClock, FakeOutlet, fakeDeno, setGlobal, settle } from './fakes.js'

/** A table with a number in its text. */
const state = (n: number) => table([{ n }], { caption: `state ${n}` })
const numbers = (texts: readonly string[]) =>
  texts.map(text => Number(/state (\d+)/.exec(text)?.[1]))

test('a hundred updates within a second are shown ten times, each time the newest', async t => {
  const [clock, outlet] = [new FakeClock(), new FakeOutlet()]
  const live = new LiveDisplay(outlet, state(0), clock)
  for (let k = 1; k <= 100; k++) {
    clock.go(10)
    live.update(state(k))
  }
  await live.done()
  t.deepEqual(numbers(outlet.texts), [0, 9, 19, 29, 39, 49, 59, 69, 79, 89, 99, 100])
  t.deepEqual(
    outlet.shown.map(({ last }) => last),
    [...Array(11).fill(false), true],
  )
})

test('the newest state is shown a tenth of a second later, also if nothing comes after it', async t => {
  const [clock, outlet] = [new FakeClock(), new FakeOutlet()]
  const live = new LiveDisplay(outlet, state(0), clock)
  live.update(state(1))
  live.update(state(2))
  await settle()
  t.deepEqual(numbers(outlet.texts), [0])
  clock.go(99)
  await settle()
  t.deepEqual(numbers(outlet.texts), [0])
  clock.go(1)
  await settle()
  t.deepEqual(numbers(outlet.texts), [0, 2])
  t.is(clock.waiting, 0)
})

test('done shows the last state at once, and nothing comes after it', async t => {
  const [clock, outlet] = [new FakeClock(), new FakeOutlet()]
  const live = new LiveDisplay(outlet, state(0), clock)
  live.update(state(1))
  await live.done(state(2))
  live.update(state(3))
  await live.done(state(4))
  clock.go(1000)
  t.deepEqual(numbers(outlet.texts), [0, 2])
  t.is(clock.waiting, 0)
})

test('states are shown in their order by kernels that take their time', async t => {
  const shown: string[] = []
  const clock = new FakeClock()
  let delay = 20
  const outlet = {
    async show(bundle: { 'text/plain': string }) {
      delay -= 10
      await new Promise(resolve => setTimeout(resolve, delay))
      shown.push(bundle['text/plain'])
    },
  }
  const live = new LiveDisplay(outlet, state(1), clock)
  clock.go(100)
  live.update(state(2))
  await live.done(state(3))
  t.deepEqual(numbers(shown), [1, 2, 3])
})

test('a kernel that refuses is heard of by who waits for the end', async t => {
  const outlet = { show: () => Promise.reject(new Error('gone')) }
  const live = new LiveDisplay(outlet, state(1), new FakeClock())
  await t.throwsAsync(live.done(), { message: 'gone' })
})

test.serial('in Deno an output is made, and replaced under an id of its own', async t => {
  const { displays } = fakeDeno(t)
  const first = display(state(1))
  const second = display(from([{ n: 2 }]))
  await first.done(state(3))
  await second.done()
  t.deepEqual(
    displays.map(({ raw, update }) => [raw, update]),
    [
      [true, false],
      [true, false],
      [true, true],
      [true, true],
    ],
  )
  t.is(new Set(displays.map(({ display_id }) => display_id)).size, 2)
  t.deepEqual(displays[2]!.bundle, state(3).toBundle())
  t.regex(displays[1]!.bundle['text/html'], /from/)
})

test.serial('in tslab an output is made, and replaced', async t => {
  const made: string[][] = []
  const newDisplay = () => {
    const shown: string[] = []
    made.push(shown)
    return { html: (html: string) => void shown.push(html) }
  }
  setGlobal(t, '__tslab__', { require: () => ({ newDisplay }) })
  await display(state(1)).done(state(2))
  t.deepEqual(made, [[state(1).toHTML(), state(2).toHTML()]])
})

test.serial('in ijavascript an output is made, and replaced', async t => {
  const shown: [string, unknown][] = []
  const mine = (id: string) => ({ mime: (bundle: unknown) => void shown.push([id, bundle]) })
  setGlobal(t, '$$', { mime() {}, display: mine })
  await display(state(1)).done(state(2))
  t.deepEqual(
    shown.map(([, bundle]) => bundle),
    [state(1).toBundle(), state(2).toBundle()],
  )
  t.is(shown[0]?.[0], shown[1]?.[0])
})

test.serial('on a page it becomes the content of an element, which has to be given', async t => {
  setGlobal(t, 'document', {})
  const into = { innerHTML: '' } as Element
  await display(state(1), { into }).done(state(2))
  t.is(into.innerHTML, state(2).toHTML())
  t.throws(() => display(state(1)), { instanceOf: ArgumentError, message: /\{ into: element \}/ })
})

test('on a terminal a line is written over, and cut to its width', async t => {
  const written: string[] = []
  const outlet = terminalOutlet({ isTTY: true, columns: 8, write: text => written.push(text) })
  const bundle = (text: string) => ({ 'text/plain': text, 'text/html': '' })
  outlet.show(bundle('working 1'), false)
  outlet.show(bundle('working 2'), true)
  t.deepEqual(written, ['\r\u001b[2Kworking', '\r\u001b[2Kworking 2\n'])
})

test('where lines cannot be written over, there is the first state and the last', async t => {
  const written: string[] = []
  const outlet = terminalOutlet({ write: text => written.push(text) })
  const bundle = (text: string) => ({ 'text/plain': text, 'text/html': '' })
  outlet.show(bundle('a'), false)
  outlet.show(bundle('b'), false)
  outlet.show(bundle('c'), true)
  t.deepEqual(written, ['a\n', 'c\n'])
})

test('the same text is written once', async t => {
  const written: string[] = []
  const outlet = terminalOutlet({ isTTY: true, write: text => written.push(text) })
  const bundle = { 'text/plain': 'a\nb', 'text/html': '' }
  outlet.show(bundle, false)
  outlet.show(bundle, true)
  t.deepEqual(written, ['a\nb\n'])
})

test('what does not show itself is refused', t => {
  t.throws(() => display('a' as never), {
    instanceOf: ArgumentError,
    message:
      'display: give something that shows itself, such as a figure, a table or a data set; got "a".',
  })
  t.throws(() => display(state(1), { inot: 1 } as never), { instanceOf: ArgumentError })
})
