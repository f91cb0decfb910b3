/** What scikit-learn makes of the breast cancer and wine data; see `test/ml/fixtures`. */
import { readFileSync } from 'node:fs'
import { from } from '../../../engine/index.js'
import { inProject } from '../../support/project.js'

/** What a linear model of scikit-learn has: one row of coefficients, or one for each class. */
export interface Expected {
  readonly coefficients: readonly (readonly number[])[]
  readonly intercepts: readonly number[]
}

interface Fixture {
  readonly cancer: { readonly features: number[][]; readonly labels: number[] }
  readonly wine: {
    readonly features: number[][]
    readonly labels: number[]
    readonly alcohol: number[]
  }
  readonly logistic: Readonly<Record<string, Expected>> & {
    readonly probabilities: number[][]
    readonly multinomialProbabilities: number[][]
  }
  readonly svm: Readonly<Record<string, Expected>>
  readonly regression: Readonly<Record<string, Expected>>
}

export const fixture: Fixture = JSON.parse(
  readFileSync(inProject('test', 'ml', 'fixtures', 'linear-models.json'), 'utf8'),
)

const { cancer, wine } = fixture

/** The weights of the script. */
const weighted = (row: number) => 1 + (row % 3)

export const cancerRecords = cancer.features.map((features, row) => ({
  features: Float64Array.from(features),
  label: cancer.labels[row]!,
  weight: weighted(row),
}))

export const wineRecords = wine.features.map((features, row) => ({
  features: Float64Array.from(features),
  rest: Float64Array.from(features.slice(1)),
  label: wine.labels[row]!,
  alcohol: wine.alcohol[row]!,
  weight: weighted(row),
}))

export const cancerData = from(cancerRecords)
export const wineData = from(wineRecords)

/** Asserts that numbers are near those of scikit-learn. */
export function near(
  t: { true(value: boolean, message?: string): unknown },
  found: ArrayLike<number>,
  expected: ArrayLike<number>,
  within: number,
): void {
  t.true(found.length === expected.length, `${found.length} and ${expected.length}`)
  for (let k = 0; k < found.length; k++) {
    const fine = Math.abs(found[k]! - expected[k]!) <= within * Math.max(1, Math.abs(expected[k]!))
    t.true(fine, `${k}: ${found[k]} and ${expected[k]}`)
  }
}
