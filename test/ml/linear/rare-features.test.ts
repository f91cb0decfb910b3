import test from 'ava'
import { from, SparseVector } from '../../../engine/index.js'
import { logisticRegression } from '../../../ml/index.js'
import { randomFrom } from '../../support/random.js'

test('rare features of small values do not hold a sparse logistic regression up', async t => {
  const [entries, stratum] = [50, 1000]
  const random = randomFrom(5)
  const truth = Array.from({ length: entries * stratum }, () => random.between(-1, 1))
  const records = Array.from({ length: 2000 }, () => {
    const indices = Array.from({ length: entries }, (_, k) => k * stratum + random.int(stratum))
    const values = indices.map(() => random.between(-1, 1))
    const sum = indices.reduce((total, index, k) => total + values[k]! * truth[index]!, 0)
    return { features: new SparseVector(truth.length, indices, values), late: sum > 0 }
  })
  const model = await logisticRegression({ label: 'late', l2: 1, tolerance: 1e-5 }).fit(
    from(records),
  )
  t.true(model.converged)
  t.true(model.history.length < 60, `${model.history.length}`)
  t.true(model.history.at(-1)! < 0.25, `${model.history.at(-1)}`)
})
