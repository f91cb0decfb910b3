import { ArgumentError } from '../../engine/index.js'
import type { Bundle } from '../display/displayable.js'
import { denoKernel, ijavascriptKernel, tslabKernel } from '../display/kernels.js'

/** Deno's kernel hands outputs over by and by: what comes after a cell's end may be lost. */
const DENO_WAIT_MS = 20

/** One place where something is shown, and then what replaces it. */
export interface Outlet {
  /** @param last Whether nothing comes after it. */
  show(bundle: Bundle, last: boolean): Promise<void> | void
}

/** What a terminal is written to. */
export interface TerminalStream {
  write(text: string): unknown
  readonly isTTY?: boolean
  readonly columns?: number
}

/**
 * A new place of whatever runs the program: an output of a notebook, an element, lines on a terminal.
 *
 * @param stream Where there is a terminal.
 * @throws {ArgumentError} If the program runs on a page, and no element of it is given.
 */
export function outletHere(
  operation: string,
  into: Element | undefined,
  stream: TerminalStream | undefined,
): Outlet {
  if (into !== undefined) return elementOutlet(into, operation)
  const here = denoOutlet() ?? tslabOutlet() ?? ijavascriptOutlet()
  if (here !== undefined) return here
  if (globalThis.document !== undefined) {
    throw new ArgumentError(
      `${operation}: on a page somebody has to say where. Give { into: element }.`,
    )
  }
  return stream?.write === undefined ? { show() {} } : terminalOutlet(stream)
}

function elementOutlet(into: Element, operation: string): Outlet {
  if (typeof into?.innerHTML !== 'string') {
    throw new ArgumentError(`${operation}: into must be an element of the page.`)
  }
  return {
    show(bundle) {
      into.innerHTML = bundle['text/html']
    },
  }
}

/** Ids are of one kernel's life: those of an earlier one are still on the page. */
const newId = () => `wiesel-${globalThis.crypto.randomUUID()}`

function denoOutlet(): Outlet | undefined {
  const deno = denoKernel()
  if (deno === undefined) return undefined
  const id = newId()
  let update = false
  return {
    async show(bundle, last) {
      const options = { raw: true, display_id: id, update }
      update = true
      await deno.jupyter.display(bundle, options)
      if (last) await new Promise(resolve => setTimeout(resolve, DENO_WAIT_MS))
    },
  }
}

function tslabOutlet(): Outlet | undefined {
  const display = tslabKernel()?.newDisplay()
  return display && { show: bundle => display.html(bundle['text/html']) }
}

function ijavascriptOutlet(): Outlet | undefined {
  const display = ijavascriptKernel()?.display(newId())
  return display && { show: bundle => display.mime(bundle) }
}

/**
 * A single line is written over where that can be done. Otherwise there is the first and the last state
 * of what is shown.
 */
export function terminalOutlet(stream: TerminalStream): Outlet {
  let written: string | undefined
  return {
    show(bundle, last) {
      const text = bundle['text/plain']
      if (stream.isTTY && !text.includes('\n')) {
        const line = last ? `${text}\n` : text.slice(0, (stream.columns ?? 80) - 1)
        stream.write(`\r\u001b[2K${line}`)
      } else if (text !== written && (last || written === undefined)) {
        stream.write(`${text}\n`)
        written = text
      }
    },
  }
}
