import { denoKernel, tslabKernel } from '../display/kernels.js'

const listeners = new Set<() => void>()

/** The kernel that is listened to. It is one for as long as the program runs. */
let heard: object | undefined

/**
 * Calls a function when somebody presses the Stop button of a notebook. `withProgress` does so by itself.
 *
 * Stop ends Deno's kernel, with all variables; from the first call on it does not: then only what listens
 * ends. Loops that never wait cannot be stopped. Elsewhere than in Deno's kernel and tslab nothing calls.
 *
 * @returns What ends the listening.
 * @example
 * const controller = new AbortController()
 * const forget = onInterrupt(() => controller.abort())
 * await flights.count({ signal: controller.signal })
 * forget()
 */
export function onInterrupt(listener: () => void): () => void {
  // A wrapper of its own: who comes twice is called twice.
  const own = () => listener()
  listeners.add(own)
  listen()
  return () => {
    listeners.delete(own)
  }
}

/** Once, and for ever: without any listener, Deno's kernel would end. */
function listen(): void {
  const deno = denoKernel()
  if (deno !== undefined) {
    if (heard !== deno) deno.addSignalListener('SIGINT', interrupt)
    heard = deno
  } else if (tslabKernel() !== undefined) {
    // tslab gives up waiting for the cell; this makes its work end as well. Not at once: while a cell's
    // code runs, Node breaks it off at SIGINT, and what begins to listen meanwhile makes the signal fatal.
    if (heard !== process) queueMicrotask(() => process.on('SIGINT', interrupt))
    heard = process
  }
}

function interrupt(): void {
  for (const listener of [...listeners]) listener()
}
