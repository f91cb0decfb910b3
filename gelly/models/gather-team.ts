/**
 * Gather, sum, apply over numbers on the threads of a team.
 *
 * It is for functions of which other threads can have the text. Vertices are cut into parts that depend
 * on the graph alone; each part writes what belongs to its vertices, and what it adds to aggregates is
 * merged in the order of the parts. So the answer is the same for any number of threads. Where a
 * function throws, or something is no number, all is as it was before the superstep, which the loops of
 * the calling thread then do over again: with the right error, or with values of the other kind.
 */
import {
  createKernelTeam,
  type GeneratedKernel,
  isAccumulator,
  makerAround,
  type Parts,
  type PlacedSource,
  placedSource,
  type TeamKernel,
} from '../../engine/extend.js'
import { Scratch } from '../topology/scratch.js'
import type { ModelRun } from './model-loop.js'
import type { AnyFunction, ModelOptions } from './model-options.js'
import { edgeNumbersInRows, edgeRows, plainRows, type RowSide, sidesTo } from './model-rows.js'
import {
  type NumberArray,
  type NumericKernel,
  type NumericParts,
  type NumericSide,
  numericLoops,
  PHASES,
} from './numeric-loops.js'
import { type MergedAggregates, partAggregates } from './part-aggregates.js'
import { plainData } from './plain-data.js'

/** What is to run. */
export interface GatherProgram {
  readonly options: ModelOptions<unknown>
  readonly gather: AnyFunction
  readonly sum: AnyFunction
  readonly apply: AnyFunction
  readonly sumOfNone: unknown
  /** See `GatherSumApplyParts`. */
  readonly once: boolean
}

/** Arrays by vertex that the loops of the calling thread work on as well. */
export interface GatherArrays {
  readonly values: Float64Array
  readonly given: Float64Array
  readonly sums: Float64Array
  readonly has: Uint8Array
  readonly changed: Uint8Array
}

/** See the module's documentation. */
export interface GatherTeam extends GatherArrays {
  /** Threads that take part. */
  readonly workers: number
  /**
   * A superstep: all vertices gather from all neighbours, or from those marked in `changed`.
   *
   * @param next Gets the vertices that change.
   * @returns How many change; `undefined` where the calling thread has to do it.
   */
  superstep(from: 'all' | 'changed', next: Int32Array): Promise<number | undefined>
  /** Gives threads and arrays back. */
  close(): void
}

/** The least work of a part, in edges and vertices. */
const GRAIN = 32_768

/** The most parts that a team makes of a call. */
const MOST_PARTS = 256

/** Prepares a team; `undefined` where the program or the graph is not for it. */
export async function gatherTeam(
  run: ModelRun,
  program: GatherProgram,
): Promise<GatherTeam | undefined> {
  const { topology, threads } = run.data
  const { vertexCount: n, edgeCount } = topology
  const grain = threads?.grain ?? GRAIN
  if (threads === undefined || n + edgeCount < 2 * grain) return undefined
  const sources = sourcesOf(run, program)
  if (sources === undefined) return undefined
  const { signal, direction = 'out' } = program.options
  const scratch = new Scratch(topology.region)
  const team = createKernelTeam(topology.region, { workers: threads.workers, grain, signal })
  const close = () => {
    team.close()
    scratch.release()
  }
  try {
    const functions = [program.gather, program.apply]
    const counts = sources.counted ? MOST_PARTS : 0
    const aggregates = sources.counted
      ? partAggregates(run, program.options, functions, counts, scratch)
      : partAggregates(run, {}, [], 0, scratch)
    if (aggregates === undefined) {
      close()
      return undefined
    }
    const arrays = {
      values: scratch.float64(n),
      given: scratch.float64(program.once ? n : 0),
      sums: scratch.float64(n),
      has: scratch.uint8(n),
      changed: scratch.uint8(n),
    }
    const sides = sidesTo(direction).map(side => rowsOf(run, sources, side, arrays.values, scratch))
    const parts: NumericParts = {
      ...arrays,
      sides,
      applyArrays: sources.apply.reads.map(({ field }) => vertexArray(run, field, arrays.values)),
      handed: sources.handed,
      once: program.once,
      before: scratch.float64(n),
      list: scratch.int32(n),
      none: program.sumOfNone as number | undefined,
      aggregates: aggregates.parts,
    }
    const kernel: GeneratedKernel = { maker: sources.maker, values: [parts] }
    const { loops } = await team.load<{ loops: NumericKernel }>({
      name: run.operation,
      functions: { loops: kernel },
    })
    const within = (cuts: Parts): Int32Array => {
      const lent = scratch.int32(cuts.length)
      lent.set(cuts)
      return lent
    }
    const vertices = within(team.evenParts(n))
    const rows = sides.map(({ offsets }) => within(team.rowParts(offsets)))
    const superstep = supersteps(run, { loops, parts, vertices, rows, aggregates })
    return { ...arrays, workers: team.size, superstep, close }
  } catch (error) {
    close()
    throw error
  }
}

