/** Runs one memory case in a process of its own: `memory-child.js NAME ROWS BUDGET DIRECTORY`. */
import { ExecutionEnvironment } from '../../engine/index.js'
import { runMemoryCase } from './memory-cases.js'

const [name, rows, memory, tempDirectory] = process.argv.slice(2) as [
  string,
  string,
  string,
  string,
]
const env = new ExecutionEnvironment({ memory, tempDirectory, progress: false })
let longestBlock = 0
let last = performance.now()
const timer = setInterval(() => {
  const now = performance.now()
  longestBlock = Math.max(longestBlock, now - last - 5)
  last = now
}, 5)
const { digest, job } = await runMemoryCase(name, Number(rows), env)
clearInterval(timer)
const { milliseconds, spilledBytes, peakMemory } = job
const maxRss = process.resourceUsage().maxRSS * 1024
console.log(
  JSON.stringify({ digest, milliseconds, spilledBytes, peakMemory, maxRss, longestBlock }),
)
