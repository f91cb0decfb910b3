/**
 * networkx and igraph, https://networkx.org and https://python.igraph.org, in a process of `python3`.
 * Both need `pip install numpy`, networkx also `scipy`.
 */
import type { Answer } from '../answer.js'
import type { Contender, Setting, Tasks } from '../benchmark.js'
import { LOADING } from '../graph-tasks.js'
import type { Csr } from '../graphs/csr.js'
import { readGraph } from '../graphs/graph-file.js'
import { onceIfSlow } from './graph-rival.js'
import { Python } from './python.js'

/** The libraries. */
export type PythonLibrary = 'networkx' | 'igraph'

/** An algorithm of a Python library. */
export interface PythonWork {
  readonly question: 'page-rank' | 'bfs' | 'components' | 'triangles'
  readonly part: string
  readonly tolerance?: number
  readonly source?: (csr: Csr) => number
  /**
   * From what the program says, which may have left values in the file `python-values`. Default: what
   * it says.
   */
  readonly answer?: (said: Answer, csr: Csr, setting: Setting, library: PythonLibrary) => Answer
}

/** The contenders, by library. */
export function pythonContenders(work: PythonWork): Readonly<Record<PythonLibrary, Contender>> {
  return {
    networkx: setting => pythonTasks(setting, 'networkx', work),
    igraph: setting => pythonTasks(setting, 'igraph', work),
  }
}

/** The two parts of an algorithm of a Python library. */
async function pythonTasks(
  setting: Setting,
  library: PythonLibrary,
  work: PythonWork,
): Promise<Tasks> {
  const csr = readGraph(setting)
  const edges = csr.neighbours.length
  const { question, part, tolerance = 0, source = () => 0 } = work
  const args = [library, question, setting.folder, String(tolerance), String(source(csr))]
  const python = await Python.start('graph.py', args, library)
  let peak = 0
  let loaded = false
  const load = async () => {
    loaded = true
    return (await python.order('load')).ms
  }
  const run = async () => {
    if (!loaded) await load()
    const said = await python.order('run')
    peak = said.peak
    return said.ms
  }
  const answer = async () => {
    const said = (await python.order('answer')).answer ?? {}
    return work.answer?.(said, csr, setting, library) ?? said
  }
  const algorithm = onceIfSlow({ time: run, answer, edges })
  return {
    [LOADING]: onceIfSlow({ time: load, answer: async () => ({ edges }), edges }),
    [part]: {
      ...algorithm,
      async note(memory) {
        const remark = await algorithm.note(memory)
        const memoryOfPython = `${Math.round(peak / 2 ** 20)} MiB in Python at the peak`
        return remark === '' ? memoryOfPython : `${remark}; ${memoryOfPython}`
      },
    },
  }
}
