/** Live progress and the Stop button, in real notebook servers and a real browser. */
import { ok } from 'node:assert/strict'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { chromium, type Page } from 'playwright-core'
import {
  KERNELS,
  type Kernel,
  type Notebook,
  notebookOf,
  textOf,
  whyNot,
  workplace,
} from '../notebooks/kernels.js'
import { findBrowser } from '../package/browser.js'
import { inProject } from '../support/project.js'
import { FRONT_ENDS, type FrontEnd, notebookServer } from './notebook-server.js'

/** The second one runs until it is stopped. */
const CELLS = [
  `import { generateSequence } from 'wiesel'
import { withProgress } from 'wiesel/notebooks'
const kept = { answer: 42 }
const cooling = generateSequence(1, 20_000).map(n => ({ n, heat: 1 / n })).iterate(
  { maxIterations: 1_000_000, name: 'cooling' },
  current => current.map(({ n, heat }, { add }) => {
    add('change', 0.001 * heat)
    return { n, heat: 0.999 * heat }
  }, { with: {} }),
)`,
  `await withProgress(run => cooling.run(run), { title: 'Cooling down' })`,
  `const again = await withProgress(run => generateSequence(1, 1000).count(run), { title: 'Again' })
console.log(\`kept \${kept.answer}, counted \${again}\`)`,
]

/** What the display said, each state once, with its time in milliseconds. */
type States = readonly (readonly [text: string, milliseconds: number])[]

const ATTEMPTS = 5

/** A cell may take this long to begin: the kernel starts, tslab checks types. */
const CELL_MS = 60_000

/**
 * Runs a long loop in each kernel and front end that is installed here, watches its display for so many
 * seconds, presses Stop, and goes on. Pictures of the pages are kept in `out/live`.
 *
 * @throws {AssertionError} If the display does not change as it should, the loop does not stop, variables
 * are lost, or the saved notebook does not show how it ended.
 */
export async function checkLive(seconds: number): Promise<void> {
  const executablePath = findBrowser()
  if (executablePath === undefined) {
    console.log('live: skipped, there is no Chromium here')
    return
  }
  for (const kernel of KERNELS) {
    const why = whyNot(kernel)
    if (why !== undefined) {
      console.log(`live in ${kernel}: skipped, there is ${why}`)
      continue
    }
    for (const frontEnd of FRONT_ENDS) {
      const said = await checkOne(executablePath, kernel, frontEnd, seconds)
      console.log(`live in ${kernel}, ${frontEnd.name}: ${said}`)
    }
  }
}

async function checkOne(
  executablePath: string,
  kernel: Kernel,
  frontEnd: FrontEnd,
  seconds: number,
): Promise<string> {
  const place = await workplace(kernel)
  const file = join(place.notebooks, 'live.ipynb')
  const metadata = { kernelspec: { name: kernel, display_name: kernel, language: 'typescript' } }
  await writeFile(file, JSON.stringify({ ...notebookOf(CELLS), metadata }))
  const server = await notebookServer(frontEnd, place)
  if (server === undefined) {
    await place.close()
    return 'skipped, it is not installed'
  }
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
  let shot: ((what: string) => Promise<void>) | undefined
  try {
    const page = await browser.newPage({ viewport: { width: 1000, height: 720 } })
    await page.goto(server.address('live.ipynb'))
    const notebook = new OpenNotebook(page, frontEnd)
    shot = await screenshots(page, `${kernel}-${frontEnd.module}`)

    await notebook.ready()
    await notebook.run(0)
    await notebook.ended(0)
    await notebook.run(1)
    await notebook.says(1, /superstep/)
    let states: States = []
    // Where others are at work the whole page may stand still for a while.
    for (let k = 0; k < ATTEMPTS && states.length < LEAST_HERTZ * seconds; k++) {
      states = await notebook.watched(1, 1000 * seconds)
    }
    await shot('running')
    checkStates(states, seconds)

    const stopped = performance.now()
    await notebook.stop()
    await notebook.says(1, /stopped: by the Stop button/)
    const took = performance.now() - stopped
    await notebook.ended(1)
    await notebook.show(1)
    await shot('stopped')
    await notebook.run(2)
    await notebook.says(2, /kept 42, counted 1000/)
    await shot('kept')

    await notebook.save()
    const saved = JSON.parse(await readFile(file, 'utf8')) as Notebook
    const outputs = saved.cells[1]!.outputs ?? []
    const html = outputs.map(({ data }) => textOf(data?.['text/html'] ?? '')).join('')
    ok(/Cooling down<\/b> ■ stopped: by the Stop button/.test(html), `the file has: ${html}`)
    ok((html.match(/Cooling down/g) ?? []).length === 1, 'the file has the last state alone')
    return `${states.length} states in ${seconds} s, stopped after ${(took / 1000).toFixed(1)} s, variables kept, last state saved`
  } catch (error) {
    await shot?.('failed')
    throw error
  } finally {
    await browser.close()
    await server.close()
    await place.close()
  }
}