interface Loops {
  readonly loops: TeamKernel<[number, number, number, Int32Array]>
  readonly parts: NumericParts
  /** Parts of the vertices. */
  readonly vertices: Int32Array
  /** By side: parts of the rows. */
  readonly rows: readonly Int32Array[]
  readonly aggregates: MergedAggregates
}

function supersteps(
  run: ModelRun,
  { loops, parts, vertices, rows, aggregates }: Loops,
): GatherTeam['superstep'] {
  const { once, list, values, before, has } = parts
  let fits = true
  /** What the parts gave; `undefined` when one could not. */
  const call = async (phase: number, side: number, cuts: Int32Array) => {
    const results = await loops(cuts, phase, side, run.context.superstep, cuts)
    if (results.includes(-1)) return undefined
    aggregates.collect(results.length)
    return results
  }
  const gathered = async (all: boolean): Promise<boolean> => {
    if (once && !(await call(all ? PHASES.give : PHASES.giveChanged, 0, vertices))) return false
    for (const [side, cuts] of rows.entries()) {
      if (!(await call(all ? PHASES.sum : PHASES.sumChanged, side, cuts))) return false
    }
    return true
  }
  return async (from, next) => {
    if (!fits) return undefined
    aggregates.begin()
    const ready = await gathered(from === 'all')
    const counts = ready ? await call(PHASES.apply, 0, vertices) : undefined
    if (counts === undefined) {
      fits = false
      has.fill(0)
      if (ready) values.set(before)
      return undefined
    }
    aggregates.end()
    let length = 0
    for (let part = 0; part < counts.length; part++) {
      const first = vertices[part]!
      next.set(list.subarray(first, first + counts[part]!), length)
      length += counts[part]!
    }
    return length
  }
}

interface Sources {
  readonly maker: string
  readonly gather: PlacedSource
  readonly apply: PlacedSource
  /** What of the context is handed over. */
  readonly handed: Readonly<Record<string, unknown>>
  /** Whether they add to aggregates or read them. */
  readonly counted: boolean
}

const METHODS = ['add', 'aggregate']
const VERTEX_FIELDS = ['value', 'inDegree', 'outDegree']

/** The functions as text; `undefined` where they need what other threads do not have. */
function sourcesOf(run: ModelRun, program: GatherProgram): Sources | undefined {
  const { vertexCount, edgeCount, edgeNumbers } = { ...run.data.topology, ...run.data }
  const { once, sumOfNone } = program
  if (sumOfNone !== undefined && typeof sumOfNone !== 'number') return undefined
  const all: Readonly<Record<string, unknown>> = {
    ...run.handed,
    ...{ vertexCount, edgeCount, superstep: 0 },
  }
  const context = { values: Object.keys(all), methods: METHODS }
  const gather = placedSource(program.gather, [true, !once], context)
  const sum = placedSource(program.sum, [false, false], { values: [], methods: [] })
  const apply = placedSource(program.apply, [false, true], context)
  if (gather === undefined || sum === undefined || apply === undefined) return undefined
  const fits = [...gather.reads, ...apply.reads.map(read => ({ ...read, input: 0 }))].every(
    ({ input, field }) =>
      input === 0 ? VERTEX_FIELDS.includes(field) : field === 'value' && edgeNumbers !== undefined,
  )
  const reads = [...gather.contextReads, ...apply.contextReads]
  const handed = reads.filter(name => !METHODS.includes(name)).map(name => [name, all[name]])
  if (!fits || !handed.every(([, value]) => !isAccumulator(value) && plainData(value)))
    return undefined
  const makers = { gather: gather.maker, sum: sum.maker, apply: apply.maker }
  const maker = makerAround(numericLoops, makers)
  if (maker === undefined) return undefined
  const counted = reads.some(name => METHODS.includes(name))
  return { maker, gather, apply, handed: Object.fromEntries(handed), counted }
}

function rowsOf(
  run: ModelRun,
  { gather }: Sources,
  side: RowSide,
  values: Float64Array,
  scratch: Scratch,
): NumericSide {
  const { data } = run
  const { topology } = data
  const weighted = gather.reads.some(({ input }) => input === 1)
  const { offsets, neighbours } = weighted ? edgeRows(topology, side) : plainRows(topology, side)
  const gatherArrays = gather.reads.map(({ input, field }): NumberArray => {
    if (input === 0) return vertexArray(run, field, values)
    const room = scratch.float64(topology.edgeCount)
    return edgeNumbersInRows(data.edgeNumbers!, edgeRows(topology, side), room)
  })
  return { offsets, neighbours, gatherArrays }
}

function vertexArray({ data: { topology } }: ModelRun, field: string, values: Float64Array) {
  if (field === 'value') return values
  return field === 'inDegree' ? topology.inDegrees : topology.outDegrees
}
