import type { FeatureFields } from '../data/feature-fields.js'
import type { MetricName } from '../distances/metric.js'

/** The rows that a model of neighbours knows, and how it compares them. */
export interface KnownRows {
  readonly features: FeatureFields
  readonly k: number
  readonly metric: MetricName
  readonly p: number
  /** How many features there are. */
  readonly size: number
  /** Row after row. */
  readonly values: Float64Array
}
