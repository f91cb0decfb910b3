/**
 * Ten principal components of 200,000 records with a hundred features.
 *
 * Rival: scikit-learn's `PCA`, which takes eigenvectors of covariances here as well. The answer is the variances.
 * Run: `npm run bench -- pca`.
 */
import { pca as principal } from '../../../ml/index.js'
import { fractions } from '../data.js'
import { readFloat64, vectorData } from '../learning-data.js'
import { learningBenchmark } from '../learning-tasks.js'

const SIZE = 100
const COMPONENTS = 10

export const pca = learningBenchmark({
  name: 'pca',
  question: `principal components, ${SIZE} features, ${COMPONENTS} components`,
  records: 200_000,
  input(records) {
    const x = fractions(records * SIZE, 1)
    // Each feature has something of the one before it.
    for (let at = 1; at < x.length; at++) if (at % SIZE > 0) x[at]! += 0.8 * x[at - 1]!
    return { x }
  },
  load: ({ folder }, environment) => vectorData(environment, readFloat64(folder, 'x'), SIZE, {}),
  fit: data => principal({ components: COMPONENTS }).fit(data),
  answer: ({ explainedVariance }) => ({
    variances: Array.from(explainedVariance, value => [value]),
  }),
  rivals: {
    'scikit-learn': { program: 'pca', options: { size: SIZE, components: COMPONENTS } },
  },
})
