/** The vertex-centric model (Pregel) over positions; `Graph.vertexCentric` is its face. */
import {
  Int32Column,
  oneOf,
  overPlaces,
  ownCopy,
  RecordBatch,
  valueBatch,
} from '../../engine/extend.js'
import { cells, cellsMaker, columnFrom } from './cells.js'
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

/** What `compute` finds in its context. */
export interface VertexCentricContext<K, EV, V, M> extends ModelContext, Sending<K, EV, M> {
  /** Gives the vertex a new value, which others cannot see. The last of several counts. */
  setValue(value: V): void
  /**
   * With `halt: 'vote'`: the vertex need not be called again until a message wakes it. Otherwise all
   * vertices rest until then anyway.
   */
  voteToHalt(): void
}

/** What a vertex-centric program is made of. */
export interface VertexCentricOptions<K, VV, EV, V = VV, M = V, H = Nothing>
  extends ModelOptions<H> {
  /** The value that each vertex begins with. Default: its value in the graph. */
  readonly initial?: (vertex: ModelVertex<K, VV>, context: ContextWith<H>) => V
  /**
   * Called for every vertex in the first superstep, and for each active one in the later ones. What it
   * sends arrives in the next superstep. `messages` are there until it returns.
   */
  readonly compute: (
    vertex: ModelVertex<K, V>,
    messages: Messages<M>,
    context: ContextWith<H, VertexCentricContext<K, EV, V, M>>,
  ) => void
  /** Two messages to one vertex as one, in any order and grouping. It then gets one at most. */
  readonly combine?: (a: M, b: M) => M
  /**
   * Who is active after the first superstep: vertices that have got messages (`'automatic'`, the
   * default), or those, too, that have not called `voteToHalt` since they were last woken (`'vote'`).
   */
  readonly halt?: 'automatic' | 'vote'
  /** What becomes of messages to ids of no vertex: an error (default), or nothing. */
  readonly unknownTargets?: 'error' | 'drop'
}

/** Runs a vertex-centric program. */
export async function vertexCentric(data: ModelData, options: Options): Promise<ModelOutcome> {
  const further = ['halt', 'unknownTargets']
  checkModelOptions(options, 'vertexCentric', ['compute', 'combine?'], further)
  const { initial, compute, combine, halt = 'automatic' } = options
  oneOf(halt, ['automatic', 'vote'], 'vertexCentric', 'halt')
  const run = await modelRun(data, {
    operation: 'vertexCentric',
    options,
    functions: { initial, compute, combine } as Readonly<Record<string, AnyFunction | undefined>>,
    settings: { halt, unknownTargets: options.unknownTargets },
  })
  const team = await messageTeam(run, { options, compute, combine })
  try {
    return await supersteps(run, options, team?.calls)
  } finally {
    team?.close()
  }
}

type Options = VertexCentricOptions<unknown, unknown, unknown, unknown, unknown, unknown>

