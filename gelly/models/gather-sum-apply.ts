/** The gather-sum-apply model over positions; `Graph.gatherSumApply` is its face. */
import {
  functionFacts,
  Int32Column,
  oneOf,
  overPlaces,
  ownCopy,
  valueBatch,
} from '../../engine/extend.js'
import { ArgumentError } from '../../engine/index.js'
import type { EdgeRows } from '../topology/adjacency.js'
import { cells } from './cells.js'
import { type GatherSumApplyLoops, gatherSumApplyLoops } from './gather-sum-apply-loop.js'
import { type GatherTeam, gatherTeam } from './gather-team.js'
import { initialValues, type ModelOutcome, type ModelRun, modelRun } from './model-loop.js'
import {
  type AnyFunction,
  type ContextWith,
  checkModelOptions,
  type ModelOptions,
  type Nothing,
} from './model-options.js'
import {
  edgeRows,
  edgesInRows,
  type ModelData,
  plainRows,
  type RowSide,
  sidesFrom,
  sidesTo,
} from './model-rows.js'
import { type ModelEdge, type ModelVertex, placedVertices } from './model-vertices.js'

/** What a gather-sum-apply program is made of. */
export interface GatherSumApplyOptions<K, VV, EV, V = VV, M = V, H = Nothing>
  extends ModelOptions<H> {
  /** The value that each vertex begins with. Default: its value in the graph. */
  readonly initial?: (vertex: ModelVertex<K, VV>, context: ContextWith<H>) => V
  /** What a vertex gathers from a neighbour along an edge. */
  readonly gather: (
    neighbour: ModelVertex<K, V>,
    edge: ModelEdge<K, EV>,
    context: ContextWith<H>,
  ) => M
  /** Two gathered values as one, in any order and any grouping. */
  readonly sum: (a: M, b: M) => M
  /** The new value of a vertex; `undefined` keeps the one it has. */
  readonly apply: (sum: M, vertex: ModelVertex<K, V>, context: ContextWith<H>) => V | undefined
  /**
   * From whom vertices gather: `'all'` neighbours (default), or only those `'changed'` in the
   * superstep before, which is faster and suits sums such as minima that bear the missing ones.
   */
  readonly gatherFrom?: 'all' | 'changed'
  /**
   * The sum of a vertex that has no neighbours to gather from. Without it such vertices are not
   * applied, and keep their values.
   */
  readonly sumOfNone?: M
}

/** Changed vertices push while they have less than one in so many of the edges. */
const PUSH_BELOW = 8

/** Runs a gather-sum-apply program. */
export async function gatherSumApply(
  data: ModelData,
  options: GatherSumApplyOptions<unknown, unknown, unknown, unknown, unknown, unknown>,
): Promise<ModelOutcome> {
  checkModelOptions(
    options,
    'gatherSumApply',
    ['gather', 'sum', 'apply'],
    ['gatherFrom', 'sumOfNone'],
  )
  const { gatherFrom = 'all', sumOfNone, initial, gather, sum, apply } = options
  oneOf(gatherFrom, ['all', 'changed'], 'gatherSumApply', 'gatherFrom')
  if (gatherFrom === 'changed' && sumOfNone !== undefined) {
    throw new ArgumentError(
      'gatherSumApply: sumOfNone needs gatherFrom: "all"; leave one of them out.',
    )
  }
  const run = await modelRun(data, {
    operation: 'gatherSumApply',
    options,
    functions: { initial, gather, sum, apply } as Readonly<Record<string, AnyFunction | undefined>>,
    settings: { gatherFrom, sumOfNone },
  })
  const { topology } = data
  const { vertexCount: n, edgeCount } = topology
  const counts = { superstep: 1, vertexCount: n, edgeCount }
  const facts = functionFacts(gather, 2, { ...run.handed, ...counts })
  // Where edges play no part, each vertex is asked once instead of once per edge.
  const once = facts.repeatable && facts.reads[1]!.length === 0
  const team = await gatherTeam(run, { options, gather, sum, apply, sumOfNone, once })
  try {
    return await gatherLoop(run, options, once, team)
  } finally {
    team?.close()
  }
}

type Options = GatherSumApplyOptions<unknown, unknown, unknown, unknown, unknown, unknown>

