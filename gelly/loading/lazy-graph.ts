import { defaultEnvironment, type RunOptions } from '../../engine/index.js'
import type { VertexId } from '../elements.js'
import { Graph, type IdType } from '../graph.js'
import type { Shape } from '../topology/edge-writer.js'
import { topologyOf } from '../topology/topology.js'
import { LoadedGraph } from './loaded-graph.js'
import { memoised } from './memoised.js'
import { positionIds, type VertexIds, vertexIds } from './vertex-ids.js'
import { edgeView, vertexView } from './views.js'

/**
 * A graph whose flat arrays are made when it is first used, once: by a generator, or from a file.
 *
 * @param operation Named in errors about ids.
 */
export function lazyGraph<K extends VertexId, VV, EV>(
  operation: string,
  make: (options?: RunOptions) => Promise<Shape>,
): Graph<IdType<K>, VV, EV> {
  const environment = defaultEnvironment()
  const load = memoised(async (options?: RunOptions) => {
    const { vertexCount, sources, targets, region, ids, vertexValues, edgeValues } =
      await make(options)
    const topology = await topologyOf(vertexCount, sources, targets, region)
    const found = ids === undefined ? positionIds(vertexCount) : vertexIds(ids, operation)
    return new LoadedGraph<IdType<K>, VV, EV>(
      environment,
      topology,
      found as VertexIds<VertexId> as VertexIds<IdType<K>>,
      vertexValues ?? null,
      edgeValues ?? null,
    )
  })
  const [vertices, edges] = [vertexView(environment, load), edgeView(environment, load)]
  return new Graph<IdType<K>, VV, EV>({ vertices, edges, load })
}
