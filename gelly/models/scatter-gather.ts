/** The scatter-gather model over positions; `Graph.scatterGather` is its face. */
import { Int32Column, oneOf, overPlaces, ownCopy, valueBatch } from '../../engine/extend.js'
import { cells, cellsMaker } from './cells.js'
import { mailbox } from './mailbox.js'
import type { MessageCalls } from './message-calls.js'
import { messageTeam } from './message-team.js'
import type { Mailbox, Messages } from './messages.js'
import { initialValues, type ModelOutcome, type ModelRun, modelRun } from './model-loop.js'
import {
  type AnyFunction,
  type ContextWith,
  checkModelOptions,
  type ModelContext,
  type ModelOptions,
  type Nothing,
} from './model-options.js'
import type { ModelData } from './model-rows.js'
import { type ModelVertex, placedVertices } from './model-vertices.js'
import { type Sending, sender } from './sender.js'

/** What `scatter` finds in its context. */
export interface ScatterContext<K, EV, M> extends ModelContext, Sending<K, EV, M> {}

/** What `gather` finds in its context. */
export interface GatherContext<V> extends ModelContext {
  /** Gives the vertex a new value. The last of several counts. */
  setValue(value: V): void
}

/** What a scatter-gather program is made of. */
export interface ScatterGatherOptions<K, VV, EV, V = VV, M = V, H = Nothing>
  extends ModelOptions<H> {
  /** The value that each vertex begins with. Default: its value in the graph. */
  readonly initial?: (vertex: ModelVertex<K, VV>, context: ContextWith<H>) => V
  /** Sends messages; they arrive in the same superstep. */
  readonly scatter: (
    vertex: ModelVertex<K, V>,
    context: ContextWith<H, ScatterContext<K, EV, M>>,
  ) => void
  /** Called for vertices that have messages. `messages` are there until it returns. */
  readonly gather: (
    vertex: ModelVertex<K, V>,
    messages: Messages<M>,
    context: ContextWith<H, GatherContext<V>>,
  ) => void
  /** Two messages to one vertex as one, in any order and grouping. It then gets one at most. */
  readonly combine?: (a: M, b: M) => M
  /**
   * Who scatters after the first superstep: vertices `'changed'` in the one before (default), or
   * `'all'`, for sums over all neighbours. A value that equals the one before is no change.
   */
  readonly scatterFrom?: 'changed' | 'all'
  /** What becomes of messages to ids of no vertex: an error (default), or nothing. */
  readonly unknownTargets?: 'error' | 'drop'
}

/** Runs a scatter-gather program. */
export async function scatterGather(data: ModelData, options: Options): Promise<ModelOutcome> {
  const further = ['scatterFrom', 'unknownTargets']
  checkModelOptions(options, 'scatterGather', ['scatter', 'gather', 'combine?'], further)
  const { initial, scatter, gather, combine, scatterFrom = 'changed' } = options
  oneOf(scatterFrom, ['changed', 'all'], 'scatterGather', 'scatterFrom')
  const run = await modelRun(data, {
    operation: 'scatterGather',
    options,
    functions: { initial, scatter, gather, combine } as Readonly<
      Record<string, AnyFunction | undefined>
    >,
    settings: { scatterFrom, unknownTargets: options.unknownTargets },
  })
  const team = await messageTeam(run, { options, scatter, compute: gather, combine })
  try {
    return await supersteps(run, options, team?.calls)
  } finally {
    team?.close()
  }
}

type Options = ScatterGatherOptions<unknown, unknown, unknown, unknown, unknown, unknown>

