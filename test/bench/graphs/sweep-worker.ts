/** A thread that sweeps over its share of a graph each time that it is told to. */
import { parentPort, workerData } from 'node:worker_threads'
import { type SweepShare, sweeper } from './sweep.js'

const { share, thread } = workerData as { share: SweepShare; thread: number }
const sweep = await sweeper(share, thread)
parentPort!.on('message', () => {
  sweep()
  parentPort!.postMessage('done')
})
parentPort!.postMessage('ready')
