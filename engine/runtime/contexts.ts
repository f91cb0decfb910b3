import type { Stage } from '../functions/chain.js'
import type { UserFunction } from '../functions/user-function.js'
import type { OperatorContext } from './operator.js'

/** The contexts that the functions of a chain get, one list per stage. */
export function contextsOf(
  stages: readonly Stage[],
  context: OperatorContext,
): readonly (readonly object[])[] {
  return stages.map(stage => functionsOf(stage).map(fn => context.handed(fn.handed, fn.operation)))
}

function functionsOf(stage: Stage): readonly UserFunction[] {
  if (stage.kind === 'derive') return stage.columns.map(column => column.fn)
  return 'fn' in stage ? [stage.fn] : []
}
