/**
 * Every algorithm answers the same for numbers and texts as ids, on one thread and with three workers.
 * Tests of the algorithms compare with oracles for some of these four; here they are compared with each
 * other, so that what holds for one holds for all.
 */
import test from 'ava'
import { DataSet, from } from '../../../engine/index.js'
import * as gelly from '../../../gelly/index.js'
import { Graph, type VertexId } from '../../../gelly/index.js'
import { environments } from '../environments.js'
import { randomGraph, symmetric, type ZooGraph, zoo } from '../zoo.js'
import { algorithmNames } from './algorithm-names.js'
import { graphWith } from './cases.js'

type Options = Readonly<Record<string, unknown>>

/** What algorithms cannot do without, by the ids of a graph. */
const NEEDED: Readonly<Record<string, (ids: readonly VertexId[]) => Options>> = {
  breadthFirstSearch: ([source]) => ({ source }),
  shortestPath: ids => ({ source: ids[0], target: ids.at(-1) }),
  shortestPaths: ([source]) => ({ source }),
  kCore: () => ({ k: 2 }),
  maximumDegree: () => ({ maximum: 3 }),
}

/** Those that take communities before their options. */
const OF_COMMUNITIES = ['modularity', 'communityQuality']

/** What depends on ids by its very meaning: it is the same only for the same ids. */
const BY_IDS = ['checksum']

const SMALL: readonly ZooGraph[] = [
  ...zoo.filter(({ vertexCount, name }) => vertexCount <= 11 && !name.startsWith('symmetric')),
  randomGraph(24, 60, 13),
  symmetric(randomGraph(24, 40, 14)),
]

/** Ids of both kinds in the same order, which is not that of positions; no other answer looks like one. */
const place = (v: number) => (v * 37) % 101
const KINDS: readonly ((v: number) => VertexId)[] = [
  v => 900_000_000 + place(v),
  v => `v${String(place(v)).padStart(3, '0')}`,
]

/** Each graph four times: loaded once for all algorithms. */
const CROSSED = SMALL.map(zooGraph => ({
  zooGraph,
  four: KINDS.flatMap(kind => {
    const ids = Array.from({ length: zooGraph.vertexCount }, (_, v) => kind(v))
    return environments.map(({ env }) => ({ ids, graph: graphWith(zooGraph, ids, env) }))
  }),
}))

for (const name of algorithmNames()) {
  test.serial(`${name} answers the same for all ids and workers`, async t => {
    for (const { zooGraph, four } of CROSSED) {
      if (zooGraph.vertexCount === 0 && name in NEEDED) continue
      const found: string[] = []
      for (const { graph, ids } of four) found.push(await answerOf(name, graph, ids))
      const [first, second, third, fourth] = found
      t.is(second, first, `${zooGraph.name}, numbers, 3 workers`)
      if (!BY_IDS.includes(name)) t.is(third, first, `${zooGraph.name}, texts`)
      t.is(fourth, third, `${zooGraph.name}, texts, 3 workers`)
    }
  })
}

/** All that an algorithm gives, as a text, with positions for ids; what it throws, where it does. */
async function answerOf(
  name: string,
  graph: Graph<VertexId, null, number>,
  ids: readonly VertexId[],
): Promise<string> {
  const run = (gelly as unknown as Readonly<Record<string, (...given: unknown[]) => unknown>>)[
    name
  ]!
  const options = NEEDED[name]?.(ids) ?? {}
  const divided = from(ids.map((id, v) => ({ id, community: v % 3 })))
  const given = OF_COMMUNITIES.includes(name) ? [divided, options] : [options]
  const positions = new Map(ids.map((id, v) => [id, v]))
  try {
    return JSON.stringify(await plain(await run(graph, ...given), positions))
  } catch (error) {
    const { name: kind } = error as Error
    if (kind !== 'ArgumentError' || name !== 'topologicalOrder') throw error
    return kind
  }
}

async function plain(value: unknown, positions: ReadonlyMap<unknown, number>): Promise<unknown> {
  const position = positions.get(value)
  if (position !== undefined) return `vertex ${position}`
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value)
  if (value instanceof DataSet) return plain(await value.collect(), positions)
  if (value instanceof Graph) {
    return plain([await value.vertices.collect(), await value.edges.collect()], positions)
  }
  if (value instanceof Map) return plain([...value], positions)
  if (Array.isArray(value) || ArrayBuffer.isView(value)) {
    return Promise.all(Array.from(value as ArrayLike<unknown>, each => plain(each, positions)))
  }
  if (typeof value !== 'object' || value === null) return String(value)
  const fields = Object.entries(value).filter(
    // What it took is another matter.
    ([field, of]) => !['ms', 'workers'].includes(field) && typeof of !== 'function',
  )
  return Promise.all(fields.map(async ([field, of]) => [field, await plain(of, positions)]))
}
