import { linearRegression } from '../../../ml/index.js'
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
]
