import { SparseVector } from '../../../engine/index.js'
import { elasticNet, lasso, linearRegression } from '../../../ml/index.js'
import { randomFrom } from '../../support/random.js'
import type { ContractEntry } from './contract-entry.js'
import { ENTRIES } from './entries.js'

const random = randomFrom(7)

/** More features than normal equations are made for: conjugate gradients, and descent over entries. */
const WIDE = random.array(80, () => {
  const places = [...new Set(random.array(12, () => random.int(600)))].sort((a, b) => a - b)
  const values = places.map(() => random.between(-1, 1))
  const amount = values.reduce((sum, value, k) => sum + value * Math.sin(places[k]!), 0)
  return { vector: new SparseVector(600, places, values), amount }
})

const wide = { records: WIDE, features: undefined }

/** Who iterates only where there are many features. */
const WIDE_ENTRIES: readonly ContractEntry[] = [
  { ...wide, factory: linearRegression, options: { features: 'vector', label: 'amount', l2: 0.1 } },
  { ...wide, factory: lasso, options: { features: 'vector', label: 'amount', l1: 0.001 } },
  {
    ...wide,
    factory: elasticNet,
    options: { features: 'vector', label: 'amount', l1: 0.001, l2: 0.001 },
  },
]

/** All entries that iterate, and those that do for many features. */
export const ITERATING: readonly ContractEntry[] = [
  ...ENTRIES.flatMap(entry =>
    entry.iterates === undefined
      ? []
      : [{ ...entry, options: { ...entry.options, ...entry.iterates } }],
  ),
  ...WIDE_ENTRIES,
]
