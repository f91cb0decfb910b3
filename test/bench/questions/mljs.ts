/**
 * Learning beside mljs, the packages that people of this language use: least squares, k-means, principal
 * components, naive Bayes. wiesel learns from columns in memory, mljs from lists of
 * rows, as each wants them; neither counts the making of these.
 *
 * Logistic regression is left out: mljs descends a fixed number of steps, which comes to another answer.
 * Run: `npm run bench -- mljs-least-squares mljs-k-means mljs-pca mljs-naive-bayes`.
 */
import { gaussianNaiveBayes, kMeans, linearRegression, pca } from '../../../ml/index.js'
import type { Benchmark, Contender } from '../benchmark.js'
import { single } from '../benchmark.js'
import { fractions } from '../data.js'
import { readFloat64, readInt32, vectorData } from '../learning-data.js'
import { type LearningQuestion, learningBenchmark } from '../learning-tasks.js'
import { loadRival } from '../rivals/rival.js'

type Row = readonly number[]
type Rows = readonly Row[]

/** The rows of `x.float64` as mljs wants them. */
function listOf(folder: string, size: number): Rows {
  const x = readFloat64(folder, 'x')
  return Array.from({ length: x.length / size }, (_, row) =>
    Array.from(x.subarray(row * size, (row + 1) * size)),
  )
}

/** Ten times as fast is the goal. */
function beside<D, M>(
  question: Omit<LearningQuestion<D, M>, 'rivals' | 'others'>,
  mljs: Contender,
): Benchmark {
  const benchmark = learningBenchmark({ ...question, rivals: {}, others: { mljs } })
  return { ...benchmark, goals: { mljs: 0.1 } }
}

const LINES = 20

interface Regression {
  readonly weights: readonly (readonly number[])[]
}
type RegressionClass = new (x: Rows, y: Rows, options: { statistics: boolean }) => Regression

export const mljsLeastSquares = beside(
  {
    name: 'mljs-least-squares',
    question: `least squares, ${LINES} features, beside mljs`,
    records: 100_000,
    input(records) {
      const x = fractions(records * LINES, 1)
      const y = fractions(records, 2)
      for (let at = 0; at < x.length; at++) y[Math.floor(at / LINES)]! += x[at]! * (at % 7)
      return { x, y }
    },
    load: ({ folder }, environment) =>
      vectorData<{ y: number }>(environment, readFloat64(folder, 'x'), LINES, {
        y: readFloat64(folder, 'y'),
      }),
    fit: data => linearRegression({ label: 'y' }).fit(data),
    answer: ({ coefficients, intercept }) => ({
      weights: [...coefficients, intercept].map(value => [value]),
    }),
  },
  async ({ folder }) => {
    const { default: Mlr } = await loadRival<{ default: RegressionClass }>(
      'ml-regression-multivariate-linear',
    )
    const x = listOf(folder, LINES)
    const y = Array.from(readFloat64(folder, 'y'), value => [value])
    return single(
      () => new Mlr(x, y, { statistics: false }),
      ({ weights }) => ({ weights }),
    )
  },
)

const [DIMENSIONS, CLUSTERS] = [8, 16]

interface Clusters {
  readonly centroids: readonly Row[]
  readonly iterations: number
}
type KMeansFunction = (rows: Rows, count: number, options: object) => Clusters

export const mljsKMeans = beside(
  {
    name: 'mljs-k-means',
    question: `k-means, ${DIMENSIONS} dimensions, ${CLUSTERS} clusters, from given centres, 30 iterations at most, beside mljs`,
    records: 100_000,
    input: records => ({ x: fractions(records * DIMENSIONS, 3) }),
    load: ({ folder }, environment) =>
      vectorData(environment, readFloat64(folder, 'x'), DIMENSIONS, {}),
    fit: (data, { folder }) =>
      kMeans({ initial: firstCentres(folder), maxIterations: 30, tolerance: 0 }).fit(data),
    answer: ({ centres }, { folder }) => ({ objective: inertiaOf(centres, folder) }),
    atMost: { objective: 1e-6 },
  },
  async ({ folder }) => {
    const { kmeans } = await loadRival<{ kmeans: KMeansFunction }>('ml-kmeans')
    const rows = listOf(folder, DIMENSIONS)
    const initialization = firstCentres(folder)
    return single(
      () => kmeans(rows, CLUSTERS, { initialization, maxIterations: 30, tolerance: 0 }),
      ({ centroids }) => ({ objective: inertiaOf(centroids, folder) }),
    )
  },
)

