import { linearRegression, linearSvm, logisticRegression, svm } from '../../../ml/index.js'
import { FEATURES, RECORDS } from './contract-data.js'
import type { ContractEntry } from './contract-entry.js'

export const linearEntries: readonly ContractEntry[] = [
  {
    factory: linearRegression,
    options: { label: 'amount', weight: 'weight' },
    records: RECORDS,
    features: FEATURES,
    required: ['amount', 'weight'],
    constant: false,
    repeat: 1500,
  },
  {
    factory: linearRegression,
    options: { label: 'amount', l2: 1, intercept: false },
    records: RECORDS,
    features: FEATURES,
    required: ['amount'],
    one: true,
  },
  {
    factory: logisticRegression,
    options: { label: 'late', weight: 'weight', classWeights: 'balanced' },
    records: RECORDS,
    features: FEATURES,
    required: ['late', 'weight'],
    repeat: 1500,
    sparse: 1e-6,
  },
  {
    factory: logisticRegression,
    options: { label: 'kind', l1: 0.5, l2: 0.5 },
    records: RECORDS,
    features: FEATURES,
    required: ['kind'],
    repeat: 1500,
    sparse: 1e-5,
  },
  {
    factory: linearSvm,
    options: { label: 'late', weight: 'weight', loss: 'hinge', tolerance: 1e-10 },
    records: RECORDS,
    features: FEATURES,
    required: ['late', 'weight'],
    repeat: 20,
    sparse: 1e-6,
  },
  {
    factory: linearSvm,
    options: { label: 'late', classWeights: { true: 3 }, tolerance: 1e-7 },
    records: RECORDS,
    features: FEATURES,
    required: ['late'],
    repeat: 1500,
    sparse: 1e-6,
  },
  {
    factory: svm,
    options: { label: 'late', localIterations: 50, l2: 0.1, seed: 3 },
    records: RECORDS,
    features: FEATURES,
    required: ['late'],
    repeat: 100,
  },
]
