import test from 'ava'
import { ArgumentError, from } from '../../../engine/index.js'
import { planDag } from '../../../notebooks/index.js'
import { logicalPicture } from '../../../notebooks/plans/logical-picture.js'
import { physicalPicture } from '../../../notebooks/plans/physical-picture.js'
import { boxText } from '../../../notebooks/plans/plan-box-text.js'
import { type PlanLayout, planLayout } from '../../../notebooks/plans/plan-layout.js'
import type { PlanPicture } from '../../../notebooks/plans/plan-picture.js'
import { randomFrom } from '../../support/random.js'

const links = from([
  { source: 1, target: 2 },
  { source: 2, target: 1 },
])
const vertices = from([
  { id: 1, component: 1 },
  { id: 2, component: 2 },
])

function components() {
  return vertices.iterateDelta(
    { workset: vertices, key: 'id', maxIterations: 9 },
    ({ solution, workset }) => {
      const smaller = workset
        .join(links.filter(l => l.source > 0))
        .where('id')
        .equalTo('source')
        .with((v, l) => ({ id: l.target, component: v.component }))
        .groupBy('id')
        .min('component')
        .join(solution)
        .where('id')
        .equalTo('id')
        .filter((c, s) => c.component < s.component)
        .with(c => c)
      return { delta: smaller, workset: smaller }
    },
  )
}

const counted = () =>
  vertices.iterate({ maxIterations: 3 }, outer =>
    outer
      .map(v => ({ ...v, component: v.component + 1 }))
      .iterate({ maxIterations: 2 }, inner => inner.union(outer).groupBy('id').sum('component')),
  )

/** Arrows as `from → to (label)`, by what boxes begin with. */
function arrowsOf({ boxes, arrows }: PlanPicture): string[] {
  const name = (id: number) => boxes.find(box => box.id === id)!.steps[0]!.split(/[ ,]/)[0]
  return arrows.map(({ from, to, label, feedback }) => {
    return `${name(from)} ${feedback ? '⇢' : '→'} ${name(to)}${label === '' ? '' : ` (${label})`}`
  })
}

test('a delta iteration is drawn with what enters its body, what comes out and what leads back', t => {
  const { boxes, arrows, loops } = logicalPicture(components().outline())
  t.is(loops.length, 1)
  const inside = boxes.filter(({ loop }) => loop === 0).map(({ kind }) => kind)
  t.deepEqual(inside.toSorted(), [
    'aggregate',
    'iterateDelta',
    'join',
    'join',
    'loopInput',
    'loopInput',
  ])
  t.deepEqual(arrowsOf({ boxes, arrows, loops }).toSorted(), [
    'filter → inner',
    'from → filter',
    'from → solution',
    'from → workset',
    'groupBy → inner',
    'inner → groupBy',
    'inner → iterateDelta (delta, next workset)',
    'iterateDelta ⇢ solution',
    'iterateDelta ⇢ workset',
    'solution → inner',
    'workset → inner',
  ])
})

test('as it runs, what is the same in every superstep comes from outside', async t => {
  const data = components()
  await data.collect()
  const picture = physicalPicture(await data.explain({ format: 'json' }))
  t.deepEqual(
    picture.boxes.filter(({ steps }) => steps[0]!.startsWith('the same')),
    [],
  )
  const arrows = arrowsOf(picture)
  t.true(arrows.includes('filter → inner'))
  t.true(arrows.includes('iterateDelta ⇢ workset'))
  t.is(picture.boxes.find(({ kind }) => kind === 'chain')!.loop, undefined)
  t.is(picture.loops[0]!.title, '2 supersteps')
})

for (const kind of ['written', 'run'] as const) {
  test(`a loop in a loop lies within it, as ${kind}`, async t => {
    const data = counted()
    if (kind === 'run') await data.collect()
    const { boxes, loops } =
      kind === 'run'
        ? physicalPicture(await data.explain({ format: 'json' }))
        : logicalPicture(data.outline())
    const inner = loops.findIndex(({ within }) => within !== undefined)
    const outer = loops[inner]!.within!
    t.is(loops[outer]!.within, undefined)
    const loopOf = (start: string) => boxes.find(({ steps }) => steps[0]!.startsWith(start))!.loop
    t.is(loopOf('union'), inner)
    t.is(loopOf('groupBy'), inner)
    t.is(loopOf('map'), outer)
    t.is(loopOf('from'), undefined)
  })
}

/** Whether two rectangles have some area in common. */
function overlap(a: PlanLayout['boxes'][number], b: PlanLayout['boxes'][number]): boolean {
  return (
    Math.abs(a.x - b.x) < (a.width + b.width) / 2 && Math.abs(a.y - b.y) < (a.height + b.height) / 2
  )
}

test('boxes of random plans never overlap, lie within the picture and within their loop', t => {
  const random = randomFrom(4)
  for (let round = 0; round < 20; round++) {
    const count = 2 + random.int(30)
    const loop = (k: number) => (k > 3 && k < 9 ? 0 : undefined)
    const boxes = Array.from({ length: count }, (_, id) => {
      const steps = Array.from({ length: 1 + random.int(6) }, () => random.word(1, 80))
      return { id, kind: 'map', steps, reasons: [], loop: loop(id) }
    })
    const arrows = boxes
      .slice(1)
      .map(({ id }) => ({ from: random.int(id), to: id, feedback: false, label: '' }))
    const loops = count > 4 ? [{ title: 'every superstep' }] : []
    const picture = { boxes, arrows, loops }
    const layout = planLayout(picture, boxes.map(boxText), 'auto')
    for (const [k, a] of layout.boxes.entries()) {
      t.true(a.x - a.width / 2 >= 0 && a.x + a.width / 2 <= layout.width)
      t.true(a.y - a.height / 2 >= 0 && a.y + a.height / 2 <= layout.height)
      for (const b of layout.boxes.slice(k + 1)) t.false(overlap(a, b))
      const frame = layout.loops[0]
      if (frame !== undefined && loop(k) === 0) t.true(overlap(a, frame))
    }
  }
})

test('a plan that is wide flows down, unless it is told otherwise', t => {
  let data = vertices
  for (let k = 0; k < 12; k++) data = data.distinct('id')
  t.true(planDag(data).width < planDag(data).height)
  t.true(planDag(data, { direction: 'right' }).width > 900)
  t.true(planDag(vertices.distinct('id')).width > planDag(vertices.distinct('id')).height)
})

test('after a run, boxes have rows and times, and the longest is named', async t => {
  const data = vertices.filter(v => v.component > 1)
  await data.collect()
  const drawn = planDag(await data.explain({ format: 'json' }))
  t.regex(drawn.toSVG(), />1 row · [\d.]+ ms</)
  t.regex(drawn.description, /Ran in .* Shade: share of the time; most took /)
})

test('tooltips have labels in full', t => {
  const data = vertices.filter(v => v.component > 1 && v.component < 1000 && v.id !== 17)
  t.regex(
    planDag(data).toSVG(),
    /<title>filter [^<]*v\.component &gt; 1 &amp;&amp; v\.component &lt; 1000/,
  )
})

test('what is no plan is refused, and how to give one is said', async t => {
  const asText = await vertices.explain()
  const error = t.throws(() => planDag(asText as never), { instanceOf: ArgumentError })
  t.regex(error!.message, /^planDag: the plan must be a data set, .* got the plan as text/)
  t.throws(() => planDag([1] as never), { instanceOf: ArgumentError })
  t.throws(() => planDag(undefined as never), { instanceOf: ArgumentError })
})
