import test from 'ava'
import { giveRegionsBack, takeRegion } from '../../../ml/data/region-pool.js'

test.serial('a region goes to the next fit, empty, and to one fit at a time', t => {
  const [one, two, three] = [{}, {}, {}]
  const first = takeRegion(one)
  first.float64(1000).fill(1)
  const second = takeRegion(two)
  t.not(second, first)
  giveRegionsBack(one)
  t.is(takeRegion(three), first)
  t.is(first.usedBytes, 64)
  t.true(first.float64(1000).every(value => value === 0))
  giveRegionsBack(two)
  giveRegionsBack(three)
})

test.serial('a fit that failed keeps its region; one may take several', t => {
  const [failed, many, next] = [{}, {}, {}]
  const lost = takeRegion(failed)
  const both = [takeRegion(many), takeRegion(many)]
  t.not(both[0], both[1])
  giveRegionsBack(many)
  const again = [takeRegion(next), takeRegion(next)]
  t.false(again.includes(lost))
  t.deepEqual(new Set(again), new Set(both))
})

test.serial('nobody holds a region for long when there are no more fits', async t => {
  const run = {}
  const region = takeRegion(run)
  giveRegionsBack(run)
  await new Promise(resolve => setTimeout(resolve, 2100))
  t.not(takeRegion({}), region)
})
