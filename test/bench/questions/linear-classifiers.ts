/**
 * Two classes told apart by a linear function, logistic regression and a support vector machine with the
 * squared hinge: of half a million records with fifty dense features, and of 200,000 with fifty of
 * 50,000 sparse ones. From columns in memory to the model.
 *
 * Rival: scikit-learn, by L-BFGS, and by LIBLINEAR, which chooses the primal as well. The objective is the
 * sum of losses and of the penalty, divided by the records.
 * Run: `npm run bench -- logistic-dense logistic-sparse svm-dense svm-sparse`.
 */
import { SparseColumn } from '../../../engine/extend.js'
import { linearSvm, logisticRegression } from '../../../ml/index.js'
import { dot } from '../answer.js'
import type { Benchmark } from '../benchmark.js'
import { fractions, integers } from '../data.js'
import { type Arrays, readFloat64, readInt32, vectorData } from '../learning-data.js'
import { type LearningQuestion, learningBenchmark } from '../learning-tasks.js'

/** Entries of a record, dense or not. */
const ENTRIES = 50
/** Each entry of a sparse record is one of so many features of its own. */
const STRATUM = 1000
const SPARSE_SIZE = ENTRIES * STRATUM
const OPTIONS = { label: 'y', l2: 1 } as const
/**
 * Slopes of the rival are those of coefficients, wiesel's those of features of deviation 1: of sparse
 * features, which have deviation 0.018, some fifty times as steep, so that it goes further there.
 */
const TOLERANCE = 1e-4

type Loss = 'logistic' | 'squaredHinge'

export const logisticDense = question('logistic-dense', 'logistic', false)
export const logisticSparse = question('logistic-sparse', 'logistic', true)
export const svmDense = question('svm-dense', 'squaredHinge', false)
export const svmSparse = question('svm-sparse', 'squaredHinge', true)

function question(name: string, loss: Loss, sparse: boolean): Benchmark {
  const title = loss === 'logistic' ? 'logistic regression' : 'a linear support vector machine'
  const features = sparse
    ? `${ENTRIES} of ${SPARSE_SIZE.toLocaleString('en-US')} sparse features`
    : `${ENTRIES} dense features`
  const load: LearningQuestion<ReturnType<typeof vectorData<{ y: number }>>, Found>['load'] = (
    { folder },
    environment,
  ) => {
    const y = readInt32(folder, 'y')
    if (!sparse) return vectorData(environment, readFloat64(folder, 'x'), ENTRIES, { y })
    const [indices, values] = [readInt32(folder, 'indices'), readFloat64(folder, 'x')]
    const offsets = Int32Array.from({ length: y.length + 1 }, (_, row) => row * ENTRIES)
    const column = new SparseColumn(offsets, indices, values, SPARSE_SIZE)
    return vectorData(environment, new Float64Array(0), 1, { y, features: column })
  }
  const tolerance = TOLERANCE
  return learningBenchmark({
    ...{ name, question: `${title}, ${features}`, records: sparse ? 200_000 : 500_000 },
    input: records => input(records, sparse),
    load,
    async fit(data) {
      if (loss === 'logistic') {
        const { coefficients, intercepts } = await logisticRegression({
          ...OPTIONS,
          tolerance,
        }).fit(data)
        return { coefficients: coefficients[0]!, intercept: intercepts[0]! }
      }
      return linearSvm({ ...OPTIONS, tolerance }).fit(data)
    },
    answer: (found, { folder }) => ({ objective: objectiveOf(found, folder, loss, sparse) }),
    atMost: { objective: 1e-4 },
    rivals: {
      'scikit-learn': {
        program: 'linear_classifiers',
        options: {
          ...OPTIONS,
          tolerance: TOLERANCE,
          loss,
          entries: ENTRIES,
          size: sparse ? SPARSE_SIZE : ENTRIES,
          sparse,
        },
      },
    },
  })
}

interface Found {
  readonly coefficients: Float64Array
  readonly intercept: number
}

/** Labels by a linear function with noise, a seventh of it from elsewhere. */
function input(records: number, sparse: boolean): Arrays {
  const x = fractions(records * ENTRIES, 1).map(value => 2 * value - 1)
  const noise = fractions(records, 2)
  const truth = fractions(sparse ? SPARSE_SIZE : ENTRIES, 3).map(value => 2 * value - 1)
  const indices = integers(sparse ? x.length : 0, STRATUM, 4)
  const y = new Int32Array(records)
  for (let row = 0, at = 0; row < records; row++) {
    let sum = 4 * (noise[row]! - 0.5)
    for (let k = 0; k < ENTRIES; k++, at++) {
      if (sparse) indices[at]! += k * STRATUM
      sum += x[at]! * truth[sparse ? indices[at]! : k]!
    }
    y[row] = sum > 0 ? 1 : 0
  }
  return sparse ? { x, y, indices } : { x, y }
}

function objectiveOf(
  { coefficients, intercept }: Found,
  folder: string,
  loss: Loss,
  sparse: boolean,
): number {
  const [x, y] = [readFloat64(folder, 'x'), readInt32(folder, 'y')]
  const indices = sparse ? readInt32(folder, 'indices') : undefined
  let sum = 0.5 * OPTIONS.l2 * dot(coefficients, coefficients)
  // The machine's intercept is penalised as other coefficients are.
  if (loss === 'squaredHinge') sum += 0.5 * OPTIONS.l2 * intercept * intercept
  for (let row = 0, at = 0; row < y.length; row++) {
    let margin = intercept
    for (let k = 0; k < ENTRIES; k++, at++) margin += x[at]! * coefficients[indices?.[at] ?? k]!
    const signed = y[row] === 1 ? margin : -margin
    sum += loss === 'logistic' ? Math.log1p(Math.exp(-signed)) : Math.max(0, 1 - signed) ** 2
  }
  return sum / y.length
}
