/** Pages on which the same is shown more than once. */
import test from 'ava'
import { Graph } from '../../gelly/index.js'
import { drawGraph, histogram, report } from '../../notebooks/index.js'

const graph = Graph.from({
  edges: [
    ['a', 'b'],
    ['b', 'c'],
  ].map(([source, target]) => ({ source: source!, target: target!, value: 1 })),
})

test('a figure that is shown twice has ids of its own each time, and what refers to them does so too', async t => {
  const figures = [
    histogram([1, 2], { label: 'ids' }),
    await drawGraph(graph, { layout: 'circle' }),
  ]
  const page = async () => {
    const sections = [
      { title: 'One', content: figures },
      { title: 'Two', content: figures },
      ...figures,
    ]
    return (await report({ title: 'Twice', sections })).toHTML()
  }
  const html = await page()
  const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id!)
  t.true(ids.length > 10)
  t.is(new Set(ids).size, ids.length)
  const used = [...html.matchAll(/url\(#([^)]+)\)|aria-labelledby="([^"]+)"/g)].flatMap(
    ([, url, names]) => (url ?? names!).split(' '),
  )
  t.is(new Set(used).size, used.length)
  t.deepEqual(
    used.filter(id => !ids.includes(id)),
    [],
  )
  t.is(await page(), html)
})

test('a page within a page keeps its own sections apart', async t => {
  const inner = await report({
    title: 'Inner',
    sections: [{ title: 'First', content: 'text with id="section-1"' }],
  })
  const html = (
    await report({ title: 'Outer', sections: [{ title: 'First', content: inner }] })
  ).toHTML()
  t.deepEqual(
    [...html.matchAll(/<h2 id="([^"]+)"/g)].map(([, id]) => id),
    ['section-1', 'section-1-2'],
  )
})
