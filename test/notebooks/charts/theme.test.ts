import test from 'ava'
import { CATEGORIES } from '../../../notebooks/charts/theme.js'
import { contrastOf, DICHROMACIES, distanceOf, linearOf, seenBy } from './color-vision.js'

const pairs = CATEGORIES.flatMap((one, k) =>
  CATEGORIES.slice(k + 1).map(other => [one, other] as const),
)

/** Ten times what can just be noticed. */
const APART = 23

test('colours of kinds are far apart', t => {
  for (const [one, other] of pairs) {
    t.true(distanceOf(linearOf(one), linearOf(other)) > APART, `${one} and ${other}`)
  }
})

for (const [kind, matrix] of Object.entries(DICHROMACIES)) {
  test(`colours of kinds are far apart for people with ${kind}`, t => {
    for (const [one, other] of pairs) {
      const [a, b] = [one, other].map(color => seenBy(linearOf(color), matrix))
      t.true(distanceOf(a!, b!) > APART, `${one} and ${other}`)
    }
  })
}

test('colours of kinds are seen on light and on dark pages', t => {
  for (const color of CATEGORIES) {
    for (const page of ['#ffffff', '#1c1c1e', '#111111']) {
      t.true(contrastOf(linearOf(color), linearOf(page)) > 2, `${color} on ${page}`)
    }
  }
})

test('the distance of colours sees what is known to be hard to tell apart', t => {
  const [red, green] = ['#c0504d', '#7f7f2a'].map(linearOf)
  t.true(distanceOf(red!, green!) > 50)
  const seen = [red!, green!].map(light => seenBy(light, DICHROMACIES.deuteranopia!))
  t.true(distanceOf(seen[0]!, seen[1]!) < 20)
  t.is(Math.round(contrastOf(linearOf('#000000'), linearOf('#ffffff'))), 21)
})
