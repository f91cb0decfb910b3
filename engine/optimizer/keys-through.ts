/** Under which names the fields of a key come out of functions that copy them. */
import { factsOf } from '../functions/analysis.js'
import type { Stage } from '../functions/chain.js'
import type { OutputFacts } from '../functions/facts.js'
import type { UserFunction } from '../functions/user-function.js'
import type { Key } from '../plan/key.js'

/** A key of one of the inputs of a pair. */
export interface SideKeys {
  readonly input: 0 | 1
  readonly keys: readonly Key[] | undefined
}

/** The key's fields after all `stages`, which take one record; `undefined` when one is lost. */
export function keysThrough(
  stages: readonly Stage[],
  keys: readonly Key[] | undefined,
): readonly Key[] | undefined {
  let current = keys
  for (const stage of stages) {
    if (current === undefined) return undefined
    current = renamed(current, path => nameAfter(stage, path))
  }
  return current
}

/**
 * The key's fields after the function of a pair and `tail`, for the first of `sides` whose key is
 * not lost.
 */
export function keysOfPair(
  fn: UserFunction,
  tail: readonly Stage[],
  sides: readonly SideKeys[],
): readonly Key[] | undefined {
  const { output } = factsOf(fn, 2)
  if (output === undefined) return undefined
  for (const { input, keys } of sides) {
    const own = keys && renamed(keys, path => copyName(output, input, path))
    const after = keysThrough(tail, own)
    if (after !== undefined) return after
  }
  return undefined
}

function renamed(
  keys: readonly Key[],
  nameOf: (path: string) => string | undefined,
): readonly Key[] | undefined {
  const names = keys.map(key =>
    key.kind === 'field' && !key.path.includes('.') ? nameOf(key.path) : undefined,
  )
  if (names.includes(undefined)) return undefined
  return names.map(path => ({ kind: 'field', path: path! }))
}

function nameAfter(stage: Stage, path: string): string | undefined {
  switch (stage.kind) {
    case 'filter':
      return path
    case 'derive':
      return stage.columns.some(({ as }) => as === path) ? undefined : path
    case 'project':
      return stage.fields.find(({ from }) => from === path)?.as
    case 'map': {
      const { output } = factsOf(stage.fn, 1)
      return output && copyName(output, 0, path)
    }
    default:
      return undefined
  }
}

/** The name of an output field that is surely a copy of `path` of record `input`. */
function copyName(
  { items, shape, wholeInput }: OutputFacts,
  input: number,
  path: string,
): string | undefined {
  if (wholeInput !== undefined) return wholeInput === input ? path : undefined
  if (shape !== 'object') return undefined
  for (const [k, item] of items.entries()) {
    const name = item.kind === 'spread' ? path : item.name
    const copies =
      item.kind === 'spread'
        ? item.input === input && !item.except.includes(path)
        : item.copyOf?.input === input && item.copyOf.field === path
    // A spread may bring any name, and override what stands before it.
    const lost = items.slice(k + 1).some(later => later.kind === 'spread' || later.name === name)
    if (copies && !lost) return name
  }
  return undefined
}
