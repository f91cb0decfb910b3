import { standardScaler } from '../../../ml/index.js'
import { FEATURES, RECORDS } from './contract-data.js'
import type { ContractEntry } from './contract-entry.js'

export const preprocessingEntries: readonly ContractEntry[] = [
  { factory: standardScaler, options: {}, records: RECORDS, features: FEATURES, one: true },
]
