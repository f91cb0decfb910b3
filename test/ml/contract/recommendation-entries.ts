import { als } from '../../../ml/index.js'
import { RECORDS } from './contract-data.js'
import type { ContractEntry } from './contract-entry.js'

const ratings = RECORDS.map(({ amount, kind }, k) => ({
  who: k % 9,
  what: `${kind} ${Math.floor(k / 9)}`,
  stars: Math.abs(amount),
  at: k,
}))

/** Each pair once. */
const distinct = ratings.map((record, k) => ({ ...record, what: `film ${Math.floor(k / 9)}` }))

const fields = { user: 'who', item: 'what', rating: 'stars' }

export const recommendationEntries: readonly ContractEntry[] = [
  {
    factory: als,
    options: { ...fields, factors: 3, seed: 1 },
    iterates: {},
    records: distinct,
    required: ['who', 'what', 'stars'],
    one: true,
  },
  {
    factory: als,
    options: { ...fields, factors: 3, implicit: true, nonNegative: true, coldStart: 'mean' },
    iterates: {},
    records: ratings,
    required: ['who', 'what', 'stars'],
    one: true,
    repeat: 1200,
  },
]
