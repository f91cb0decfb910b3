import { type Column, Float64Column, VectorColumn } from '../../engine/extend.js'
import type { Computation } from '../core/computation.js'
import { overFeatures } from '../core/over-features.js'
import type { FeatureFields } from '../data/feature-fields.js'
import { Features } from '../data/features.js'
import { toDense } from '../data/rows.js'

/** What the way back from scaled features adds: the fields that they came from. */
export type FeaturesBack<F extends FeatureFields> = F extends readonly (infer N extends string)[]
  ? { [P in N]: number }
  : F extends string
    ? { [P in F]: Float64Array }
    : never

/**
 * The way back from scaled vectors to the fields that they came from.
 *
 * @param output The field with the vectors.
 * @param undo A feature's value before it was scaled.
 */
export function unscaled(
  operation: string,
  features: Features,
  output: string,
  size: number,
  undo: (value: number, feature: number) => number,
): Computation {
  return overFeatures({
    operation: `${operation}.inverseTransform`,
    features: new Features(output, operation),
    size,
    adds: features.reads,
    apply(rows): readonly Column[] {
      const { values, length } = toDense(rows)
      if (features.isVector) {
        return [
          new VectorColumn(
            values.map((value, k) => undo(value, k % size)),
            size,
            length,
          ),
        ]
      }
      return features.reads.map((_, k) => {
        const column = new Float64Array(length)
        for (let row = 0; row < length; row++) column[row] = undo(values[row * size + k]!, k)
        return new Float64Column(column)
      })
    },
  })
}
