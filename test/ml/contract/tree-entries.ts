import { gradientBoostedClassifier, gradientBoostedRegressor } from '../../../ml/index.js'
import { FEATURES, RECORDS } from './contract-data.js'
import type { ContractEntry } from './contract-entry.js'

export const treeEntries: readonly ContractEntry[] = [
  {
    factory: gradientBoostedRegressor,
    options: { label: 'amount', loss: 'huber', minLeafRecords: 3, maxIterations: 5 },
    iterates: { maxIterations: 9 },
    records: RECORDS,
    features: FEATURES,
    required: ['amount'],
    missing: true,
    one: true,
    repeat: 200,
  },
  {
    factory: gradientBoostedRegressor,
    options: {
      label: 'amount',
      weight: 'weight',
      minLeafRecords: 3,
      maxIterations: 5,
      subsample: 0.8,
    },
    iterates: { maxIterations: 9 },
    records: RECORDS,
    features: FEATURES,
    required: ['amount', 'weight'],
    missing: true,
    one: true,
    repeat: 1500,
  },
  {
    factory: gradientBoostedClassifier,
    options: { label: 'late', minLeafRecords: 3, maxIterations: 5, earlyStopping: true },
    iterates: { maxIterations: 9 },
    records: RECORDS,
    features: FEATURES,
    required: ['late'],
    missing: true,
    repeat: 1500,
  },
  {
    factory: gradientBoostedClassifier,
    options: { label: 'kind', minLeafRecords: 3, maxIterations: 5 },
    iterates: { maxIterations: 9 },
    records: RECORDS,
    features: FEATURES,
    required: ['kind'],
    missing: true,
  },
]