/** Runs the supersteps, on the team where there is one and it can. */
async function gatherLoop(
  run: ModelRun,
  { gatherFrom = 'all', sumOfNone, direction = 'out', initial, gather, sum, apply }: Options,
  once: boolean,
  team: GatherTeam | undefined,
): Promise<ModelOutcome> {
  const { data } = run
  const { topology } = data
  const { vertexCount: n, edgeCount } = topology
  const everyone = gatherFrom === 'all'
  const context = Object.assign(run.context, run.handed)
  const values = cells<unknown>(n, run.refuse, team?.values)
  const vertices = placedVertices(data, values.get)
  initialValues(run, values, initial)
  const shared = {
    once,
    sum: ownCopy(sum),
    apply: overPlaces(apply, [null, vertices]),
    context,
    values,
    given: cells<unknown>(n, run.refuse, team?.given),
    sums: cells<unknown>(n, run.refuse, team?.sums),
    has: team?.has ?? new Uint8Array(n),
    changed: team?.changed ?? new Uint8Array(n),
    at: run.at,
  }
  const made = new Map<RowSide, ReturnType<typeof makeSide>>()
  const makeSide = (side: RowSide) => {
    const rows = once ? plainRows(topology, side) : edgeRows(topology, side)
    const edges = 'edges' in rows ? edgesInRows(data, rows as EdgeRows) : null
    const placed = overPlaces(gather, [vertices, once ? null : edges])
    return { rows, loops: gatherSumApplyLoops({ ...shared, gather: placed }) }
  }
  const sideOf = (side: RowSide) => {
    const known = made.get(side) ?? makeSide(side)
    made.set(side, known)
    return known
  }
  const anyLoops = (): GatherSumApplyLoops => sideOf(sidesTo(direction)[0]!).loops
  let [frontier, next, frontierLength] = [new Int32Array(n), new Int32Array(n), n]
  let begun = false
  let workers = 1

  const give = async (list: Int32Array | null, length: number) => {
    if (!once) return
    run.phase = 'gather'
    const loops = anyLoops()
    await run.blocks(length, (from, to) => loops.give(list, from, to))
  }
  const sumAll = async (all: boolean) => {
    run.phase = once ? 'sum' : 'gather or sum'
    for (const side of sidesTo(direction)) {
      const { rows, loops } = sideOf(side)
      await run.blocks(n, (from, to) => {
        if (!all) loops.sumChanged(rows, from, to)
        else if (once) loops.sumGiven(rows, from, to)
        else loops.sumEdges(rows, from, to)
      })
    }
  }
  const applyTo = async (list: Int32Array | null, length: number) => {
    run.phase = 'apply'
    const loops = anyLoops()
    let count = 0
    await run.blocks(length, (from, to) => {
      count = loops.apply(list, from, to, next, count, sumOfNone)
    })
    return count
  }
  /** Edges that leave the frontier. */
  const messagesOf = () => {
    let messages = 0
    for (const side of sidesFrom(direction)) {
      const { offsets } = plainRows(topology, side)
      for (let k = 0; k < frontierLength; k++) {
        messages += offsets[frontier[k]! + 1]! - offsets[frontier[k]!]!
      }
    }
    return messages
  }
  /** The frontier brings what it gives to its neighbours. */
  const push = async (messages: number) => {
    await give(frontier, frontierLength)
    run.phase = once ? 'sum' : 'gather or sum'
    const touched = new Int32Array(Math.min(messages, n))
    let count = 0
    for (const side of sidesFrom(direction)) {
      const { rows, loops } = sideOf(side)
      await run.blocks(frontierLength, (from, to) => {
        count = loops.push(rows, frontier, from, to, touched, count)
      })
    }
    return await applyTo(touched.subarray(0, count).sort(), count)
  }
  /** All vertices look at all neighbours, or at all that are marked. */
  const pull = async (all: boolean) => {
    if (team !== undefined && values.numbers() === team.values) {
      const count = await team.superstep(all ? 'all' : 'changed', next)
      if (count !== undefined) {
        workers = team.workers
        return count
      }
    }
    if (all) await give(null, n)
    else await give(frontier, frontierLength)
    await sumAll(all)
    return await applyTo(null, n)
  }
  const pullChanged = async () => {
    for (let k = 0; k < frontierLength; k++) shared.changed[frontier[k]!] = 1
    const count = await pull(false)
    for (let k = 0; k < frontierLength; k++) shared.changed[frontier[k]!] = 0
    return count
  }
  const step = async () => {
    const all = everyone || !begun
    const workset = all ? n : frontierLength
    const messages = all ? edgeCount * sidesTo(direction).length : messagesOf()
    let count: number
    if (all) count = await pull(true)
    else count = messages * PUSH_BELOW < edgeCount ? await push(messages) : await pullChanged()
    run.context.add('messages', messages)
    begun = true
    ;[frontier, next, frontierLength] = [next, frontier, count]
    return { workset, changed: count, pending: count }
  }
  const report = await run.run(step, {
    values,
    save: () => ({ changed: [valueBatch(new Int32Column(frontier.slice(0, frontierLength)))] }),
    load({ changed }) {
      const saved = changed![0]!.columns[0] as Int32Column
      frontier.set(saved.values)
      frontierLength = saved.length
      begun = true
    },
  })
  values.keep()
  return { values, report, workers }
}
