/** What a benchmark is: one question, the same work for each contender, answers to compare. */

import { type Answer, sameAnswer } from './answer.js'

/** One question, asked of wiesel and its rivals. */
export interface Benchmark {
  /** The name for the command line and for the place of its figures in `RESULTS.md`. */
  readonly name: string
  /** What is measured, in a line. */
  readonly question: string
  /** Records at scale 1. */
  readonly records: number
  /** The questions it falls into, timed one after the other; one by default. */
  readonly parts?: readonly string[]
  /** Who takes part. The first is the one that all others are compared with. */
  readonly contenders: Readonly<Record<string, Contender>>
  /** For some rivals: how many times their time the first contender may take at most. */
  readonly goals?: Readonly<Record<string, number>>
  /** The parts that `goals` are about. Default: all, and the total. */
  readonly goalParts?: readonly string[]
  /** For some contenders: how many nanoseconds they may take per `unit` at most. */
  readonly limits?: Readonly<Record<string, number>>
  /** What speed is told per, where it is not records: what tasks say in `work`. */
  readonly unit?: string
  /**
   * Facets of answers, numbers, that are better the larger they are: by how much the first contender's may
   * be below others'. All other facets must be equal.
   */
  readonly atLeast?: Readonly<Record<string, number>>
  /**
   * Facets of answers, numbers, that are better the smaller they are, such as objectives: by which share of
   * the other's the first contender's may be above it.
   */
  readonly atMost?: Readonly<Record<string, number>>
  /** The peak memory that the first contender may have at most, in MiB. */
  readonly memoryGoal?: number
  /** Runs before the clock counts. Default 2. */
  readonly warmUps?: number
  /** Runs that count, where the command line does not say. Default 5. */
  readonly runs?: number
  /** Options for the Node process of each contender. */
  readonly nodeOptions?: readonly string[]
  /** Writes the files that contenders read; returns their size in bytes, and speed is in MB/s. */
  readonly input?: (setting: Setting) => number
}

/** Loads its data, outside the timer, and returns what is to be timed, by part. */
export type Contender = (setting: Setting) => Promise<Tasks> | Tasks

/** What to time, by part; a benchmark without parts has the part `''`. */
export type Tasks = Readonly<Record<string, Task>>

/** What contenders are told. */
export interface Setting {
  /** Records, after scaling. */
  readonly records: number
  /** A folder for input files. */
  readonly folder: string
}

/** Work that can be timed again and again, and says what came out of the last time. */
export interface Task {
  /** Does the work once and returns how long it took, in milliseconds. */
  time(): Promise<number>
  /** What came out, small enough to compare. */
  answer(): Promise<Answer>
  /** How much work the last run did, in the benchmark's `unit`. Default: the records. */
  work?(): number
  /** A remark about the last run. */
  note(memory: Memory): Promise<string>
}

/** Resident sets of a contender's process, in bytes. */
export interface Memory {
  /** Before it loaded its data. */
  readonly base: number
  /** When it had loaded them. */
  readonly loaded: number
  /** The largest until answers were computed. */
  readonly peak: number
}

/**
 * A task from the work itself, which is timed, and a digest of its result, which is not.
 *
 * The result of a run is let go before the next one, so that a process holds one at a time.
 */
export function task<R>(
  work: () => R | Promise<R>,
  answer: (result: R) => Answer | Promise<Answer>,
  note: (result: R, memory: Memory) => string | Promise<string> = () => '',
): Task {
  let result: R | undefined
  return {
    async time() {
      result = undefined
      const began = performance.now()
      result = await work()
      return performance.now() - began
    },
    answer: async () => answer(result as R),
    note: async memory => note(result as R, memory),
  }
}

/** The task of a benchmark without parts. */
export function single<R>(...parts: Parameters<typeof task<R>>): Tasks {
  return { '': task(...parts) }
}

/** @throws {Error} If two contenders disagree; says about what. */
export function mustAgree(
  answers: ReadonlyMap<string, Answer>,
  where: string,
  { atLeast = {}, atMost = {} }: Pick<Benchmark, 'atLeast' | 'atMost'> = {},
): void {
  const [first, ...others] = answers
  for (const [name, answer] of others) {
    const difference = sameAnswer(first![1], levelled(first![1], answer, atLeast, atMost))
    if (difference !== undefined) {
      throw new Error(`${where}: ${first![0]} and ${name} disagree about ${difference}`)
    }
  }
}

/** An answer, with what the first one has where that is good enough. */
function levelled(
  first: Answer,
  other: Answer,
  atLeast: Readonly<Record<string, number>>,
  atMost: Readonly<Record<string, number>>,
): Answer {
  const high = Object.entries(atLeast).filter(
    ([facet, slack]) => Number(first[facet]) >= Number(other[facet]) - slack,
  )
  const low = Object.entries(atMost).filter(
    ([facet, share]) =>
      Number(first[facet]) <= Number(other[facet]) + share * Math.abs(Number(other[facet])),
  )
  const enough = [...high, ...low].map(([facet]) => [facet, first[facet]!])
  return { ...other, ...Object.fromEntries(enough) }
}
