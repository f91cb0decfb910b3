/**
 * Questions about learning: `fit` of an estimator beside that of a Python library, on the same numbers.
 *
 * How one is added is in `README.md`; `questions/ridge.ts` with `rivals/python/learning/ridge.py` is the
 * smallest.
 */
import { ExecutionEnvironment } from '../../engine/index.js'
import type { Answer } from './answer.js'
import { type Benchmark, type Contender, type Setting, type Tasks, task } from './benchmark.js'
import { type Arrays, writeArrays } from './learning-data.js'
import { Python } from './rivals/python.js'

/** A question about an estimator. */
export interface LearningQuestion<D, M>
  extends Pick<
    Benchmark,
    'name' | 'question' | 'records' | 'atLeast' | 'atMost' | 'warmUps' | 'runs' | 'unit'
  > {
  /** Makes what is learned from; it is written to files, one for each array. */
  readonly input: (records: number) => Arrays
  /** Reads the files into a data set; not timed. */
  readonly load: (setting: Setting, environment: ExecutionEnvironment) => D
  /** Learns; timed. */
  readonly fit: (data: D, setting: Setting) => Promise<M>
  /** What was learned; small, and with the objective. Not timed. */
  readonly answer: (model: M, setting: Setting) => Answer | Promise<Answer>
  /** How much work a run is, in `unit`. Default: the records. */
  readonly work?: (setting: Setting) => number
  /** Python programs by the name of the contender. */
  readonly rivals: Readonly<Record<string, PythonRival>>
  /** Further contenders in this language. */
  readonly others?: Readonly<Record<string, Contender>>
}

/** A program in `rivals/python/learning`. */
export interface PythonRival {
  /** The name of the file, without `.py`. */
  readonly program: string
  /** What it is told, as JSON. */
  readonly options?: Readonly<Record<string, unknown>>
  /** How many times its time wiesel may take at most. Default 1.5. */
  readonly goal?: number
}

/** The benchmark of a question: wiesel on one thread and on two, and its rivals on one. */
export function learningBenchmark<D, M>(question: LearningQuestion<D, M>): Benchmark {
  const { input, load, fit, answer, work, rivals, others = {}, ...rest } = question
  const wiesel =
    (parallelism: number): Contender =>
    setting => {
      const environment = new ExecutionEnvironment({ parallelism, memory: '8 GiB' })
      const data = load(setting, environment)
      let answered: Answer = {}
      const asked = async (model: M) => {
        answered = await answer(model, setting)
        return answered
      }
      const learning = task(
        () => fit(data, setting),
        asked,
        () => objectiveOf(answered),
      )
      return worked(setting, { '': learning })
    }
  const worked = (setting: Setting, tasks: Tasks): Tasks =>
    work === undefined ? tasks : { '': { ...tasks['']!, work: () => work(setting) } }
  const python = Object.entries(rivals).map(([name, rival]) => {
    const contender: Contender = async setting => worked(setting, await pythonTasks(setting, rival))
    return [name, contender] as const
  })
  return {
    warmUps: 1,
    runs: 3,
    unit: 'record',
    ...rest,
    contenders: {
      wiesel: wiesel(1),
      'wiesel, 2 workers': wiesel(2),
      ...Object.fromEntries(python),
      ...others,
    },
    goals: Object.fromEntries(Object.entries(rivals).map(([name, { goal = 1.5 }]) => [name, goal])),
    input: ({ folder, records }) => writeArrays(folder, input(records)),
  }
}

/** Reads the files once, then learns again and again in its own process. */
async function pythonTasks({ folder }: Setting, rival: PythonRival): Promise<Tasks> {
  const args = [rival.program, folder, JSON.stringify(rival.options ?? {})]
  const python = await Python.start('learn.py', args, rival.program)
  await python.order('load')
  let peak = 0
  let answered: Answer = {}
  return {
    '': {
      async time() {
        const said = await python.order('run')
        peak = said.peak
        return said.ms
      },
      async answer() {
        answered = (await python.order('answer')).answer ?? {}
        return answered
      },
      note: async () =>
        [
          ...(answered.objective === undefined ? [] : [objectiveOf(answered)]),
          `${python.began.version}, ${Math.round(peak / 2 ** 20)} MiB in Python at the peak`,
        ].join('; '),
    },
  }
}

/** What was made small, for a remark. */
function objectiveOf({ objective }: Answer): string {
  return typeof objective === 'number' ? `objective ${objective.toPrecision(8)}` : ''
}
