import { knownOptions, numberFrom, positiveInteger, shown } from '../../engine/extend.js'
import { ArgumentError } from '../../engine/index.js'
import type { FeatureFields } from '../data/feature-fields.js'
import { Features } from '../data/features.js'
import { fieldName } from '../data/field-name.js'

/** Options of `kMeans`. */
export interface KMeansOptions<F extends FeatureFields, C extends string, D extends string> {
  /** A field with vectors, or a list of fields with a number each. Default `'features'`. */
  readonly features?: F
  /** How many clusters. Default 8. */
  readonly k?: number
  /** A field with a weight for each record, not negative. Default: each counts the same. */
  readonly weight?: string
  /** How the first centres are drawn, or the centres themselves. Default `'k-means++'`. */
  readonly initial?: 'k-means++' | 'random' | readonly ArrayLike<number>[]
  /** How often it begins anew, at least 1; the clusters of the least sum stay. Default 1. */
  readonly restarts?: number
  /** Iterations of each start, at least 1. Default 300. */
  readonly maxIterations?: number
  /** How little centres must move for an end, at least 0; relative to the mean variance. Default 1e-4. */
  readonly tolerance?: number
  /** Default 0. */
  readonly seed?: number
  /** The field for the number of the cluster. Default `'cluster'`. */
  readonly cluster?: C
  /** The field for the distance from its centre. Default `'distance'`. */
  readonly distance?: D
}

/** Options that are good. */
export interface Checked {
  readonly parameters: {
    readonly features: FeatureFields
    readonly k: number
    readonly weight: string | null
    readonly initial: 'k-means++' | 'random' | readonly ArrayLike<number>[]
    readonly restarts: number
    readonly maxIterations: number
    readonly tolerance: number
    readonly seed: number
    readonly cluster: string
    readonly distance: string
  }
  readonly features: Features
  readonly weight: string | undefined
}

const OPTIONS = [
  ...['features', 'k', 'weight', 'initial', 'restarts', 'maxIterations', 'tolerance', 'seed'],
  ...['cluster', 'distance'],
]

/** @throws {ArgumentError} If an option is unknown or wrong. */
export function checkedOptions(
  options: KMeansOptions<FeatureFields, string, string>,
  operation: string,
): Checked {
  knownOptions(options, OPTIONS, operation)
  const { initial = 'k-means++', restarts = 1, weight, seed = 0 } = options
  const { maxIterations = 300, tolerance = 1e-4 } = options
  const features = new Features(options.features ?? 'features', operation)
  const k = options.k ?? (typeof initial === 'string' ? 8 : initial.length)
  positiveInteger(k, operation, 'k')
  positiveInteger(restarts, operation, 'restarts')
  positiveInteger(maxIterations, operation, 'maxIterations')
  numberFrom(tolerance, operation, 'tolerance', 0)
  numberFrom(seed, operation, 'seed', -Number.MAX_VALUE, Number.MAX_VALUE)
  if (weight !== undefined) fieldName(weight, operation, 'weight')
  checkInitial(initial, k, restarts, operation)
  const cluster = fieldName(options.cluster ?? 'cluster', operation, 'cluster')
  const distance = fieldName(options.distance ?? 'distance', operation, 'distance')
  if (cluster === distance) {
    throw new ArgumentError(
      `${operation}: cluster and distance must be two fields; both are ${shown(cluster)}.`,
    )
  }
  const loop = { restarts, maxIterations, tolerance, seed }
  const fields = { features: features.fields, weight: weight ?? null, cluster, distance }
  return { parameters: { ...fields, k, initial, ...loop }, features, weight }
}

function checkInitial(initial: unknown, k: number, restarts: number, operation: string): void {
  if (initial === 'k-means++' || initial === 'random') return
  if (!Array.isArray(initial) || initial.length === 0 || !initial.every(isPoint)) {
    throw new ArgumentError(
      `${operation}: initial must be "k-means++", "random" or a list of centres, each a list of finite numbers; got ${shown(initial)}.`,
    )
  }
  if (initial.length !== k) {
    throw new ArgumentError(`${operation}: initial has ${initial.length} centres, but k is ${k}.`)
  }
  if (restarts > 1) {
    throw new ArgumentError(
      `${operation}: restarts is ${restarts}, but each would begin with the centres of initial. Leave restarts out.`,
    )
  }
}

function isPoint(value: unknown): boolean {
  const isList = Array.isArray(value) || value instanceof Float64Array
  return isList && value.every(entry => Number.isFinite(entry))
}
