/**
 * Programs with loops that write checkpoints, for tests that kill them: `survivor.js NAME DIRECTORY`
 * (without a directory: no checkpoints). Prints `running` when the loop has done a superstep, and in
 * the end what it gave, bit for bit.
 */
import { createHash } from 'node:crypto'
import { pathToFileURL } from 'node:url'
import {
  ExecutionEnvironment,
  type IterationReport,
  type RunOptions,
} from '../../../engine/index.js'
import type { CheckpointOptions } from '../../../engine/plan/loop.js'
import { randomFrom } from '../../support/random.js'

/** What a program prints. */
export interface SurvivorReport {
  /** Of all values of all records, in order. */
  readonly digest: string
  readonly rows: number
  readonly iterations: number
  readonly stoppedBy: string
  /** The first superstep of this run; 1 when there was nothing to go on from. */
  readonly from: number
}

/** A loop over any records. */
interface Runs {
  run(
    options?: RunOptions,
  ): Promise<IterationReport & { readonly data: { collect(): Promise<object[]> } }>
}

const env = new ExecutionEnvironment({ progress: false })

/** Ranks over a random graph with names, until they hardly change: sums of floats, in order. */
function ranks(checkpoint: CheckpointOptions | undefined): Runs {
  const random = randomFrom(11)
  const size = 4000
  const edges = Array.from({ length: 5 * size }, () => ({
    source: `page ${random.int(size)}`,
    target: `page ${random.int(size)}`,
  }))
  const links = env.from(edges)
  const degrees = links.groupBy('source').count()
  const pages = env.from(
    Array.from({ length: size }, (_, k) => ({ id: `page ${k}`, rank: 1 / size })),
  )
  const out = links
    .join(degrees)
    .where('source')
    .equalTo('source')
    .with((link, { count }) => ({
      source: link.source,
      target: link.target,
      share: 1 / count,
    }))
  return pages.iterate(
    {
      maxIterations: 200,
      until: ({ aggregate }) => aggregate('change') < 1e-13,
      ...(checkpoint && { checkpoint }),
    },
    current =>
      current
        .join(out)
        .where('id')
        .equalTo('source')
        .with((page, link) => ({ id: link.target, rank: page.rank * link.share }))
        .groupBy('id')
        .sum('rank')
        .join(current)
        .where('id')
        .equalTo('id')
        .with(
          (now, before, { add, size }) => {
            const rank = 0.15 / size + 0.85 * now.rank
            add('change', Math.abs(rank - before.rank))
            return { id: before.id, rank }
          },
          { with: { size } },
        ),
  )
}

/** The parts of a graph that hang together: chains, so that it takes many supersteps. */
function components(checkpoint: CheckpointOptions | undefined): Runs {
  const random = randomFrom(12)
  const size = 6000
  const chain = 100
  const ids = random.shuffle(Array.from({ length: size }, (_, k) => k))
  const pairs = ids.slice(1).flatMap((id, k) => {
    if ((k + 1) % chain === 0) return []
    const before = ids[k]!
    return [
      { source: before, target: id },
      { source: id, target: before },
    ]
  })
  const edges = env.from(pairs)
  const vertices = env.from(ids.map(id => ({ id, component: id })))
  return vertices.iterateDelta(
    { workset: vertices, key: 'id', maxIterations: 200, ...(checkpoint && { checkpoint }) },
    ({ solution, workset }) => {
      const smaller = workset
        .join(edges)
        .where('id')
        .equalTo('source')
        .with((vertex, edge) => ({ id: edge.target, component: vertex.component }))
        .groupBy('id')
        .min('component')
        .join(solution)
        .where('id')
        .equalTo('id')
        .filter((candidate, known) => candidate.component < known.component)
        .with(candidate => candidate)
      return { delta: smaller, workset: smaller }
    },
  )
}

/** The programs by name. */
export const SURVIVORS = { ranks, components } as const

/** Runs a program. */
export async function survive(
  name: keyof typeof SURVIVORS,
  directory: string | undefined,
  onSuperstep: () => void = () => {},
): Promise<SurvivorReport> {
  const loop = SURVIVORS[name](directory === undefined ? undefined : { directory })
  const { data, iterations, stoppedBy, history } = await loop.run({
    onProgress: ({ loop }) => void (loop && onSuperstep()),
  })
  const records = await data.collect()
  const hash = createHash('sha256')
  for (const record of records) {
    for (const value of Object.values(record)) {
      hash.update(typeof value === 'number' ? Float64Array.of(value) : `${value}\n`)
    }
  }
  const from = history[0]?.superstep ?? iterations + 1
  return { digest: hash.digest('hex'), rows: records.length, iterations, stoppedBy, from }
}

if (import.meta.url === pathToFileURL(process.argv[1]!).href) {
  const [name, directory] = process.argv.slice(2) as [keyof typeof SURVIVORS, string | undefined]
  let told = false
  const report = await survive(name, directory, () => {
    if (!told) process.stdout.write('running\n')
    told = true
  })
  process.stdout.write(`${JSON.stringify(report)}\n`)
}
