/** Graphs of the zoo as a user has them, and what tests of the library go through. */
import type { ExecutionEnvironment } from '../../../engine/index.js'
import { Graph, type VertexId } from '../../../gelly/index.js'
import { environments } from '../environments.js'
import { numberIds, stringIds, type ZooGraph, zoo } from '../zoo.js'

/** A graph of the zoo with ids. */
export interface Case {
  /** For the title of a test. */
  readonly title: string
  readonly zooGraph: ZooGraph
  /** By position. */
  readonly ids: readonly VertexId[]
  /** The weights are the values of the edges, the vertices have none. */
  readonly graph: Graph<VertexId, null, number>
}

/** A graph of the zoo with these ids, by position. */
export function graphWith<K extends VertexId>(
  { sources, targets, weights }: ZooGraph,
  ids: readonly K[],
  env: ExecutionEnvironment = environments[0].env,
): Graph<K, null, number> {
  const records = sources.map((source, k) => ({
    source: ids[source]!,
    target: ids[targets[k]!]!,
    value: weights[k]!,
  }))
  const vertices = env.from(ids.map(id => ({ id })))
  return Graph.from({ vertices, edges: env.from(records) }) as unknown as Graph<K, null, number>
}

/** Each graph of the zoo with numbers and with texts as ids; with texts, by three workers. */
export const cases: readonly Case[] = zoo.flatMap(zooGraph => [
  caseOf(zooGraph, numberIds(zooGraph), 'numbers', environments[0].env),
  caseOf(zooGraph, stringIds(zooGraph), 'texts, 3 workers', environments[1].env),
])

function caseOf(
  zooGraph: ZooGraph,
  ids: readonly VertexId[],
  kind: string,
  env: ExecutionEnvironment,
): Case {
  return { title: `${zooGraph.name}, ${kind}`, zooGraph, ids, graph: graphWith(zooGraph, ids, env) }
}

/**
 * The families of Florence in the 15th century that married each other: John Padgett's data, which every
 * library of graphs has.
 */
export function florentineFamilies(): Graph<string, null, null> {
  const pairs = [
    'Acciaiuoli Medici, Medici Barbadori, Medici Ridolfi, Medici Tornabuoni, Medici Albizzi',
    'Medici Salviati, Castellani Peruzzi, Castellani Strozzi, Castellani Barbadori, Peruzzi Strozzi',
    'Peruzzi Bischeri, Strozzi Ridolfi, Strozzi Bischeri, Ridolfi Tornabuoni, Tornabuoni Guadagni',
    'Albizzi Ginori, Albizzi Guadagni, Salviati Pazzi, Bischeri Guadagni, Guadagni Lamberteschi',
  ]
  const edges = pairs.flatMap(line => line.split(', ')).map(pair => pair.split(' '))
  return Graph.from({
    edges: edges.map(([source, target]) => ({ source: source!, target: target! })),
  })
}

/** Arcs by arithmetic, of which 15 of the 16 classes of triads occur. */
export function arithmeticArcs(): Graph<number, null, null> {
  const vertices = Array.from({ length: 20 }, (_, v) => v)
  const edges = vertices.flatMap(v =>
    [2, 3, 7, 8, 13].map(k => ({ source: v, target: (v * k + k) % 20 })),
  )
  return Graph.from({ vertices: vertices.map(id => ({ id })), edges })
}
