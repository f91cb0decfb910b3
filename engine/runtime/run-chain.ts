import type { Chain, ChainInput, ChainSource, Place } from '../functions/chain.js'
import type { Output, Steps } from './operator.js'
import type { StepsTo } from './steps.js'

/** Runs a chain over its input: adds to groups downstream as long as that goes, then pushes batches. */
export function* runChain(
  chain: Chain,
  inputs: readonly ChainInput[],
  length: number,
  output: Output,
): Steps {
  const { row } = yield* feedGroups(chain, { inputs, length }, output)
  for (const batch of chain.run(inputs, length, row)) {
    yield* output.push(batch)
    yield
  }
  yield
}

/**
 * Adds what a chain gives straight to the groups downstream, as long as that goes.
 *
 * @returns The place from which the rest must be run.
 */
export function* feedGroups(chain: Chain, source: ChainSource, output: Output): StepsTo<Place> {
  const place = { row: 0, done: 0 }
  const { groups } = output
  if (groups === undefined || chain.feed === undefined) return place
  const { target } = groups
  if (!chain.feeds!(source, target)) return place
  // What was collected before comes first.
  const rest = chain.flush()
  if (rest !== undefined) yield* output.push(rest)
  while (place.row < source.length && !output.closed && chain.feeds!(source, target)) {
    yield* groups.settle(chain.feed(source, place, target))
    yield
  }
  return place
}
