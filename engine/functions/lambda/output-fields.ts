/** Fields through a function: which inputs its outputs need, and what the outputs are called. */
import type { FieldReference, FunctionFacts, OutputFacts } from '../facts.js'

/** One field of an output record: a copy, or item number `item` of the output's items. */
export type OutputField = { readonly name: string } & (
  | { readonly kind: 'copy'; readonly from: FieldReference }
  | { readonly kind: 'computed'; readonly item: number }
)

/**
 * Per record, the input fields that are needed to produce the output fields `outputs`. `all` when
 * not known.
 *
 * The function still runs as a whole, so everything that it reads stays needed, except what only
 * feeds plain copies that nobody wants; of those a missing input gives a missing output. A spread
 * needs the wanted fields that it may give.
 */
export function fieldsNeeded(
  facts: FunctionFacts,
  outputs: readonly string[] | 'all',
): readonly (readonly string[] | 'all')[] {
  const { output, reads } = facts
  if (outputs === 'all' || output === undefined || output.shape === 'value') return reads
  return facts.computesFrom.map((computed, input) => {
    if (computed === 'all') return 'all'
    const needed = new Set(computed)
    const overridden = new Set<string>()
    // From the last item to the first, because later items override earlier ones.
    for (const item of [...output.items].reverse())
      if (item.kind === 'spread') {
        if (item.input !== input) continue
        for (const name of outputs)
          if (!overridden.has(name) && !item.except.includes(name)) needed.add(name)
      } else {
        const wanted = outputs.includes(item.name) && !overridden.has(item.name)
        if (wanted && item.copyOf?.input === input) needed.add(item.copyOf.field)
        overridden.add(item.name)
      }
    return [...needed]
  })
}

/**
 * The names of the output fields in order, when they are known.
 *
 * @param inputFields The fields of each input, `undefined` where not known (then spreads are not).
 */
export function fieldsGiven(
  { output }: FunctionFacts,
  inputFields: readonly (readonly string[] | undefined)[],
): readonly string[] | undefined {
  if (output === undefined) return undefined
  for (const item of output.items)
    if (item.kind === 'spread' && inputFields[item.input] === undefined) return undefined
  return outputFields(
    output,
    inputFields.map(fields => fields ?? []),
  ).map(({ name }) => name)
}

/**
 * The fields of the output in the order in which JavaScript puts them: spreads expanded, later
 * items overriding earlier ones, names that are array indexes first.
 */
export function outputFields(
  { items, shape }: OutputFacts,
  inputFields: readonly (readonly string[])[],
): readonly OutputField[] {
  // A Map keeps the first position of a name and takes the last value, like an object.
  const fields = new Map<string, OutputField>()
  for (const [index, item] of items.entries())
    if (item.kind === 'spread') {
      const { input, except } = item
      for (const field of inputFields[input] ?? [])
        if (!except.includes(field))
          fields.set(field, { name: field, kind: 'copy', from: { input, field } })
    } else {
      const { name, copyOf } = item
      fields.set(
        name,
        copyOf === undefined
          ? { name, kind: 'computed', item: index }
          : { name, kind: 'copy', from: copyOf },
      )
    }
  const all = [...fields.values()]
  if (shape !== 'object' || !all.some(({ name }) => isIndex(name))) return all
  const indexes = all.filter(({ name }) => isIndex(name))
  indexes.sort((a, b) => Number(a.name) - Number(b.name))
  return [...indexes, ...all.filter(({ name }) => !isIndex(name))]
}

/** Whether objects put a key before all others: whole numbers below 2^32 - 1. */
function isIndex(name: string): boolean {
  const number = Number(name)
  return String(number >>> 0) === name && number < 2 ** 32 - 1
}
