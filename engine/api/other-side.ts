import { ArgumentError, PlanError } from '../errors.js'
import type { PlanNode } from '../plan/node.js'
import { shown } from '../types/column-writer.js'
import type { Host } from './host.js'
import { Runnable } from './runnable.js'

/**
 * The plan of the data set that one of the environment `host` is combined with.
 *
 * @throws {ArgumentError} If it is no data set.
 * @throws {PlanError} If the two belong to different environments.
 */
export function otherSide(host: Host, other: unknown, operation: string): PlanNode {
  if (!(other instanceof Runnable)) {
    const remedy = Array.isArray(other) ? 'Wrap the array with from(...)' : 'Give a DataSet'
    throw new ArgumentError(
      `${operation}: the other side must be a DataSet; got ${shown(other)}. ${remedy}.`,
    )
  }
  if (!other.belongsTo(host)) {
    throw new PlanError(
      `${operation}: the two data sets belong to different environments. Make both in one; call configure() before the first data set.`,
    )
  }
  return other.node
}