function firstCentres(folder: string): number[][] {
  const x = readFloat64(folder, 'x')
  return Array.from({ length: CLUSTERS }, (_, k) =>
    Array.from(x.subarray(k * DIMENSIONS, (k + 1) * DIMENSIONS)),
  )
}

/** The sum of squared distances from the nearest centre. */
function inertiaOf(centres: readonly ArrayLike<number>[], folder: string): number {
  const x = readFloat64(folder, 'x')
  let sum = 0
  for (let start = 0; start < x.length; start += DIMENSIONS) {
    let least = Number.POSITIVE_INFINITY
    for (const centre of centres) {
      let distance = 0
      for (let k = 0; k < DIMENSIONS; k++) distance += (x[start + k]! - centre[k]!) ** 2
      least = Math.min(least, distance)
    }
    sum += least
  }
  return sum
}

const WIDE = 50

interface Components {
  getEigenvalues(): readonly number[]
}
type PcaClass = new (rows: Rows, options: { method: string }) => Components

export const mljsPca = beside(
  {
    name: 'mljs-pca',
    question: `principal components, ${WIDE} features, beside mljs`,
    records: 50_000,
    input(records) {
      const x = fractions(records * WIDE, 1)
      for (let at = 1; at < x.length; at++) if (at % WIDE > 0) x[at]! += 0.8 * x[at - 1]!
      return { x }
    },
    load: ({ folder }, environment) => vectorData(environment, readFloat64(folder, 'x'), WIDE, {}),
    fit: data => pca().fit(data),
    answer: ({ explainedVariance }) => ({
      variances: Array.from(explainedVariance, value => [value]),
    }),
  },
  async ({ folder }) => {
    const { PCA } = await loadRival<{ PCA: PcaClass }>('ml-pca')
    const rows = listOf(folder, WIDE)
    return single(
      () => new PCA(rows, { method: 'covarianceMatrix' }),
      found => ({ variances: found.getEigenvalues().map(value => [value]) }),
    )
  },
)

/** Two classes whose features differ a little. */
function twoClasses(records: number, size: number) {
  const x = fractions(records * size, 4)
  const y = Int32Array.from(fractions(records, 5), value => (value < 0.4 ? 1 : 0))
  for (let at = 0; at < x.length; at++) x[at]! += 0.1 * y[Math.floor(at / size)]!
  return { x, y }
}

function classData(size: number): LearningQuestion<ClassData, unknown>['load'] {
  return ({ folder }, environment) =>
    vectorData<{ y: number }>(environment, readFloat64(folder, 'x'), size, {
      y: readInt32(folder, 'y'),
    })
}
type ClassData = ReturnType<typeof vectorData<{ y: number }>>

interface Bayes {
  train(rows: Rows, labels: Row): void
  /** By class. */
  readonly means: Rows
}
type BayesClass = new () => Bayes

/** Means are compared: the predictions of ml-naivebayes 4.0.0 look at two features only. */
export const mljsNaiveBayes = beside(
  {
    name: 'mljs-naive-bayes',
    question: `Gaussian naive Bayes, ${LINES} features, two classes, beside mljs`,
    records: 200_000,
    input: records => twoClasses(records, LINES),
    load: classData(LINES),
    fit: (data: ClassData) => gaussianNaiveBayes({ label: 'y' }).fit(data),
    answer: ({ means }) => ({ means: means.map(mean => Array.from(mean)) }),
  },
  async ({ folder }) => {
    const { GaussianNB } = await loadRival<{ GaussianNB: BayesClass }>('ml-naivebayes')
    const rows = listOf(folder, LINES)
    const labels = Array.from(readInt32(folder, 'y'))
    return single(
      () => {
        const model = new GaussianNB()
        model.train(rows, labels)
        return model
      },
      ({ means }) => ({ means: means.map(mean => Array.from(mean)) }),
    )
  },
)
