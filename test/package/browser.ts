import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import { chromium } from 'playwright-core'

/** Where systems keep a Chromium; `CHROMIUM` names another. */
const PLACES = [
  process.env.CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/** Headless, and quiet: nothing of it goes out to the network. */
const ARGUMENTS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.wasm': 'application/wasm',
}

/** The browser of this machine, if it has one. */
export function findBrowser(): string | undefined {
  return PLACES.find(path => path !== undefined && existsSync(path))
}

/** What a page showed, and what its console complained of. */
export interface Visit {
  readonly result: string
  readonly errors: readonly string[]
}

/**
 * Opens `index.html` of a folder and waits for the element `#result`.
 *
 * @param headers That come with every file; none by default.
 */
export async function visit(
  executablePath: string,
  folder: string,
  headers: Headers = {},
): Promise<Visit> {
  const server = await serve(folder, headers)
  const browser = await chromium.launch({ executablePath, args: ARGUMENTS })
  const errors: string[] = []
  try {
    const page = await browser.newPage()
    page.on('pageerror', error => errors.push(error.message))
    page.on('console', message => message.type() === 'error' && errors.push(message.text()))
    await page.goto(`http://127.0.0.1:${server.port}/index.html`)
    const element = await page.waitForSelector('#result', { timeout: 30_000 }).catch(() => null)
    return { result: (await element?.textContent()) ?? '', errors }
  } finally {
    await browser.close()
    server.close()
  }
}

/** Headers of HTTP by their names. */
export type Headers = Readonly<Record<string, string>>

/** Those without which a page has no shared memory. */
export const ISOLATED: Headers = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
}

async function serve(folder: string, further: Headers) {
  const server = createServer(async (request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname
    const type = { 'content-type': TYPES[extname(path)] ?? 'application/octet-stream' }
    try {
      const content = await readFile(join(folder, path))
      response.writeHead(200, { ...type, ...further })
      response.end(content)
    } catch {
      response.writeHead(404).end()
    }
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return { port: (server.address() as AddressInfo).port, close: () => server.close() }
}