/** Runs the supersteps, on the team where there is one and it can. */
async function supersteps(
  run: ModelRun,
  options: Options,
  team: MessageCalls | undefined,
): Promise<ModelOutcome> {
  const { initial, scatter, gather, combine, direction = 'out', scatterFrom = 'changed' } = options
  const { data } = run
  const { vertexCount: n } = data.topology
  const values = cells<unknown>(n, run.refuse, team?.values)
  initialValues(run, values, initial)
  const box = mailbox({ vertexCount: n, combine, cells: cellsMaker(run.refuse) })
  /** Vertices that scatter next, ascending, and how many. */
  const active = team?.list(n) ?? new Int32Array(n)
  let activeCount = n
  const { methods, begin } = sender(run, {
    ...{ box, values, direction, unknownTargets: options.unknownTargets },
    changed(v) {
      active[activeCount++] = v
    },
  })
  const context = Object.assign(run.context, methods, run.handed)
  const vertices = placedVertices(data, values.get)
  const loops = ownCopy(loopsTemplate)({
    scatter: overPlaces(scatter, [vertices]),
    gather: overPlaces(gather, [vertices, null]),
    ...{ box, begin, context, at: run.at },
  })
  let begun = false

  const here = async (everyone: boolean, workset: number) => {
    run.phase = 'scatter'
    if (everyone) await run.blocks(n, loops.scatterAll)
    else await run.blocks(workset, (from, to) => loops.scatter(active, from, to))
    run.context.add('messages', box.sent)
    const receivers = box.turn()
    run.phase = 'gather'
    activeCount = 0
    await run.blocks(receivers.length, (from, to) => loops.gather(receivers, from, to))
  }
  /** Whether the team has done it. */
  const together = async (calls: MessageCalls, everyone: boolean): Promise<boolean> => {
    calls.begin()
    const callees = everyone ? 'all' : { list: active, length: activeCount }
    const scattered = await calls.call('scatter', callees)
    if (scattered === undefined) return false
    calls.deliver()
    const gathered = await calls.call('compute', 'receivers')
    if (gathered === undefined) return false
    calls.end()
    run.context.add('messages', scattered.messages)
    activeCount = gathered.changed
    active.set(calls.changed.subarray(0, activeCount))
    return true
  }
  const step = async () => {
    const everyone = !begun || scatterFrom === 'all'
    const workset = everyone ? n : activeCount
    const able = team?.fit && values.numbers() === team.values
    if (!able || !(await together(team, everyone))) await here(everyone, workset)
    begun = true
    return { workset, changed: activeCount, pending: activeCount }
  }
  const report = await run.run(step, {
    values,
    save: () => ({ active: [valueBatch(new Int32Column(active.slice(0, activeCount)))] }),
    load({ active: saved }) {
      const column = saved![0]!.columns[0] as Int32Column
      active.set(column.values)
      activeCount = column.length
      begun = true
    },
  })
  values.keep()
  return { values, report, workers: team?.workers ?? 1 }
}

interface LoopParts {
  readonly scatter: (vertex: number, none: undefined, context: unknown) => unknown
  readonly gather: (vertex: number, messages: unknown, context: unknown) => unknown
  readonly box: Mailbox
  readonly begin: (vertex: number, maySend: boolean, maySet: boolean) => void
  readonly context: unknown
  readonly at: Int32Array
}

/** Calls `scatter` and `gather` for vertices; see `ownCopy`. */
function loopsTemplate({ scatter, gather, box, begin, context, at }: LoopParts) {
  return {
    scatterAll(from: number, to: number): void {
      for (let v = from; v < to; v++) {
        at[0] = v
        begin(v, true, false)
        scatter(v, undefined, context)
      }
    },
    scatter(vertices: Int32Array, from: number, to: number): void {
      for (let k = from; k < to; k++) {
        const v = vertices[k]!
        at[0] = v
        begin(v, true, false)
        scatter(v, undefined, context)
      }
    },
    gather(vertices: Int32Array, from: number, to: number): void {
      for (let k = from; k < to; k++) {
        const v = vertices[k]!
        at[0] = v
        begin(v, false, true)
        gather(v, box.of(v), context)
      }
    },
  }
}
