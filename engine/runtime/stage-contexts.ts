import type { Stage } from '../functions/chain.js'
import type { OperatorContext } from './operator.js'

/** The contexts that the functions of a chain's stages get, as `ChainOptions.contexts` wants them. */
export function stageContexts(
  stages: readonly Stage[],
  context: Pick<OperatorContext, 'handed'>,
): readonly (readonly object[])[] {
  return stages.map(stage => {
    if ('fn' in stage) return [context.handed(stage.fn.handed, stage.fn.operation)]
    if (stage.kind === 'derive') {
      return stage.columns.map(({ fn }) => context.handed(fn.handed, fn.operation))
    }
    return []
  })
}
