import {
  gaussianNaiveBayes,
  nearestNeighbors,
  nearestNeighborsClassifier,
  nearestNeighborsRegressor,
  pca,
  stochasticOutlierSelection,
} from '../../../ml/index.js'
import { FEATURES, RECORDS } from './contract-data.js'
import type { ContractEntry } from './contract-entry.js'

const common = { records: RECORDS, features: FEATURES }

export const neighborEntries: readonly ContractEntry[] = [
  { factory: nearestNeighbors, options: { k: 1 }, ...common, one: true },
  {
    factory: nearestNeighborsClassifier,
    options: { label: 'late', metric: 'cosine' },
    ...common,
    required: ['late'],
  },
  {
    factory: nearestNeighborsRegressor,
    options: { label: 'amount', weights: 'distance', k: 3 },
    ...common,
    required: ['amount'],
  },
  {
    factory: gaussianNaiveBayes,
    options: { label: 'kind', weight: 'weight' },
    ...common,
    required: ['kind', 'weight'],
  },
  { factory: pca, options: { components: 2 }, ...common, repeat: 1500 },
  { factory: stochasticOutlierSelection, options: { perplexity: 7 }, ...common, repeat: 4 },
]
