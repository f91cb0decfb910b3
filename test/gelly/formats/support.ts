/** Files and graphs in memory for tests of formats. */
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Graph } from '../../../gelly/graph.js'
import type { ZooGraph } from '../zoo.js'

/** A text as the bytes of a file. */
export function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

/** The path of a file in a new folder of the system's for such. */
export async function temporary(name: string, content?: string): Promise<string> {
  const path = join(await mkdtemp(join(tmpdir(), 'wiesel-')), name)
  if (content !== undefined) await writeFile(path, content)
  return path
}

/** A graph of the zoo with ids `ids` and its weights as values. */
export function graphOfZoo<K extends number | string>(zoo: ZooGraph, ids: readonly K[]) {
  const vertices = ids.map(id => ({ id, value: `value of ${id}` }))
  const edges = zoo.sources.map((source, k) => ({
    source: ids[source]!,
    target: ids[zoo.targets[k]!]!,
    value: zoo.weights[k]!,
  }))
  return Graph.from({ vertices, edges })
}

/** All records of a graph, as plain text in order. */
export async function recordsOf(graph: {
  readonly vertices: { collect(): Promise<unknown[]> }
  readonly edges: { collect(): Promise<unknown[]> }
}) {
  return { vertices: await graph.vertices.collect(), edges: await graph.edges.collect() }
}
