/** The functions of message-passing models as text, for other threads. */
import { isAccumulator, makerAround, type PlacedSource, placedSource } from '../../engine/extend.js'
import { messageLoops } from './message-loops.js'
import type { ModelRun } from './model-loop.js'
import type { AnyFunction } from './model-options.js'
import { plainData } from './plain-data.js'

/** What a message-passing model is made of. */
export interface MessageFunctionsGiven {
  /** Sends; without it `compute` does. */
  readonly scatter?: AnyFunction
  /** Called with messages. */
  readonly compute: AnyFunction
  readonly combine: AnyFunction | undefined
}

/** See the module's documentation. */
export interface MessageSources {
  /** The text of the loops around the functions. */
  readonly maker: string
  /** Fields of vertices that functions read. */
  readonly scatterReads: readonly string[]
  readonly computeReads: readonly string[]
  /** What of the context is handed over. */
  readonly handed: Readonly<Record<string, unknown>>
  /** Whether functions add to aggregates or read them. */
  readonly counted: boolean
}

const COUNTING = ['add', 'aggregate']
const SENDING = ['sendToNeighbors', ...COUNTING]
const SETTING = ['setValue', ...COUNTING]
const COMPUTING = ['sendToNeighbors', 'voteToHalt', ...SETTING]

/** Fields of vertices that lie in arrays. */
const VERTEX_FIELDS = ['value', 'inDegree', 'outDegree']

const NOTHING: PlacedSource = { maker: '() => () => {}', reads: [], contextReads: [] }

/** `undefined` where the functions need what other threads do not have. */
export function messageSources(
  run: ModelRun,
  { scatter, compute, combine }: MessageFunctionsGiven,
): MessageSources | undefined {
  const { vertexCount, edgeCount } = run.data.topology
  const all: Readonly<Record<string, unknown>> = {
    ...run.handed,
    ...{ vertexCount, edgeCount, superstep: 0 },
  }
  const values = Object.keys(all)
  const sends = scatter ? placedSource(scatter, [true], { values, methods: SENDING }) : NOTHING
  const methods = scatter ? SETTING : COMPUTING
  const computes = placedSource(compute, [true, false], { values, methods })
  const combines = combine
    ? placedSource(combine, [false, false], { values: [], methods: [] })
    : NOTHING
  if (sends === undefined || computes === undefined || combines === undefined) return undefined
  const reads = [...sends.reads, ...computes.reads]
  const contextReads = [...sends.contextReads, ...computes.contextReads]
  const handed = contextReads
    .filter(name => !COMPUTING.includes(name))
    .map(name => [name, all[name]] as const)
  const fits =
    reads.every(({ field }) => VERTEX_FIELDS.includes(field)) &&
    handed.every(([, value]) => !isAccumulator(value) && plainData(value))
  if (!fits) return undefined
  const makers = { scatter: sends.maker, compute: computes.maker, combine: combines.maker }
  const maker = makerAround(messageLoops, makers)
  if (maker === undefined) return undefined
  return {
    maker,
    scatterReads: sends.reads.map(({ field }) => field),
    computeReads: computes.reads.map(({ field }) => field),
    handed: Object.fromEntries(handed),
    counted: contextReads.some(name => COUNTING.includes(name)),
  }
}
