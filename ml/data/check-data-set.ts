import { ArgumentError, DataSet } from '../../engine/index.js'

/**
 * @param one What there is for a single record, such as `predictOne`, for the error.
 * @throws {ArgumentError} Unless it is a data set.
 */
export function checkDataSet(data: unknown, operation: string, one?: string): void {
  if (data instanceof DataSet) return
  const advice = one === undefined ? '' : ` For a single record there is ${one}.`
  throw new ArgumentError(
    `${operation}: the data must be a data set; make one of records with from(records).${advice}`,
  )
}
