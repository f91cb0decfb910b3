/**
 * The process of one contender: loads its data, then does what it is told over IPC, so that heaps
 * do not disturb each other and the peak memory is its own.
 */
import type { Answer } from './answer.js'
import type { Tasks } from './benchmark.js'
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
    }
  | { readonly kind: 'failed'; readonly message: string }

const [, , benchmarkName = '', contenderName = '', records = '0', folder = ''] = process.argv
const contender = benchmarkNamed(benchmarkName).contenders[contenderName]!
const reply = (message: Reply) => void process.send?.(message)
let tasks: Tasks = {}

process.on('message', (order: Order) => {
  carryOut(order).then(reply, failed)
})

try {
  tasks = await contender({ records: Number(records), folder })
  reply({ kind: 'ready' })
} catch (error) {
  if (error instanceof MissingRival) reply({ kind: 'missing', message: error.message })
  else failed(error)
}

async function carryOut(order: Order): Promise<Reply> {
  if (order.kind === 'run') return { kind: 'ran', milliseconds: await tasks[order.part]!.time() }
  const peakMiB = process.resourceUsage().maxRSS / 1024
  const answers: Record<string, Answer> = {}
  const notes: string[] = []
  for (const [part, task] of Object.entries(tasks)) {
    answers[part] = await task.answer()
    const note = await task.note()
    if (note !== '') notes.push(part === '' ? note : `${part}: ${note}`)
  }
  return { kind: 'finished', peakMiB, answers, notes }
}

function failed(error: unknown): void {
  reply({ kind: 'failed', message: error instanceof Error ? (error.stack ?? '') : String(error) })
}
