/** From a graph to what its models read, and back to a graph. */
import { type Column, Float64Column, Int32Column } from '../../engine/extend.js'
import type {
  DataSet,
  ExecutionEnvironment,
  IterationReport,
  RunOptions,
  SuperstepReport,
} from '../../engine/index.js'
import type { Vertex, VertexId } from '../elements.js'
import type { Graph } from '../graph.js'
import type { LoadedGraph } from '../loading/loaded-graph.js'
import type { VertexIds } from '../loading/vertex-ids.js'
import type { Topology } from '../topology/topology.js'
import { columnOf } from './cells.js'
import type { ModelOutcome } from './model-loop.js'
import type { ModelData } from './model-rows.js'

/** One superstep of a model; aggregates stand beside these members, under their own names. */
export interface ModelSuperstep extends SuperstepReport {
  /** Vertices that it began with. */
  readonly workset: number
  /** Vertices that have another value than before. */
  readonly changed: number
  /** Messages sent, or edges gathered along. */
  readonly messages: number
}

/** What a model gave, and how it went. */
export interface ModelResult<K extends VertexId, V, EV>
  extends Pick<IterationReport, 'iterations' | 'converged' | 'stoppedBy'> {
  /** The vertices with their new values, by position. */
  readonly vertices: DataSet<Vertex<K, V>>
  /** The graph with the new values; it shares its indexes with the one before. */
  readonly graph: Graph<K, V, EV>
  /** The supersteps of this run, in order. */
  readonly history: readonly ModelSuperstep[]
  /** Threads that took part; 1 where all was done on the calling thread. */
  readonly workers: number
}

/** Makes graphs; handed in, because `graph.ts` needs this file. */
type MakeGraph<K extends VertexId> = (
  topology: Topology,
  ids: VertexIds<K>,
  vertexValues: Column | null,
  edgeValues: Column | null,
  environment: ExecutionEnvironment,
) => unknown

/** Loads a graph, runs a model over it, and makes the graph of the new values. */
export async function runModel<K extends VertexId, VV, EV, V>(
  graph: Graph<K, VV, EV>,
  model: (data: ModelData, options: never) => Promise<ModelOutcome>,
  options: object,
  make: MakeGraph<K>,
): Promise<ModelResult<K, V, EV>> {
  const signal = (options as RunOptions | undefined)?.signal
  const loaded = await graph.load(signal === undefined ? {} : { signal })
  const { values, report, workers = 1 } = await model(modelDataOf(loaded), options as never)
  const { topology, ids, edgeValues, environment } = loaded
  const column = columnOf(values, topology.vertexCount)
  const result = make(topology, ids, column, edgeValues, environment) as Graph<K, V, EV>
  const { iterations, converged, stoppedBy, history } = report
  return {
    vertices: result.vertices,
    graph: result,
    ...{ iterations, converged, stoppedBy },
    history: history as readonly ModelSuperstep[],
    workers,
  }
}

function modelDataOf<K extends VertexId, VV, EV>(loaded: LoadedGraph<K, VV, EV>): ModelData {
  const { topology, ids, vertexValues, edgeValues, environment } = loaded
  const numbers = edgeValues === null ? undefined : numbersOf(edgeValues)
  return {
    topology,
    idOf: readerOf(ids.column),
    positionOf: positionFinder(ids),
    vertexValueOf: readerOf(vertexValues),
    edgeValueOf: readerOf(edgeValues),
    ...(numbers && { edgeNumbers: numbers }),
    threads: { workers: environment.parallelism },
    content: { ids: ids.column, 'values of vertices': vertexValues, 'values of edges': edgeValues },
  }
}

function readerOf(column: Column | null): (place: number) => unknown {
  if (column === null) return () => null
  const numbers = numbersOf(column)
  return numbers === undefined ? place => column.get(place) : place => numbers[place]
}

/** The values of a column of numbers of which none is missing. */
function numbersOf(column: Column): Int32Array | Float64Array | undefined {
  const flat = column instanceof Int32Column || column instanceof Float64Column
  return flat && column.valid === null ? column.values : undefined
}

/** Looks up one id at a time, for programs that send to ids: by a map that is made when needed. */
function positionFinder<K extends VertexId>(ids: VertexIds<K>): (id: unknown) => number {
  if (ids.arePositions) return id => ids.positionOf(id as K)
  let positions: Map<unknown, number> | undefined
  return id => {
    positions ??= new Map(Array.from({ length: ids.length }, (_, v) => [ids.at(v), v]))
    return positions.get(id) ?? -1
  }
}
