/** Message-passing models over numbers on the threads of a team: see `message-calls.ts`. */
import { createKernelTeam } from '../../engine/extend.js'
import { MemoryError } from '../../engine/index.js'
import { Scratch } from '../topology/scratch.js'
import { deliveryRows } from './delivery-rows.js'
import { MessageCalls } from './message-calls.js'
import { messageLists } from './message-lists.js'
import { COUNT_WORDS, type MessageParts } from './message-loops.js'
import {
  type MessageFunctionsGiven,
  type MessageSources,
  messageSources,
} from './message-sources.js'
import type { ModelRun } from './model-loop.js'
import type { ModelOptions } from './model-options.js'
import type { NumberArray } from './numeric-loops.js'
import { Outboxes } from './outboxes.js'
import { partAggregates } from './part-aggregates.js'

/** What is to run. */
export interface MessageProgram extends MessageFunctionsGiven {
  readonly options: ModelOptions<unknown>
}

/** A team at work. */
export interface MessageTeam {
  readonly calls: MessageCalls
  /** Gives threads and arrays back. */
  close(): void
}

/** The least work of a part, in edges and vertices. */
const GRAIN = 32_768

/** The most parts that a team makes of a call. */
const MOST_PARTS = 256

/** Prepares a team; `undefined` where the program or the graph is not for it. */
export async function messageTeam(
  run: ModelRun,
  program: MessageProgram,
): Promise<MessageTeam | undefined> {
  const { topology, threads } = run.data
  const grain = threads?.grain ?? GRAIN
  if (threads === undefined || topology.vertexCount + topology.edgeCount < 2 * grain) {
    return undefined
  }
  const sources = messageSources(run, program)
  if (sources === undefined) return undefined
  const scratch = new Scratch(topology.region)
  const { signal } = program.options
  const team = createKernelTeam(topology.region, { workers: threads.workers, grain, signal })
  const close = () => {
    team.close()
    scratch.release()
  }
  try {
    const calls = await prepared(run, program, sources, { scratch, team, grain })
    if (calls !== undefined) return { calls, close }
    close()
    return undefined
  } catch (error) {
    close()
    // The loops of the calling thread need less.
    if (error instanceof MemoryError) return undefined
    throw error
  }
}

interface Means {
  readonly scratch: Scratch
  readonly team: ReturnType<typeof createKernelTeam>
  readonly grain: number
}

async function prepared(
  run: ModelRun,
  { options, scatter, compute, combine }: MessageProgram,
  sources: MessageSources,
  { scratch, team, grain }: Means,
): Promise<MessageCalls | undefined> {
  const { topology } = run.data
  const { vertexCount: n } = topology
  const aggregates = sources.counted
    ? partAggregates(run, options, scatter ? [compute, scatter] : [compute], MOST_PARTS, scratch)
    : partAggregates(run, {}, [], 0, scratch)
  if (aggregates === undefined) return undefined
  const rows = await deliveryRows(run.data, options.direction ?? 'out', scratch)
  // Who scatters reads no messages, so one outbox does for both.
  const outboxes = new Outboxes(rows, scatter === undefined, scratch)
  const lists = messageLists(n, scratch)
  const values = scratch.float64(n)
  const arrayOf = (field: string): NumberArray => {
    if (field === 'value') return values
    return field === 'inDegree' ? topology.inDegrees : topology.outDegrees
  }
  const parts: MessageParts = {
    outboxes: outboxes.boxes,
    ...{ degrees: rows.degrees, offsets: rows.offsets, senders: rows.senders },
    ...{ starts: lists.starts, ends: lists.ends },
    edges: undefined,
    scatterArrays: sources.scatterReads.map(arrayOf),
    computeArrays: sources.computeReads.map(arrayOf),
    handed: sources.handed,
    combines: combine !== undefined,
    values,
    before: scratch.float64(n),
    halted: scratch.uint8(n),
    haltedBefore: scratch.uint8(n),
    changed: scratch.int32(n),
    counts: scratch.float64(MOST_PARTS * COUNT_WORDS),
    aggregates: aggregates.parts,
  }
  const calls = new MessageCalls(run, {
    ...{ team, grain, parts, outboxes, lists, rows, aggregates },
    maker: sources.maker,
    int32: length => scratch.int32(length),
  })
  await calls.load()
  return calls
}
