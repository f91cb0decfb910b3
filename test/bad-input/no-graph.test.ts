/** What is no graph, given to every algorithm of the door. */
import test from 'ava'
import { ArgumentError } from '../../engine/index.js'
import * as gelly from '../../gelly/index.js'
import { type Anything, fails } from './support.js'

/** What some need beside the graph. */
const NEEDED: Readonly<Record<string, object>> = {
  breadthFirstSearch: { source: 1 },
  kCore: { k: 2 },
  maximumDegree: { maximum: 2 },
  shortestPath: { source: 1, target: 2 },
  shortestPaths: { source: 1 },
}

/** Functions of the door that take no graph first, or write it somewhere. */
const OTHERS =
  /Graph$|^(Graph|BipartiteGraph|GraphData|GraphOperations|graphOf|topologyOf|read\w+|write\w+|\w+Graphology|compareCommunities)$/

const algorithms = Object.entries(gelly).filter(
  ([name, value]) => typeof value === 'function' && !OTHERS.test(name),
) as [string, Anything][]

test('every algorithm says that it wants a graph', async t => {
  t.true(algorithms.length > 40)
  for (const [name, algorithm] of algorithms) {
    const message = new RegExp(`^${name}: the graph must be a Graph; got`)
    for (const wrong of [[1, 2], null, 'network']) {
      await fails(t, ArgumentError, message, () => algorithm(wrong, NEEDED[name]))
    }
  }
})
