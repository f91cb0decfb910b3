/** Gives the thread back to the event loop now and then, so that abort and progress get a turn. */

/** Work goes on for about this long before it pauses. */
export const SLICE_MS = 25

/** Lets other tasks of this thread run: timers, messages, an abort. */
export function pause(): Promise<void> {
  return new Promise(resolve => {
    if (typeof setImmediate === 'function') setImmediate(resolve)
    else {
      // Browsers clamp nested timeouts to 4 ms; messages are not clamped.
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => {
        port1.close()
        resolve()
      }
      port2.postMessage(null)
    }
  })
}
