/**
 * Ridge regression of a million records with fifty dense features, from columns in memory to the model.
 *
 * Rival: scikit-learn, by normal equations and Cholesky as well. The objective is the sum of squared
 * errors and of the penalty.
 * Run: `npm run bench -- ridge`.
 */

import { linearRegression } from '../../../ml/index.js'
import { dot } from '../answer.js'
import { fractions } from '../data.js'
import { readFloat64, vectorData } from '../learning-data.js'
import { learningBenchmark } from '../learning-tasks.js'

const FEATURES = 50
const L2 = 1

export const ridge = learningBenchmark({
  name: 'ridge',
  question: `ridge regression, ${FEATURES} dense features`,
  records: 1_000_000,
  input(records) {
    const x = fractions(records * FEATURES, 1)
    const noise = fractions(records, 2)
    const y = new Float64Array(records)
    for (let row = 0; row < records; row++) {
      let sum = noise[row]!
      for (let k = 0; k < FEATURES; k++) sum += x[row * FEATURES + k]! * (k % 7)
      y[row] = sum
    }
    return { x, y }
  },
  load: ({ folder }, environment) =>
    vectorData<{ y: number }>(environment, readFloat64(folder, 'x'), FEATURES, {
      y: readFloat64(folder, 'y'),
    }),
  fit: data => linearRegression({ label: 'y', l2: L2 }).fit(data),
  answer({ coefficients, intercept }, { folder }) {
    const x = readFloat64(folder, 'x')
    const y = readFloat64(folder, 'y')
    let objective = L2 * dot(coefficients, coefficients)
    for (let row = 0; row < y.length; row++) {
      const features = x.subarray(row * FEATURES, (row + 1) * FEATURES)
      objective += (y[row]! - intercept - dot(features, coefficients)) ** 2
    }
    return { objective, coefficients: Array.from(coefficients, value => [value]) }
  },
  rivals: {
    'scikit-learn': { program: 'ridge', options: { features: FEATURES, l2: L2 } },
  },
})
