import type { FeatureFields } from './feature-fields.js'
import { Features } from './features.js'
import { fieldName } from './field-name.js'

/** The options with names of fields that estimators with a label have in common. */
export interface SupervisedOptions<L extends string, F extends FeatureFields, P extends string> {
  /** A field with vectors, or a list of fields with a number each. Default `'features'`. */
  readonly features?: F
  /** The field with what is to be predicted. */
  readonly label: L
  /** A field with a weight for each record, not negative. Default: each counts the same. */
  readonly weight?: string
  /** The field for the prediction. Default `'prediction'`. */
  readonly prediction?: P
}

/** Their names. */
export const SUPERVISED_OPTIONS: readonly string[] = ['features', 'label', 'weight', 'prediction']

/** The fields of an estimator, checked. */
export interface SupervisedFields {
  readonly features: Features
  readonly label: string
  readonly weight: string | undefined
  readonly prediction: string
  /** All of them, for an estimator's parameters. */
  readonly parameters: Readonly<Record<string, unknown>>
}

/** @throws {ArgumentError} If one is no name of a field, or the label is missing. */
export function supervisedFields(
  options: SupervisedOptions<string, FeatureFields, string>,
  operation: string,
): SupervisedFields {
  const features = new Features(options.features ?? 'features', operation)
  const label = fieldName(options.label, operation, 'label')
  const prediction = fieldName(options.prediction ?? 'prediction', operation, 'prediction')
  const weight = options.weight ?? undefined
  if (weight !== undefined) fieldName(weight, operation, 'weight')
  const parameters = { features: features.fields, label, weight: weight ?? null, prediction }
  return { features, label, weight, prediction, parameters }
}
