/** What growing a random program begins with: parts, their fields, conditions and orders. */
import type { Random } from '../../support/random.js'
import { type Field, read, renamed, type Type } from './fields.js'
import type { Order, Statement } from './program.js'

/** About how many records a data set has at most. */
export const LARGEST = 2500

/** A data set under construction. */
export interface Part {
  readonly name: string
  readonly fields: readonly Field[]
  readonly order: Order
  /** About how many records it has, so that programs stay small. */
  readonly size: number
  readonly shape: 'object' | 'tuple' | 'value'
}

/** Keeps the statements so far and adds to them. */
export abstract class Growing {
  protected readonly random: Random
  protected readonly parts: Part[] = []
  protected readonly statements: Statement[] = []
  protected names = 0

  constructor(random: Random) {
    this.random = random
  }

  /** Adds a statement and the data set it makes. */
  protected add(text: string, from: readonly Part[], made: Partial<Part> = {}): Part {
    const name = `d${this.names++}`
    const part = { ...from[0]!, order: weakest(from), ...made, name }
    this.statements.push({ name, text, uses: from.map(p => p.name), order: part.order })
    this.parts.push(part)
    return part
  }

  protected field(part: Part, type?: Type): Field | undefined {
    const fitting = part.fields.filter(field => type === undefined || field.type === type)
    return fitting.length > 0 ? this.random.pick(fitting) : undefined
  }

  protected some({ fields }: Part, most = 2): readonly Field[] {
    return this.random.shuffle(fields).slice(0, 1 + this.random.int(most))
  }

  /** A condition on `r` as the body of a function. */
  protected condition(part: Part, r = 'r'): string {
    const field = this.field(part)!
    const x = read(field, r)
    const n = this.random.int(5)
    const texts: Readonly<Record<Type, readonly string[]>> = {
      number: [
        `${x} > ${n}`,
        `${x} > ${n} && ${x} <= ${n + 2}`,
        `${x} === ${n} || ${x} < 1`,
        `!(${x} >= ${n})`,
        `${x} !== null`,
        `Math.abs(${x} ?? 9) % 2 === 1`,
      ],
      string: [`${x} === 'a'`, `(${x} ?? '').length > 0`, `${x} !== null && ${x} < 'b'`],
      boolean: [`${x}`, `${x} === false`, `!${x}`],
      date: [`${x} !== null`, `(${x}?.getTime() ?? 0) > 3`],
    }
    return this.random.pick(texts[field.type])
  }

  /** The same records in an order that is the same everywhere. */
  protected ordered(part: Part): Part {
    if (part.order === 'exact') return part
    const keys = part.fields.map(
      (field, k) => `.${k === 0 ? 'orderBy' : 'thenBy'}('${field.path}')`,
    )
    const plain = part.fields.map((field, k) => `k${k}: ${read(field)}`).join(', ')
    const fields = part.fields.map((field, k) => renamed(field, `k${k}`))
    const text = `${part.name}${keys.join('')}.map(r => ({ ${plain} }))`
    return this.add(text, [part], { order: 'exact', fields })
  }

  protected direction(): string {
    return this.random.pick(['ascending', 'descending'])
  }
}

/** What is promised of what is made of several parts. */
export function weakest(parts: readonly Part[]): Order {
  const orders = parts.map(({ order }) => order)
  return orders.includes('none') ? 'none' : orders.includes('memory') ? 'memory' : 'exact'
}

/** The order of groups, which come in order of first appearance unless something is spilled. */
export function inMemory(order: Order): Order {
  return order === 'exact' ? 'memory' : order
}
