/** Figures in a browser, light and dark: nothing clipped, nothing upon each other, nothing blank. */
import { mkdir } from 'node:fs/promises'
import test from 'ava'
import { chromium } from 'playwright-core'
import { findBrowser } from '../package/browser.js'
import { inProject } from '../support/project.js'
import { ALL_ENTRIES } from './all-entries.js'

const browser = findBrowser()
const run = browser === undefined ? test.skip : test.serial

/** What is wrong with the figures of a page; runs in the browser. */
function problemsOfPage(): string[] {
  const found: string[] = []
  for (const figure of document.querySelectorAll('[data-figure]')) {
    const name = figure.getAttribute('data-figure')
    for (const svg of figure.querySelectorAll('svg')) {
      const frame = svg.getBoundingClientRect()
      const texts = [...svg.querySelectorAll('text')].filter(
        text => text.textContent?.trim() !== '',
      )
      // The boxes of turned texts overlap where the texts do not.
      const isTurned = (text: Element) => /rotate/.test(text.getAttribute('transform') ?? '')
      const boxes = texts.map(text => ({
        text: text.textContent,
        turned: isTurned(text),
        box: text.getBoundingClientRect(),
      }))
      for (const { text, box } of boxes) {
        const out =
          box.left < frame.left - 1 ||
          box.right > frame.right + 1 ||
          box.top < frame.top - 1 ||
          box.bottom > frame.bottom + 1
        if (out) found.push(`${name}: "${text}" is clipped`)
      }
      for (const [k, one] of boxes.entries()) {
        for (const other of boxes.slice(k + 1)) {
          const width =
            Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left)
          const height =
            Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top)
          if (width > 2 && height > 3 && !(one.turned && other.turned))
            found.push(`${name}: "${one.text}" and "${other.text}" overlap`)
        }
      }
    }
    const axes = figure.querySelectorAll('[aria-label="x-axis tick label"]').length
    const named = figure.querySelectorAll('[aria-label$="-axis label"]').length
    if (axes > 0 && named === 0) found.push(`${name}: no axis says what it is`)
    for (const canvas of figure.querySelectorAll('canvas')) {
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height)
      if (data.every(value => value === 0)) found.push(`${name}: the canvas is blank`)
    }
  }
  return found
}

/** Data that are looked at; the other kinds are for the tests of what figures say. */
const SEEN = /^(usual|hostile|single|empty|large|looping|wide|edgeless|world|huge, run)/

/** The HTML of what is looked at, by figure: drawn once for both themes. */
const pages = (async () => {
  const all = new Map<string, string[]>()
  for (const { figure, data, draw } of ALL_ENTRIES) {
    if (!SEEN.test(data)) continue
    const html = (await draw()).toHTML()
    const own = `<div data-figure="${figure} of ${data} data" style="margin:8px">${html}</div>`
    all.set(figure, [...(all.get(figure) ?? []), own])
  }
  return all
})()

for (const theme of ['light', 'dark'] as const) {
  run(`figures of usual and of hostile data are whole in ${theme} pages`, async t => {
    t.timeout(240_000)
    const open = await chromium.launch({ executablePath: browser!, args: ['--no-sandbox'] })
    t.teardown(() => open.close())
    const page = await open.newPage({ colorScheme: theme, viewport: { width: 1000, height: 800 } })
    const errors: string[] = []
    page.on('pageerror', error => errors.push(error.message))
    page.on('request', request => errors.push(`asked for ${request.url()}`))
    const folder = inProject('out', 'figures', theme)
    await mkdir(folder, { recursive: true })
    for (const [figure, pieces] of await pages) {
      await page.setContent(
        `<!doctype html><meta name="color-scheme" content="light dark"><body>${pieces.join('')}`,
      )
      t.deepEqual(await page.evaluate(problemsOfPage), [], figure)
      await page.screenshot({ path: `${folder}/${figure}.png`, fullPage: true })
    }
    t.deepEqual(errors, [])
  })
}
