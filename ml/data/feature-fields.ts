import type { SparseVector } from '../../engine/index.js'

/** A vector of features. */
export type FeatureVector = Float64Array | SparseVector

/** Where features are: a field with vectors, or a list of fields with a number each. */
export type FeatureFields = string | readonly string[]

/**
 * What records must have to be read as features, as far as the compiler knows the names. Switches count
 * as 0 and 1.
 */
export type FeatureNeeds<F extends FeatureFields> = F extends readonly (infer N extends string)[]
  ? string extends N
    ? object
    : { readonly [P in N]: number | boolean }
  : string extends F
    ? object
    : F extends string
      ? { readonly [P in F]: FeatureVector }
      : never

/** The same where values may be missing. */
export type LenientNeeds<F extends FeatureFields> = F extends readonly (infer N extends string)[]
  ? string extends N
    ? object
    : { readonly [P in N]: number | boolean | null | undefined }
  : FeatureNeeds<F>
