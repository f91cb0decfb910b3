import { factsOf } from './analysis.js'
import { projectName, type Stage } from './chain.js'
import type { Expression } from './expression/expression.js'
import { expressionOf } from './expression-of.js'
import type { FieldCheck, FieldChecks } from './field-check.js'
import type { UserFunction } from './user-function.js'

/** Which fields the stages of a chain ask for by name; lives as long as the chain. */
export class ChainChecks {
  readonly #checks = new Map<object, readonly FieldCheck[]>()

  readonly #fields: FieldChecks

  /**
   * @param inputs Number of inputs of the first stage.
   * @param fields Where the checks are added.
   */
  constructor(stages: readonly Stage[], inputs: 1 | 2, fields: FieldChecks) {
    this.#fields = fields
    let records = inputs
    for (const stage of stages) {
      if (stage.kind === 'project') {
        const names = stage.fields.map(({ from }) => from)
        this.#checks.set(stage, [fields.of(projectName(stage), names)])
      }
      const functions = stage.kind === 'derive' ? stage.columns.map(({ fn }) => fn) : []
      if ('fn' in stage) functions.push(stage.fn)
      for (const fn of functions) if (isFormula(fn, records)) this.#addFormula(fn, records)
      if (stage.kind !== 'filter') records = 1
    }
  }

  /** The check of a stage that projects. */
  ofProject(stage: Stage): FieldCheck {
    return this.#checks.get(stage)![0]!
  }

  /** The checks of a formula, one per record; none for functions, which may ask for anything. */
  ofFunction(fn: UserFunction): readonly FieldCheck[] {
    return this.#checks.get(fn) ?? []
  }

  #addFormula(fn: UserFunction, records: 1 | 2): void {
    const { reads } = factsOf(fn, records)
    const names = reads.map(fields => (fields === 'all' ? [] : fields))
    this.#checks.set(
      fn,
      names.map(asked => this.#fields.of(fn.operation, asked)),
    )
  }
}

/** Whether `fn` follows the rules of formulas: what is missing stays missing. */
export function isFormula(fn: UserFunction, records: 1 | 2): boolean {
  if (fn.formula !== undefined) return true
  const expression = fn.call === undefined ? expressionOf(fn, records) : undefined
  return expression !== undefined && hasFormulaRules(expression)
}

function hasFormulaRules(expression: Expression): boolean {
  if ('rules' in expression && expression.rules === 'missing') return true
  const parts = Object.values(expression).flat() as unknown[]
  return parts.some(
    part =>
      typeof part === 'object' && part !== null && 'kind' in part && hasFormulaRules(part as never),
  )
}
