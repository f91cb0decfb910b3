import { DataSet } from '../../engine/index.js'
import { Graph } from '../graph.js'

/** What an algorithm gave, as the command shows it. */
export interface Outcome {
  /** The table, if there is one. */
  readonly records: DataSet<Record<string, unknown>> | undefined
  /** Single values: counts, scores, `iterations`, `converged`. */
  readonly facts: Readonly<Record<string, string | number | boolean | bigint>>
}

/**
 * Takes the result of an algorithm apart: the data set is the table, single values are facts. A graph
 * stands for its edges.
 *
 * @param table The name of the data set, where there are several.
 */
export function outcomeOf(result: object, table?: string): Outcome {
  if (result instanceof Graph) return { records: asRecords(result.edges), facts: {} }
  let records: DataSet<Record<string, unknown>> | undefined
  const facts: Record<string, string | number | boolean | bigint> = {}
  for (const [name, value] of namedValues(result)) {
    if (['string', 'number', 'boolean', 'bigint'].includes(typeof value)) {
      facts[name] = value as string | number | boolean | bigint
      continue
    }
    const found = value instanceof Graph ? value.edges : value
    if (!(found instanceof DataSet) || (table !== undefined && table !== name)) continue
    records ??= asRecords(found)
  }
  return { records, facts }
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
