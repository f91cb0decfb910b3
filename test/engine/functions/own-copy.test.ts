import test from 'ava'
import { ownCopy } from '../../../engine/extend.js'

const outside = 3

test('a template that refers to nothing is copied, and does the same', t => {
  const template = (values: readonly number[], of: (value: number) => number) => {
    let sum = 0
    for (const value of values) sum += of(value)
    return Math.max(sum, 0)
  }
  const copy = ownCopy(template)
  t.not(copy, template)
  t.is(
    copy([1, 2, 3], x => x * outside),
    18,
  )
})

test('templates may be declared functions with classes and functions of their own', t => {
  function template(step: number) {
    class Counter {
      #count = 0
      next() {
        this.#count += step
        return this.#count
      }
    }
    const counter = new Counter()
    return () => counter.next()
  }
  const [next, other] = [ownCopy(template)(2), ownCopy(template)(5)]
  t.deepEqual([next(), next(), other(), next()], [2, 4, 5, 6])
})

test('what refers to other names, or has no source, stays itself', t => {
  const captures = (x: number) => x * outside
  function counts(x: number): number {
    return x === 0 ? 0 : 1 + counts(x - 1)
  }
  t.is(ownCopy(captures), captures)
  t.is(ownCopy(Math.max), Math.max)
  t.is(ownCopy(counts)(3), 3)
  t.is(ownCopy(captures)(2), 6)
})
