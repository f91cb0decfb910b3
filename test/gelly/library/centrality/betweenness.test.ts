import test from 'ava'
import metrics from 'graphology-metrics'
import { betweenness, edgeBetweenness, Graph } from '../../../../gelly/index.js'
import { near, type PathCase, pathCases } from '../path-cases.js'

// Graphology's paths in multigraphs are those of simple ones.
const simple = pathCases.filter(each => each.simple && each.ids.length > 2)

for (const weighted of [false, true]) {
  const kind = weighted ? 'weighted' : 'unweighted'
  for (const normalized of [false, true]) {
    const options = { normalized, ...(weighted && { weight: 'value' }) }
    const rivals = { normalized, getEdgeWeight: weighted ? 'weight' : null }

    test(`${kind} scores are those of graphology, normalized: ${normalized}`, async t => {
      for (const each of simple) {
        const { vertices } = await betweenness(each.graph, options)
        const expected = metrics.centrality.betweenness(each.rival, rivals)
        for (const [v, { score }] of (await vertices.collect()).entries()) {
          t.true(near(score, expected[v]!), `${each.name}: ${score}, ${expected[v]}`)
        }
      }
    })

    test(`${kind} scores of edges are those of graphology, normalized: ${normalized}`, async t => {
      for (const each of simple) {
        const { edges } = await edgeBetweenness(each.graph, options)
        const expected = metrics.centrality.edgeBetweenness(each.rival, rivals)
        for (const [k, { score, source }] of (await edges.collect()).entries()) {
          t.is(source, each.ids[each.zooGraph.sources[k]!]!)
          t.true(near(score, expected[k]!), `${each.name}: ${score}, ${expected[k]}`)
        }
      }
    })
  }
}

test('the reversed direction has the same scores, both ways counts each pair once', async t => {
  for (const { graph, name, zooGraph } of pathCases) {
    const scoresOf = async (direction: 'out' | 'in' | 'all') => {
      const { vertices } = await betweenness(graph, { direction })
      return (await vertices.collect()).map(({ score }) => score)
    }
    const out = await scoresOf('out')
    const into = await scoresOf('in')
    t.true(
      out.every((score, v) => near(into[v]!, score)),
      name,
    )
    if (!zooGraph.name.startsWith('symmetric')) continue
    const all = await scoresOf('all')
    t.true(
      out.every((score, v) => near(all[v]! * 2, score)),
      name,
    )
  }
})

test('samples are right on average, and the same for the same seed', async t => {
  const { graph } = pathCases.find(({ zooGraph }) => zooGraph.name === 'RMAT scale 8')!
  const total = async (options: object) => {
    const { vertices } = await betweenness(graph, options)
    return (await vertices.collect()).reduce((sum, { score }) => sum + score, 0)
  }
  const exact = await total({})
  let sum = 0
  for (let seed = 0; seed < 40; seed++) sum += await total({ samples: 32, seed })
  t.true(Math.abs(sum / 40 / exact - 1) < 0.1, `${sum / 40} and ${exact}`)
  t.is(await total({ samples: 7, seed: 3 }), await total({ samples: 7, seed: 3 }))
  t.not(await total({ samples: 7, seed: 3 }), await total({ samples: 7, seed: 4 }))
  t.is(await total({ samples: 1000 }), exact)
})

test('progress is told, an abort is heard', async t => {
  const { graph } = large()
  const seen: number[] = []
  const controller = new AbortController()
  const onProgress = ({ done, of }: { done: number; of: number }) => {
    t.true(done <= of)
    seen.push(done)
    if (seen.length === 2) controller.abort()
  }
  const running = betweenness(graph, { weight: 'value', onProgress, signal: controller.signal })
  t.is((await t.throwsAsync(running))!.name, 'AbortError')
  t.is(seen.length, 2)
})

test('mistakes are refused', async t => {
  const graph = Graph.from({ edges: [{ source: 1, target: 2, value: 0 }] })
  const refused = async (options: object, message: RegExp) => {
    const error = await t.throwsAsync(betweenness(graph, options as never))
    t.regex(error!.message, message)
  }
  await refused(
    { weight: 'value' },
    /^betweenness: the weight of edge 0, .* must be above 0; got 0/,
  )
  await refused({ samples: 0 }, /samples must be a positive integer; got 0/)
  await refused({ normalized: 1 }, /normalized must be true or false; got 1/)
  await refused({ sample: 3 }, /option "sample" is not known; there are samples/)
  const wide = Graph.from({
    edges: [
      { source: 1, target: 2, value: 1 },
      { source: 2, target: 3, value: 1e-30 },
    ],
  })
  const error = await t.throwsAsync(edgeBetweenness(wide, { weight: 'value' }))
  t.regex(error!.message, /^edgeBetweenness: weights are so different/)
})

/** Long enough to be stopped: a path, each edge both ways. */
function large(): Pick<PathCase, 'graph'> {
  const edges = Array.from({ length: 4000 }, (_, k) => [
    { source: k, target: k + 1, value: 1 },
    { source: k + 1, target: k, value: 1 },
  ])
  return { graph: Graph.from({ edges: edges.flat() }) as unknown as PathCase['graph'] }
}
