import test from 'ava'
import { randomFrom } from './random.js'

const numbers = (seed: number) => {
  const random = randomFrom(seed)
  return random.array(50, () => random.int(1000))
}

test('a seed gives the same data again, another seed gives others', t => {
  t.deepEqual(numbers(7), numbers(7))
  t.notDeepEqual(numbers(7), numbers(8))
})

test('numbers are spread evenly and stay within bounds', t => {
  const random = randomFrom(1)
  const counts = new Array<number>(10).fill(0)
  for (let k = 0; k < 10_000; k++) counts[random.int(10)]!++
  for (const count of counts) t.true(count > 850 && count < 1150, `${counts}`)
})

test('shuffling keeps the values and leaves the original alone', t => {
  const original = numbers(7)
  const shuffled = randomFrom(3).shuffle(original)
  t.deepEqual(original, numbers(7))
  t.notDeepEqual(shuffled, original)
  t.deepEqual(shuffled.toSorted(), original.toSorted())
})
