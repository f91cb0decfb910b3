/** The rules that rewrite plans, in the order in which they run. */
import type { RuleName } from '../options.js'
import type { Rule } from '../rule.js'
import { constantFolding } from './constant-folding.js'
import { filterPushDown } from './filter-push-down.js'
import { firstPushDown } from './first-push-down.js'
import { projectionPushDown } from './projection-push-down.js'
import { redundantDistinct } from './redundant-distinct.js'
import { redundantPartition } from './redundant-partition.js'
import { redundantSort } from './redundant-sort.js'
import { sharedSubplans } from './shared-subplans.js'
import { topN } from './top-n.js'

/**
 * Sharing comes first, so that what is shared is left alone by rules that would make it differ; and
 * fields are counted last, when everybody who reads them stands where it will stay.
 */
export const REWRITING_RULES: readonly (readonly [RuleName, Rule])[] = [
  ['shared-subplans', sharedSubplans],
  ['constant-folding', constantFolding],
  ['redundant-distinct', redundantDistinct],
  ['redundant-sort', redundantSort],
  ['redundant-partition', redundantPartition],
  ['filter-push-down', filterPushDown],
  ['first-push-down', firstPushDown],
  ['top-n', topN],
  ['projection-push-down', projectionPushDown],
]
