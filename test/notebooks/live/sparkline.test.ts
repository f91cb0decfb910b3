import test from 'ava'
import fc from 'fast-check'
import { sparkline } from '../../../notebooks/live/sparkline.js'

test('heights are between the least and the most', t => {
  t.is(sparkline([0, 1, 2, 3, 4, 5, 6, 7]), '▁▂▃▄▅▆▇█')
  t.is(sparkline([3, -1]), '█▁')
})

test('numbers of very different size are seen by their logarithm', t => {
  t.is(sparkline([1, 10, 100]), '▁▅█')
  t.is(sparkline([0, 10, 100]), '▁▂█')
})

test('equal numbers, one and none make flat lines', t => {
  t.is(sparkline([5, 5, 5]), '▁▁▁')
  t.is(sparkline([5]), '▁')
  t.is(sparkline([]), '')
})

test('what is not finite is left out', t => {
  t.is(sparkline([Number.NaN, 1, Infinity, 2]), '▁█')
})

test('of many numbers some are chosen evenly, the last among them', t => {
  t.is(sparkline([9, 0, 9, 0], 2), '▁▁')
  t.is(sparkline([0, 1, 2, 3, 4, 9], 3), '▁▃█')
})

test('any numbers make at most so many bars', t => {
  fc.assert(
    fc.property(fc.array(fc.double()), fc.integer({ min: 1, max: 30 }), (values, width) => {
      const text = sparkline(values, width)
      t.regex(text, /^[▁-█]*$/)
      t.is(text.length, Math.min(width, values.filter(Number.isFinite).length))
    }),
  )
})
