import { PlanError } from '../errors.js'
import type { Chain, ChainOptions, Stage } from './chain.js'
import { canGenerateCode } from './code/code-builder.js'
import { compiledChain } from './compile-chain.js'
import { interpretedChain } from './interpret.js'
import { checkCallable } from './user-call.js'

/**
 * Makes a chain of `stages` ready to run: compiled where that is allowed, else interpreted.
 *
 * A chain of two inputs in which no stage joins them gives pairs.
 *
 * @throws {ArgumentError} If a function is async, or a generator outside of `flatMap`.
 * @throws {PlanError} If stages of one record come before those that join two.
 */
export function createChain(stages: readonly Stage[], options: ChainOptions): Chain {
  let inputs = options.inputs
  for (const stage of stages) {
    if (inputs === 2 && (stage.kind === 'derive' || stage.kind === 'project')) {
      throw new PlanError(`${stage.kind}: needs one record; join the two with pair, merge or map.`)
    }
    if (inputs === 1 && (stage.kind === 'pair' || stage.kind === 'merge')) {
      throw new PlanError(`${stage.kind}: needs the two records of a join.`)
    }
    if (stage.kind !== 'filter') inputs = 1
    if ('fn' in stage) checkCallable(stage.fn, stage.kind === 'flatMap')
    if (stage.kind === 'derive') for (const { fn } of stage.columns) checkCallable(fn, false)
  }
  const all: readonly Stage[] = inputs === 2 ? [...stages, { kind: 'pair' }] : stages
  return options.codegen && canGenerateCode()
    ? compiledChain(all, options)
    : interpretedChain(all, options)
}
