/** Fields through a function: which inputs its outputs need, and what the outputs are called. */
import type { FieldReference, FunctionFacts, OutputFacts } from './facts.js'

/** One field of an output record: a copy, or item number `item` of the output's items. */
export type OutputField = { readonly name: string } & (
  | { readonly kind: 'copy'; readonly from: FieldReference }
  | { readonly kind: 'computed'; readonly item: number }
)

/**
 * Per record, the input fields that are needed to produce the output fields `outputs`.
 *
 * A read that only feeds a copy that nobody wants is not needed, provided that the function is pure
 * (or the copy is plain). `all` when not known.
 */
export function fieldsNeeded(
  facts: FunctionFacts,
  outputs: readonly string[] | 'all',
): readonly (readonly string[] | 'all')[] {
  void outputs
  return facts.reads
}

/**
 * The names of the output fields in order, when they are known.
 *
 * @param inputFields The fields of each input, `undefined` where not known (then spreads are not).
 */
export function fieldsGiven(
  facts: FunctionFacts,
  inputFields: readonly (readonly string[] | undefined)[],
): readonly string[] | undefined {
  void facts
  void inputFields
  return undefined
}

/**
 * The fields of the output in the order in which JavaScript puts them: spreads expanded, later
 * items overriding earlier ones, names that are array indexes first.
 */
export function outputFields(
  output: OutputFacts,
  inputFields: readonly (readonly string[])[],
): readonly OutputField[] {
  void output
  void inputFields
  return []
}
