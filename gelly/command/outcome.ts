import { DataSet } from '../../engine/index.js'
import { Graph } from '../graph.js'

/** A single value. */
type Fact = string | number | boolean | bigint

/** What an algorithm gave, as the command shows it. */
export interface Outcome {
  /** The table, if there is one. */
  readonly records: DataSet<Record<string, unknown>> | undefined
  /** Single values: counts, scores, `iterations`, `converged`. */
  readonly facts: Readonly<Record<string, Fact>>
}

/**
 * Takes the result of an algorithm apart: the data set is the table, single values are facts. A graph
 * stands for its edges, and what lies one level deeper has the name of both.
 *
 * @param table The name of the data set, where there are several.
 */
export function outcomeOf(result: unknown, table?: string): Outcome {
  if (result instanceof Graph) return { records: asRecords(result.edges), facts: {} }
  if (isFact(result)) return { records: undefined, facts: { answer: result } }
  let records: DataSet<Record<string, unknown>> | undefined
  const facts: Record<string, Fact> = {}
  for (const [name, value] of namedValues(result as object)) {
    if (isFact(value)) facts[name] = value
    else if (value instanceof DataSet || value instanceof Graph) {
      const found = value instanceof Graph ? value.edges : value
      if (table === undefined || table === name) records ??= asRecords(found)
    } else if (isPlain(value)) {
      for (const [inner, fact] of Object.entries(value)) {
        if (isFact(fact)) facts[`${name}.${inner}`] = fact
      }
    }
  }
  return { records, facts }
}

function isFact(value: unknown): value is Fact {
  return ['string', 'number', 'boolean', 'bigint'].includes(typeof value)
}

function isPlain(value: unknown): value is object {
  return (
    typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
  )
}

/** Own properties, and what a class computes when it is asked. */
function namedValues(result: object): [string, unknown][] {
  const own = Object.entries(result)
  const prototype = Object.getPrototypeOf(result)
  if (prototype === null || prototype === Object.prototype) return own
  const getters = Object.entries(Object.getOwnPropertyDescriptors(prototype)).flatMap(
    ([name, { get }]): [string, unknown][] =>
      get === undefined ? [] : [[name, get.call(result) as unknown]],
  )
  return [...own, ...getters]
}

function asRecords(data: unknown): DataSet<Record<string, unknown>> {
  return data as DataSet<Record<string, unknown>>
}
