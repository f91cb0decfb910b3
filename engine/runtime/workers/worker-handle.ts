/** One worker thread, of Node or of the browser, as the pool sees it. */
import { WorkerError } from '../../errors.js'
import type { FromWorker, ToWorker } from './messages.js'

/** Hears of a worker. */
export interface WorkerListener {
  message(message: FromWorker): void
  /** The worker is gone, or cannot go on. */
  dead(error: unknown): void
}

/** A worker thread; see the module's documentation. */
export interface WorkerHandle {
  listener: WorkerListener | undefined
  readonly isDead: boolean
  post(message: ToWorker, transfer?: readonly Transferable[]): void
  /** Whether the process waits for it. */
  hold(busy: boolean): void
  terminate(): void
}

/** Why there can be no workers here; `undefined` when there can. */
export function whyNoWorkers(): string | undefined {
  if (isNode()) return undefined
  if (typeof Worker === 'undefined') return 'there are no workers here'
  if (typeof SharedArrayBuffer === 'undefined') {
    return 'the page is not cross-origin isolated, so there is no shared memory'
  }
  return undefined
}

/** Starts a worker. */
export async function startWorker(): Promise<WorkerHandle> {
  const { workerSource } = await import('./worker-source.js')
  return isNode() ? startInNode(workerSource) : startInBrowser(workerSource)
}

async function startInNode(source: string | undefined): Promise<WorkerHandle> {
  const { Worker } = await import('node:worker_threads')
  const worker =
    source === undefined
      ? new Worker(new URL('./worker-main.js', import.meta.url), { execArgv: [] })
      : new Worker(source, { eval: true, execArgv: [] })
  worker.unref()
  let dead = false
  const handle: WorkerHandle = {
    listener: undefined,
    get isDead() {
      return dead
    },
    post: (message, transfer = []) => worker.postMessage(message, transfer as never),
    hold: busy => (busy ? worker.ref() : worker.unref()),
    terminate() {
      dead = true
      void worker.terminate()
    },
  }
  worker.on('message', (message: FromWorker) => handle.listener?.message(message))
  const end = (error: unknown) => {
    dead = true
    handle.listener?.dead(error)
  }
  worker.on('error', end)
  worker.on('messageerror', end)
  worker.on('exit', code => end(new WorkerError(`a worker ended with code ${code}`)))
  return handle
}

function startInBrowser(source: string | undefined): WorkerHandle {
  const made =
    source === undefined
      ? new URL('./worker-main.js', import.meta.url)
      : URL.createObjectURL(new Blob([source], { type: 'text/javascript' }))
  const worker = new Worker(made, source === undefined ? { type: 'module' } : {})
  let dead = false
  const handle: WorkerHandle = {
    listener: undefined,
    get isDead() {
      return dead
    },
    post: (message, transfer = []) => worker.postMessage(message, [...transfer]),
    hold() {},
    terminate() {
      dead = true
      worker.terminate()
    },
  }
  worker.onmessage = ({ data }) => handle.listener?.message(data)
  worker.onerror = ({ message }) => {
    dead = true
    handle.listener?.dead(new WorkerError(message))
  }
  return handle
}

function isNode(): boolean {
  return typeof process === 'object' && typeof process.versions?.node === 'string'
}
