/** A program that learns an entry of `ITERATING` and is killed when its first checkpoint is written. */

import { hasCheckpoint, hastyClock } from './checkpoints.js'
import { dataOf, estimatorOf } from './contract-run.js'
import { ITERATING } from './iterating.js'

hastyClock()
const [, , number, directory] = process.argv
const entry = ITERATING[Number(number)]!
const { signal } = new AbortController()
Object.defineProperty(signal, 'aborted', {
  get() {
    if (hasCheckpoint(directory!)) process.kill(process.pid, 'SIGKILL')
    return false
  },
})
const checkpoint = { directory: directory!, everySupersteps: 2 }
await estimatorOf(entry).learn(dataOf(entry.records), { checkpoint, signal })