/** Runs the supersteps, on the team where there is one and it can. */
async function supersteps(
  run: ModelRun,
  options: Options,
  team: MessageCalls | undefined,
): Promise<ModelOutcome> {
  const { initial, compute, combine, halt = 'automatic', direction = 'out' } = options
  const { data } = run
  const { vertexCount: n } = data.topology
  const values = cells<unknown>(n, run.refuse, team?.values)
  initialValues(run, values, initial)
  const box = mailbox({ vertexCount: n, combine, cells: cellsMaker(run.refuse) })
  let changed = 0
  const { methods, begin } = sender(run, {
    ...{ box, values, direction, unknownTargets: options.unknownTargets },
    changed: () => void changed++,
  })
  const halted = team?.halted ?? new Uint8Array(n)
  let awake = halt === 'vote' ? n : 0
  const voteToHalt = () => {
    const v = run.at[0]!
    if (halted[v] === 0 && halt === 'vote') awake--
    halted[v] = 1
  }
  const context = Object.assign(run.context, methods, { voteToHalt }, run.handed)
  const placed = overPlaces(compute, [placedVertices(data, values.get), null])
  const loops = ownCopy(loopsTemplate)({ compute: placed, box, begin, context, at: run.at, halted })
  let receivers: Int32Array = new Int32Array(0)
  let begun = false
  /** Whether what was sent last lies with the team, and not in the box. */
  let teamHolds = false
  const collect = () => {
    if (!teamHolds) return
    team!.sendInto(box)
    receivers = box.turn()
  }

  const here = async () => {
    collect()
    teamHolds = false
    changed = 0
    let workset = n
    if (!begun) await run.blocks(n, loops.all)
    else if (halt === 'vote') {
      workset = 0
      await run.blocks(n, (from, to) => {
        const { called, woken } = loops.active(from, to)
        workset += called
        awake += woken
      })
    } else {
      workset = receivers.length
      await run.blocks(workset, (from, to) => loops.list(receivers, from, to))
    }
    run.context.add('messages', box.sent)
    receivers = box.turn()
    return { workset, changed, pending: receivers.length + awake }
  }
  const together = async (calls: MessageCalls) => {
    calls.begin()
    const callees = !begun ? 'all' : halt === 'vote' ? 'awake' : 'receivers'
    const called = await calls.call('compute', callees)
    if (called === undefined) return undefined
    calls.end()
    run.context.add('messages', called.messages)
    calls.deliver()
    teamHolds = true
    if (halt === 'vote') awake = called.awake
    return { workset: called.called, changed: called.changed, pending: called.messages + awake }
  }
  const step = async () => {
    run.phase = 'compute'
    const able = team?.fit && values.numbers() === team.values
    const outcome = (able ? await together(team) : undefined) ?? (await here())
    begun = true
    return outcome
  }
  const report = await run.run(step, {
    values,
    save() {
      collect()
      const { targets, get } = box.contents()
      const columns = [new Int32Column(targets), columnFrom(targets.length, get)]
      return {
        messages: [new RecordBatch('object', ['target', 'message'], columns, targets.length)],
        halted: [valueBatch(new Int32Column(Int32Array.from(halted)))],
      }
    },
    load({ messages, halted: saved }) {
      const { columns, length } = messages![0]!
      const targets = (columns[0] as Int32Column).values
      for (let k = 0; k < length; k++) box.send(targets[k]!, columns[1]!.get(k))
      receivers = box.turn()
      team?.accept(length, targets, columns[1]!)
      halted.set((saved![0]!.columns[0] as Int32Column).values)
      if (halt === 'vote') awake = halted.reduce((sum, flag) => sum - flag, n)
      begun = true
    },
  })
  values.keep()
  return { values, report, workers: team?.workers ?? 1 }
}

interface LoopParts {
  readonly compute: (vertex: number, messages: unknown, context: unknown) => unknown
  readonly box: Mailbox
  readonly begin: (vertex: number, maySend: boolean, maySet: boolean) => void
  readonly context: unknown
  readonly at: Int32Array
  readonly halted: Uint8Array
}

/** Calls `compute` for vertices; see `ownCopy`. */
function loopsTemplate({ compute, box, begin, context, at, halted }: LoopParts) {
  const call = (v: number): void => {
    at[0] = v
    begin(v, true, true)
    compute(v, box.of(v), context)
  }
  return {
    all(from: number, to: number): void {
      for (let v = from; v < to; v++) call(v)
    },
    list(vertices: Int32Array, from: number, to: number): void {
      for (let k = from; k < to; k++) call(vertices[k]!)
    },
    /** Those that have not halted or have messages, which wake them. */
    active(from: number, to: number): { called: number; woken: number } {
      let called = 0
      let woken = 0
      for (let v = from; v < to; v++) {
        if (halted[v] === 1) {
          if (!box.has(v)) continue
          halted[v] = 0
          woken++
        }
        called++
        call(v)
      }
      return { called, woken }
    },
  }
}
