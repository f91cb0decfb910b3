/** What is written in pictures: of nothing, of one value, of counts, in titles. */
import test from 'ava'
import {
  drawConfusionMatrix,
  drawPrecisionRecallCurve,
  drawRocCurve,
  geo,
  histogram,
  learningCurve,
  lines,
  scatter,
} from '../../../notebooks/index.js'

/** The texts of a picture. */
function texts(svg: string | null): string[] {
  return [...svg!.matchAll(/<text[^>]*>([^<]*)</g)].map(([, text]) => text!)
}

test('curves and maps of nothing say so', t => {
  const nothing = [
    [learningCurve({ training: [], validation: [] }), 'No values.'],
    [learningCurve({ training: [Number.NaN] }), 'No values.'],
    [learningCurve({ training: [0, -1] }, { log: true }), 'No values.'],
    [
      drawRocCurve({ falsePositiveRates: [], truePositiveRates: [], area: Number.NaN }),
      'No curve.',
    ],
    [drawPrecisionRecallCurve({ precision: [], recall: [], averagePrecision: 0 }), 'No curve.'],
    [geo({ points: [] }), 'No points.'],
    [geo({ points: [{ latitude: Number.NaN, longitude: 3 }] }), 'No points.'],
  ] as const
  for (const [figure, words] of nothing) {
    t.true(texts(figure.toSVG()).includes(words), figure.title)
    t.true(figure.description.startsWith(words))
  }
  const one = learningCurve({ training: [], validation: [3] })
  t.false(texts(one.toSVG()).includes('No values.'))
})

test('an axis with one value has that as its tick', t => {
  t.true(texts(lines([{ x: 0, y: 5 }], { x: 'x', y: 'y', log: 'y' }).toSVG()).includes('0'))
  for (const log of [undefined, 'y'] as const) {
    const figure = lines([{ x: 0, y: 5 }], { x: 'x', y: 'y', ...(log && { log }) })
    const written = texts(figure.toSVG())
    t.true(written.includes('5'))
    t.false(written.some(text => /\.0/.test(text)))
  }
  const still = scatter(
    [1, 2].map(y => ({ x: 1234.5, y })),
    { x: 'x', y: 'y' },
  )
  t.true(texts(still.toSVG()).includes('1,235'))
})

test('logarithmic counts have round ticks', t => {
  const ticks = (sizes: readonly number[]) => {
    const values = sizes.flatMap((size, k) => Array.from({ length: size }, () => 10 * k))
    const svg = histogram(values, { log: true, bins: 10 }).toSVG()!
    const [, axis] = /aria-label="y-axis tick label"(.*?)<\/g>/.exec(svg)!
    return texts(axis!)
  }
  t.deepEqual(ticks([1, 2, 3]), ['1', '2'])
  t.deepEqual(ticks([1, 40, 60]), ['1', '3', '10', '30'])
  t.deepEqual(ticks([2, 300, 40]), ['1', '3', '10', '30', '100', '300'])
  for (const most of [7, 9, 12, 55, 99, 480, 999, 5000])
    t.false(ticks([1, most]).includes(''), `${most}`)
  t.deepEqual(ticks([1, 1, 25_000]), ['1', '10', '100', '1,000', '10,000'])
})

test('a long title takes two lines, and is whole for those who point at it', t => {
  const title =
    'How many of the flights from each of the airports were late, by the hour of departure'
  const figure = drawRocCurve(
    { falsePositiveRates: [0, 1], truePositiveRates: [0, 1], area: 0.5 },
    { title },
  )
  const [first, second] = texts(figure.toSVG())
  t.is(`${first} ${second}`, title)
  t.true(figure.toHTML().includes(`>${title}</title>`))
  const words = histogram([1], { title: 'much '.repeat(80), width: 200 })
  t.is(texts(words.toSVG()).filter(text => text.includes('much')).length, 2)
  t.regex(texts(words.toSVG())[1]!, /…$/)
})

test('matrices of confusion are light', t => {
  const weight = (size: number) => {
    const classes = Array.from({ length: size }, (_, k) => `class ${k}`)
    const counts = classes.flatMap((_, row) =>
      classes.map((_, column) => 1 + ((7 * row + column) % 9)),
    )
    return drawConfusionMatrix({ classes, counts }).toHTML().length
  }
  t.true(weight(10) < 50_000, `${weight(10)}`)
  t.true(weight(16) < 50_000, `${weight(16)}`)
  t.true(weight(40) < 50_000, `${weight(40)}`)
  t.true(weight(60) < 100_000, `${weight(60)}`)
})

test('few arcs are seen, many are pale', t => {
  const points = Array.from({ length: 400 }, (_, k) => ({
    id: k,
    latitude: 30 + (k % 20) / 2,
    longitude: -100 + Math.floor(k / 20) / 2,
  }))
  const opacity = (count: number) => {
    const arcs = points.slice(0, count).map(({ id }) => ({ source: id, target: (id + 7) % 400 }))
    const svg = geo({ points, arcs }, { map: 'us' }).toSVG()!
    return Number([...svg.matchAll(/stroke-opacity="([^"]+)"/g)][1]![1])
  }
  t.is(opacity(3), 0.75)
  t.is(opacity(400), 0.25)
})
