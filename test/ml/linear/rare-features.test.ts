import test from 'ava'
import { from, SparseVector } from '../../../engine/index.js'
import { logisticRegression } from '../../../ml/index.js'
import { randomFrom } from '../../support/random.js'

test('rare features of small values do not hold a sparse logistic regression up', async t => {
  const random = randomFrom(5)
  const size = 4000
  const truth = Array.from({ length: size }, () => random.between(-1, 1))
  const records = Array.from({ length: 600 }, () => {
    const indices = [...new Set(Array.from({ length: 20 }, () => random.int(size)))].sort(
      (a, b) => a - b,
    )
    const values = indices.map(() => random.between(-1, 1) ** 3)
    const sum = indices.reduce((total, index, k) => total + values[k]! * truth[index]!, 0)
    return { features: new SparseVector(size, indices, values), late: sum > 0 }
  })
  const model = await logisticRegression({ label: 'late', l2: 1, tolerance: 1e-6 }).fit(
    from(records),
  )
  t.true(model.converged)
  t.true(model.history.length < 60, `${model.history.length}`)
})
