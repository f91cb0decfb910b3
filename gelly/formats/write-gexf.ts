import { checkOutput, knownOptions, writeWhole } from '../../engine/extend.js'
import type { VertexId } from '../elements.js'
import type { Graph } from '../graph.js'
import { GRAPH_FILE_OPTIONS, type GraphFileOptions } from './graph-file-options.js'
import { toGraphology } from './to-graphology.js'

/**
 * Writes the graph as GEXF, Gephi's format, by way of graphology. Fields of values become attributes;
 * `label`, `weight`, `color`, `size`, `x` and `y` become what they are called.
 *
 * @param path Compressed if it ends with `.gz`.
 * @throws {InputOutputError} If the file exists and may not be replaced, or the disk refuses.
 *
 * Cost: O(vertices + edges); the text is made in memory.
 * @example
 * await writeGexf(cycleGraph({ vertexCount: 5 }), 'ring.gexf')
 */
export async function writeGexf<K extends VertexId, VV, EV>(
  graph: Graph<K, VV, EV>,
  path: string | URL,
  options: GraphFileOptions = {},
): Promise<void> {
  knownOptions(options, GRAPH_FILE_OPTIONS, 'writeGexf')
  checkOutput(path, 'writeGexf')
  const { write } =
    typeof DOMParser === 'undefined'
      ? (await import('graphology-gexf/node/index.js')).default
      : (await import('graphology-gexf/browser/index.js')).default
  const text = write(await toGraphology(graph, options))
  await writeWhole(path, [text], 'writeGexf', options)
}
