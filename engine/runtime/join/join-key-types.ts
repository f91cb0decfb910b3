import { SchemaError } from '../../errors.js'
import { type Key, keyText } from '../../plan/key.js'
import type { Column } from '../../types/column.js'
import { isAllMissing } from '../../types/concat.js'
import { typeName } from '../../types/data-type.js'

type Side = 'left' | 'right'

/**
 * Checks that the keys of a join's two sides can be equal at all: that they have as many components
 * and, once values of both have been seen, that these are of one type. Numbers are one type; a
 * column of mixed values fits every other.
 */
export class JoinKeyTypes {
  readonly #operation: string
  readonly #keys: Readonly<Record<Side, readonly Key[]>>
  readonly #types: Record<Side, (Map<string, string> | undefined)[]> = { left: [], right: [] }
  readonly #components: Record<Side, number> = { left: -1, right: -1 }
  #settled = false

  constructor(operation: string, left: readonly Key[], right: readonly Key[]) {
    this.#operation = operation
    this.#keys = { left, right }
    const plain = [...left, ...right].every(key => key.kind === 'field')
    if (plain && left.length !== right.length) this.#failCount(left.length, right.length)
  }

  /** Looks at the keys of a batch of one side. */
  note(side: Side, keys: readonly Column[], length: number): void {
    if (this.#settled || length === 0) return
    this.#components[side] = keys.length
    const { left, right } = this.#components
    if (left >= 0 && right >= 0 && left !== right) this.#failCount(left, right)
    keys.forEach((key, k) => {
      if (isAllMissing(key)) return
      const types = this.#types[side][k] ?? new Map<string, string>()
      this.#types[side][k] = types
      types.set(comparedAs(key), typeName(key.type))
    })
  }

  /**
   * Compares what has been seen. Called with the table side complete and again for each batch of
   * the other side, until one has values; what comes later finds nothing, as mixed values may.
   *
   * @throws {SchemaError} If values of two types can never be equal.
   */
  check(): void {
    if (this.#settled) return
    const components = Math.min(this.#components.left, this.#components.right)
    if (components < 0) return
    let settled = true
    for (let k = 0; k < components; k++) {
      const left = this.#types.left[k]
      const right = this.#types.right[k]
      if (left === undefined || right === undefined) settled = false
      else if (!left.has('any') && !right.has('any') && ![...left.keys()].some(t => right.has(t))) {
        throw new SchemaError(
          `${this.#operation}: ${this.#name('left', k)} (${[...left.values()].join(', ')}) can never equal ${this.#name('right', k)} (${[...right.values()].join(', ')}), because their types differ. Convert one of them first, for example by a key function.`,
        )
      }
    }
    this.#settled = settled
  }

  #name(side: Side, component: number): string {
    const keys = this.#keys[side]
    const key = keys.length === this.#components[side] ? keys[component] : undefined
    return key === undefined
      ? `key ${component + 1} of the ${side}`
      : `${keyText(key)} of the ${side}`
  }

  #failCount(left: number, right: number): never {
    throw new SchemaError(
      `${this.#operation}: the keys of both sides must have as many components; got ${left} on the left and ${right} on the right.`,
    )
  }
}

/** Columns whose values can be equal have this in common. */
function comparedAs({ layout, type }: Column): string {
  return layout === 'int32' || layout === 'float64' ? 'number' : typeName(type)
}
