/**
 * A hundred gradient-boosted trees of half a million records with twenty features, for numbers and for two
 * classes.
 *
 * Rival: scikit-learn's `HistGradientBoosting`, with the same parameters. The objective is the mean loss of the
 * records; bins are made of 200,000 records that each draws itself.
 * Run: `npm run bench -- boosted-numbers boosted-classes`.
 */
import { gradientBoostedClassifier, gradientBoostedRegressor } from '../../../ml/index.js'
import { fractions } from '../data.js'
import { readFloat64, readInt32, vectorData } from '../learning-data.js'
import { learningBenchmark } from '../learning-tasks.js'

const SIZE = 20
const TREES = 100

const COMMON = {
  records: 500_000,
  runs: 3,
  // Of equal gains rounding decides, which leads elsewhere after some trees.
  atMost: { objective: 0.02 },
  input(records: number) {
    const x = fractions(records * SIZE, 1)
    const noise = fractions(records, 2)
    const y = new Float64Array(records)
    for (let row = 0, at = 0; row < records; row++, at += SIZE) {
      const steps = x[at + 3]! > 0.5 ? Math.floor(8 * x[at + 4]!) / 3 : 0
      const smooth = Math.sin(6 * x[at]!) + 3 * x[at + 1]! * x[at + 2]!
      y[row] = smooth + steps + noise[row]! - 0.5
    }
    return { x, y, c: Int32Array.from(y, value => (value > 1.2 ? 1 : 0)) }
  },
}

export const boostedNumbers = learningBenchmark({
  ...COMMON,
  name: 'boosted-numbers',
  question: `gradient-boosted trees for a number, ${SIZE} features, ${TREES} trees`,
  load: ({ folder }, environment) =>
    vectorData<{ y: number }>(environment, readFloat64(folder, 'x'), SIZE, {
      y: readFloat64(folder, 'y'),
    }),
  fit: data =>
    gradientBoostedRegressor({ label: 'y', maxIterations: TREES, earlyStopping: false }).fit(data),
  answer: ({ history }) => ({ objective: history.at(-1)! }),
  rivals: {
    'scikit-learn': {
      program: 'boosted_trees',
      options: { size: SIZE, trees: TREES, label: 'y' },
    },
  },
})

export const boostedClasses = learningBenchmark({
  ...COMMON,
  name: 'boosted-classes',
  question: `gradient-boosted trees for two classes, ${SIZE} features, ${TREES} trees`,
  load: ({ folder }, environment) =>
    vectorData<{ c: number }>(environment, readFloat64(folder, 'x'), SIZE, {
      c: readInt32(folder, 'c'),
    }),
  fit: data =>
    gradientBoostedClassifier({ label: 'c', maxIterations: TREES, earlyStopping: false }).fit(data),
  answer: ({ history }) => ({ objective: history.at(-1)! }),
  rivals: {
    'scikit-learn': {
      program: 'boosted_trees',
      options: { size: SIZE, trees: TREES, label: 'c' },
    },
  },
})
