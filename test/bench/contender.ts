/**
 * The process of one contender: loads its data, then does what it is told over IPC, so that heaps
 * do not disturb each other and the peak memory is its own.
 */
import type { Answer } from './answer.js'
import type { Memory, Tasks } from './benchmark.js'
import { MissingRival } from './rivals/rival.js'
import { benchmarkNamed } from './suite.js'

/** What a contender is told. */
export type Order = { readonly kind: 'run'; readonly part: string } | { readonly kind: 'finish' }

/** What a contender answers. */
export type Reply =
  | { readonly kind: 'ready' }
  | { readonly kind: 'missing'; readonly message: string }
  | { readonly kind: 'ran'; readonly milliseconds: number }
  | {
      readonly kind: 'finished'
      readonly peakMiB: number
      readonly answers: Readonly<Record<string, Answer>>
      readonly notes: readonly string[]
      /** By part, where a task says it. */
      readonly work: Readonly<Record<string, number>>
    }
  | { readonly kind: 'failed'; readonly message: string }

const [, , benchmarkName = '', contenderName = '', records = '0', folder = ''] = process.argv
const contender = benchmarkNamed(benchmarkName).contenders[contenderName]!
const reply = (message: Reply) => void process.send?.(message)
let tasks: Tasks = {}
let loaded = 0
const base = process.memoryUsage.rss()

process.on('message', (order: Order) => {
  carryOut(order).then(reply, failed)
})

try {
  tasks = await contender({ records: Number(records), folder })
  loaded = process.memoryUsage.rss()
  reply({ kind: 'ready' })
} catch (error) {
  if (error instanceof MissingRival) reply({ kind: 'missing', message: error.message })
  else failed(error)
}

async function carryOut(order: Order): Promise<Reply> {
  if (order.kind === 'run') return { kind: 'ran', milliseconds: await tasks[order.part]!.time() }
  const memory: Memory = { base, loaded, peak: process.resourceUsage().maxRSS * 1024 }
  const answers: Record<string, Answer> = {}
  const work: Record<string, number> = {}
  const notes: string[] = []
  for (const [part, task] of Object.entries(tasks)) {
    answers[part] = await task.answer()
    if (task.work !== undefined) work[part] = task.work()
    const note = await task.note(memory)
    if (note !== '') notes.push(part === '' ? note : `${part}: ${note}`)
  }
  return { kind: 'finished', peakMiB: memory.peak / 2 ** 20, answers, notes, work }
}

function failed(error: unknown): void {
  reply({ kind: 'failed', message: error instanceof Error ? (error.stack ?? '') : String(error) })
}
