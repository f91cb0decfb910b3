import type { Attributes } from 'graphology-types'
import type { Input } from '../../engine/index.js'
import type { Graph } from '../graph.js'
import { lazyGraph } from '../loading/lazy-graph.js'
import { shapeOf } from './from-graphology.js'
import { graphologyClass } from './graphology-class.js'
import { readXml, unreadable } from './xml-document.js'

const OPERATION = 'readGraphml'

/**
 * A graph from a GraphML file. Ids are texts; values are records of the data of nodes and edges, by
 * the names of their keys. An undirected edge becomes two, one each way.
 *
 * The file is read as a whole by the parser of `graphology-graphml`: it is for graphs of some 100,000
 * edges, not of millions.
 *
 * @param input A path, URL or bytes.
 * @throws {InputOutputError} When loaded, if the file is not there or malformed; names the line where
 * the parser does.
 * @example
 * await writeGraphml(starGraph({ vertexCount: 4 }), 'star.graphml')
 * await readGraphml('star.graphml').edges.count() // 6
 */
export function readGraphml(input: Input): Graph<string, Attributes | null, Attributes | null> {
  return lazyGraph<string, Attributes | null, Attributes | null>(OPERATION, async options => {
    const file = await readXml(input, 'graphml', OPERATION, options)
    const Graphology = await graphologyClass()
    const { parse } =
      typeof DOMParser === 'undefined'
        ? (await import('graphology-graphml/node/index.js')).default
        : (await import('graphology-graphml/browser/index.js')).default
    try {
      return shapeOf(parse(Graphology, file.document))
    } catch (cause) {
      throw unreadable(OPERATION, file, cause)
    }
  })
}
