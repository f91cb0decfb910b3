import type { Answer } from '../answer.js'
import type { Contender, Setting, Tasks } from '../benchmark.js'
import { LOADING } from '../graph-tasks.js'
import { type Csr, firstVertex } from '../graphs/csr.js'
import { readGraph } from '../graphs/graph-file.js'
import { gapProgram, readByGap, runGap, writeGapGraph } from './gap.js'

/** An algorithm of the suite, and what is looked for in what it prints. */
export interface GapWork {
  readonly kernel: string
  readonly part: string
  readonly options?: (csr: Csr) => readonly string[]
  readonly answer: (output: string) => Answer
  readonly note?: (output: string) => string
}

/** A search of the suite from one vertex, alone: without parts, and without loading. */
export interface GapSearch extends Pick<GapWork, 'kernel' | 'answer'> {
  readonly options: readonly string[]
  readonly weights?: (csr: Csr) => Int32Array
}

/** The task of a search from the first vertex that has neighbours. */
export function gapSearch({ kernel, options, weights, answer }: GapSearch): Contender {
  return setting => {
    gapProgram(kernel)
    const csr = readGraph(setting)
    const graph = writeGapGraph(setting.folder, csr, weights?.(csr))
    const run = { kernel, graph, options: [...options, '-r', String(firstVertex(csr))] }
    let output = ''
    return {
      '': {
        async time() {
          const ran = runGap(run)
          output = ran.output
          return ran.ms
        },
        answer: async () => answer(output),
        note: async () => '',
      },
    }
  }
}

/** The two parts of an algorithm of the suite; its file has the index already. */
export function gapTasks(setting: Setting, { kernel, part, ...work }: GapWork): Tasks {
  gapProgram(kernel)
  const csr = readGraph(setting)
  const edges = csr.neighbours.length
  const graph = writeGapGraph(setting.folder, csr)
  const run = { kernel, graph, options: work.options?.(csr) ?? [] }
  let output = ''
  return {
    [LOADING]: {
      time: async () => readByGap(run),
      work: () => edges,
      answer: async () => ({ edges }),
      note: async () => '',
    },
    [part]: {
      async time() {
        const ran = runGap(run)
        output = ran.output
        return ran.ms
      },
      work: () => edges,
      answer: async () => work.answer(output),
      note: async () => work.note?.(output) ?? '',
    },
  }
}
