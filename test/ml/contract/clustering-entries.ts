import { kMeans } from '../../../ml/index.js'
import { FEATURES, RECORDS } from './contract-data.js'
import type { ContractEntry } from './contract-entry.js'

export const clusteringEntries: readonly ContractEntry[] = [
  {
    factory: kMeans,
    options: { k: 3, weight: 'weight', restarts: 3, seed: 1 },
    iterates: { k: 7, tolerance: 0, restarts: 2 },
    records: RECORDS,
    features: FEATURES,
    required: ['weight'],
    // Starts that end equally well may be taken in another order.
    sparse: null,
    repeat: 1500,
  },
  {
    factory: kMeans,
    options: { k: 3, seed: 2 },
    iterates: { k: 7, tolerance: 0, restarts: 2 },
    records: RECORDS,
    features: FEATURES,
  },
  {
    factory: kMeans,
    options: { k: 1, initial: 'random' },
    iterates: { k: 7, tolerance: 0, restarts: 2 },
    records: RECORDS,
    features: FEATURES,
    one: true,
  },
]