/** A notebook in the browser. */
class OpenNotebook {
  readonly #page: Page
  readonly #frontEnd: FrontEnd

  constructor(page: Page, frontEnd: FrontEnd) {
    this.#page = page
    this.#frontEnd = frontEnd
  }

  /** Waits until the kernel does. */
  async ready(): Promise<void> {
    await this.#page.locator(this.#frontEnd.page.idle).waitFor({ timeout: CELL_MS })
  }

  /** Also where the first press comes before the page is ready for it. */
  async run(cell: number): Promise<void> {
    const { prompt, run } = this.#frontEnd.page
    const found = this.#cell(cell).locator(prompt)
    for (let k = 0; k < ATTEMPTS; k++) {
      await found.click({ timeout: CELL_MS })
      await this.#page.locator(run).first().click()
      const began = found.filter({ hasText: /\[[*\d]/ }).waitFor({ timeout: 3000 })
      if (
        await began.then(
          () => true,
          () => false,
        )
      )
        return
    }
    throw new Error(`cell ${cell + 1} does not begin`)
  }

  /** Scrolls to a cell. */
  async show(cell: number): Promise<void> {
    const { prompt } = this.#frontEnd.page
    await this.#cell(cell)
      .locator(prompt)
      .evaluate(element => element.scrollIntoView())
  }

  async stop(): Promise<void> {
    await this.#page.locator(this.#frontEnd.page.stop).first().click()
  }

  async save(): Promise<void> {
    await this.#page.locator(this.#frontEnd.page.save).first().click()
    await this.#page.waitForTimeout(2000)
  }

  /** Waits until the output of a cell says this. */
  async says(cell: number, words: RegExp): Promise<void> {
    const output = this.#cell(cell).locator(this.#frontEnd.page.output)
    await output.filter({ hasText: words }).first().waitFor({ timeout: CELL_MS })
  }

  /** Waits until a cell is no longer at work. */
  async ended(cell: number): Promise<void> {
    const prompt = this.#cell(cell).locator(this.#frontEnd.page.prompt)
    await prompt.filter({ hasText: /\[\d+\]/ }).waitFor({ timeout: CELL_MS })
  }

  /** What the output of a cell says, for so many milliseconds. */
  watched(cell: number, milliseconds: number): Promise<States> {
    const output = this.#cell(cell).locator(this.#frontEnd.page.output).first()
    return output.evaluate(async (element, limit) => {
      const states: [string, number][] = []
      const began = performance.now()
      for (let now = began; now - began < limit; now = performance.now()) {
        const text = (element as HTMLElement).innerText
        if (states.at(-1)?.[0] !== text) states.push([text, now - began])
        await new Promise(resolve => setTimeout(resolve, 10))
      }
      return states
    }, milliseconds)
  }

  #cell(cell: number) {
    return this.#page.locator(this.#frontEnd.page.cell).nth(cell)
  }
}

/** So many states a second have to be seen; ten are meant. */
const LEAST_HERTZ = 4

/** Several a second, ten at most, and each further than the one before. */
function checkStates(states: States, seconds: number): void {
  const numbers = states.map(([text]) =>
    Number(/superstep ([\d,]+)/.exec(text)?.[1]?.replaceAll(',', '')),
  )
  const last = states.at(-1)![0]
  ok(
    states.length >= LEAST_HERTZ * seconds,
    `only ${states.length} states in ${seconds} s: ${last}`,
  )
  ok(states.length <= 11 * seconds + 2, `${states.length} states in ${seconds} s`)
  ok(
    numbers.every((superstep, k) => k === 0 || superstep >= numbers[k - 1]!),
    `${numbers}`,
  )
  ok(numbers.at(-1)! > numbers[0]!, `no superstep ended: ${last}`)
  ok(/… running, [\d.]+ s/.test(last), last)
  ok(/superstep [\d,]+ of 1,000,000 · change [\d.e-]+ · [▁▂▃▄▅▆▇█]+/.test(last), last)
}

async function screenshots(page: Page, name: string): Promise<(what: string) => Promise<void>> {
  const folder = inProject('out', 'live')
  await mkdir(folder, { recursive: true })
  return async what => {
    await page.screenshot({ path: join(folder, `${name}-${what}.png`) })
  }
}
