import type { Attributes } from 'graphology-types'
import type { Input } from '../../engine/index.js'
import type { Graph } from '../graph.js'
import { lazyGraph } from '../loading/lazy-graph.js'
import { shapeOf } from './from-graphology.js'
import { graphologyClass } from './graphology-class.js'
import { readXml, unreadable } from './xml-document.js'

const OPERATION = 'readGexf'

/**
 * A graph from a file of Gephi's format, GEXF. Ids are texts; values are records of the attributes,
 * with `label`, `weight`, and `color`, `size`, `x`, `y` where the file has them. An undirected edge
 * becomes two, one each way.
 *
 * The file is read as a whole by the parser of `graphology-gexf`: it is for graphs of some 100,000
 * edges, not of millions.
 *
 * @param input A path, URL or bytes.
 * @throws {InputOutputError} When loaded, if the file is not there or malformed; names the line where
 * the parser does.
 * @example
 * await writeGexf(starGraph({ vertexCount: 4 }), 'star.gexf')
 * await readGexf('star.gexf').vertices.count() // 4
 */
export function readGexf(input: Input): Graph<string, Attributes | null, Attributes | null> {
  return lazyGraph<string, Attributes | null, Attributes | null>(OPERATION, async options => {
    const file = await readXml(input, 'gexf', OPERATION, options)
    const Graphology = await graphologyClass()
    const { parse } =
      typeof DOMParser === 'undefined'
        ? (await import('graphology-gexf/node/index.js')).default
        : (await import('graphology-gexf/browser/index.js')).default
    try {
      return shapeOf(parse(Graphology, file.document, { allowUndeclaredAttributes: true }))
    } catch (cause) {
      throw unreadable(OPERATION, file, cause)
    }
  })
}
