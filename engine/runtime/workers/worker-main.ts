/** What runs in a worker: waits for jobs, and runs this worker's part of them one after the other. */
import type { ToWorker } from './messages.js'
import type { PeerPort, Port, ReceiveNow } from './port.js'
import { WorkerPart } from './worker-part.js'

interface WorkerScope extends Port {
  onmessage: ((event: { readonly data: ToWorker }) => void) | null
}

void connect().then(({ port, receiveNow }) => {
  let part: WorkerPart | undefined
  let current = -1
  port.onmessage = ({ data }) => {
    if (data.kind === 'job') {
      current = data.job
      part = new WorkerPart(data, port, receiveNow)
      void part.run()
    } else if (data.job === current) part?.take(data)
  }
})

async function connect(): Promise<{ port: WorkerScope; receiveNow: ReceiveNow | undefined }> {
  if (typeof process !== 'object' || typeof process.versions?.node !== 'string') {
    return { port: globalThis as unknown as WorkerScope, receiveNow: undefined }
  }
  const { parentPort, receiveMessageOnPort } = await import('node:worker_threads')
  return {
    port: parentPort as unknown as WorkerScope,
    receiveNow: (from: PeerPort) => receiveMessageOnPort(from as never),
  }
}
