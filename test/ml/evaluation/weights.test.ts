/** Weights of rankings and of clustered records. */
import test from 'ava'
import { from } from '../../../engine/index.js'
import {
  meanAveragePrecision,
  ndcg,
  precisionAtK,
  recallAtK,
  silhouette,
} from '../../../ml/index.js'
import { randomFrom } from '../../support/random.js'

const near = (t: { true(fine: boolean, why: string): unknown }, a: number, b: number) =>
  t.true(Math.abs(a - b) < 1e-12, `${a} and ${b}`)

test('a ranking counts by the mean weight of its records', async t => {
  const random = randomFrom(3)
  const users = random.array(6, user =>
    random.array(5 + user, () => ({
      user,
      liked: random.int(3),
      prediction: random.next(),
      weight: user === 0 ? 0 : random.between(0.5, 2),
    })),
  )
  const fields = { group: 'user', label: 'liked' } as const
  for (const metric of [precisionAtK, recallAtK, ndcg, meanAveragePrecision]) {
    let [sum, total] = [0, 0]
    for (const records of users.slice(1)) {
      const weight = records.reduce((all, record) => all + record.weight, 0) / records.length
      sum += weight * (await metric(from(records), fields))
      total += weight
    }
    near(t, await metric(from(users.flat()), { ...fields, weight: 'weight' }), sum / total)
    // Equal weights are none.
    const equal = from(users.flat().map(record => ({ ...record, weight: 7 })))
    near(t, await metric(equal, { ...fields, weight: 'weight' }), await metric(equal, fields))
  }
})

test('weights of clustered records are those of their mean distances', async t => {
  const random = randomFrom(5)
  const records = random.array(30, k => ({
    x: random.next() + (k % 3),
    y: random.next(),
    prediction: k % 3,
    weight: random.between(0.2, 3),
  }))
  const features = ['x', 'y'] as const
  const distance = (a: number, b: number) =>
    Math.hypot(records[a]!.x - records[b]!.x, records[a]!.y - records[b]!.y)
  const meanTo = (a: number, cluster: number) => {
    let [sum, total] = [0, 0]
    for (const [b, record] of records.entries()) {
      if (b === a || record.prediction !== cluster) continue
      sum += record.weight * distance(a, b)
      total += record.weight
    }
    return sum / total
  }
  let [sum, total] = [0, 0]
  for (const [a, { prediction, weight }] of records.entries()) {
    const inside = meanTo(a, prediction)
    const others = [0, 1, 2].filter(cluster => cluster !== prediction)
    const outside = Math.min(...others.map(cluster => meanTo(a, cluster)))
    sum += (weight * (outside - inside)) / Math.max(inside, outside)
    total += weight
  }
  near(t, await silhouette(from(records), { features, weight: 'weight' }), sum / total)
  // Records without weight might as well not be there.
  const stray = { x: 50, y: 50, prediction: 9, weight: 0 }
  const more = from([...records, stray, { ...stray, prediction: 1 }])
  near(t, await silhouette(more, { features, weight: 'weight' }), sum / total)
})
