import {
  imputer,
  minMaxScaler,
  normalizer,
  oneHotEncoder,
  polynomialFeatures,
  standardScaler,
  stringIndexer,
  vectorAssembler,
} from '../../../ml/index.js'
import { FEATURES, RECORDS } from './contract-data.js'
import type { ContractEntry } from './contract-entry.js'

const shared = { records: RECORDS, one: true }
const vectors = { ...shared, features: FEATURES }

export const preprocessingEntries: readonly ContractEntry[] = [
  { ...vectors, factory: standardScaler, options: {} },
  { ...vectors, factory: minMaxScaler, options: {} },
  { ...vectors, factory: minMaxScaler, options: { min: -1, clip: true } },
  { ...vectors, factory: polynomialFeatures, options: {} },
  {
    ...vectors,
    factory: polynomialFeatures,
    options: { degree: 3, interactionOnly: true, bias: true },
  },
  { ...vectors, factory: normalizer, options: {} },
  { ...vectors, factory: normalizer, options: { norm: 'l1', output: 'shares' } },
  { ...shared, factory: imputer, missing: true, options: { fields: ['x', 'z'] } },
  {
    ...shared,
    factory: imputer,
    missing: true,
    options: { fields: ['kind'], strategy: 'mostFrequent' },
  },
  {
    ...shared,
    factory: oneHotEncoder,
    options: { fields: ['kind', 'z'] },
    required: ['kind', 'z'],
  },
  { ...shared, factory: stringIndexer, options: { fields: ['kind', 'late'] }, required: ['late'] },
  { ...shared, factory: vectorAssembler, options: { fields: ['x', 'late'] }, required: ['x'] },
]
