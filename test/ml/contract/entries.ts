/** All estimators: who adds one adds a line here. */

import { clusteringEntries } from './clustering-entries.js'
import type { ContractEntry } from './contract-entry.js'
import { linearEntries } from './linear-entries.js'
import { neighborEntries } from './neighbor-entries.js'
import { preprocessingEntries } from './preprocessing-entries.js'
import { recommendationEntries } from './recommendation-entries.js'
import { treeEntries } from './tree-entries.js'

export const ENTRIES: readonly ContractEntry[] = [
  ...clusteringEntries,
  ...linearEntries,
  ...neighborEntries,
  ...preprocessingEntries,
  ...treeEntries,
  ...recommendationEntries,
]
