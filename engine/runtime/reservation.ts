import { MemoryError } from '../errors.js'
import type { OperatorContext } from './operator.js'

/** The memory that one operator holds of the pool; gives it all back with `releaseAll`. */
export class Reservation {
  /** Bytes held now. */
  bytes = 0
  readonly #context: Pick<OperatorContext, 'memory' | 'operation'>

  constructor(context: Pick<OperatorContext, 'memory' | 'operation'>) {
    this.#context = context
  }

  /** Reserves `bytes` more if the pool has them, and says whether it did. */
  tryGrow(bytes: number): boolean {
    const granted = this.#context.memory.tryReserve(bytes)
    if (granted) this.bytes += bytes
    return granted
  }

  /**
   * Reserves the little without which the operation cannot go on, even while other operators hold
   * the whole budget; they spill in turn.
   *
   * @throws {MemoryError} If even an otherwise unused budget is too small.
   */
  demand(bytes: number): void {
    const { memory, operation } = this.#context
    const needed = this.bytes + bytes
    if (needed > memory.budget) {
      throw new MemoryError(
        `${operation}: the memory budget of ${memory.budget} bytes is too small; it needs ${needed} bytes for the records that it must hold at once. Give the environment more memory.`,
      )
    }
    if (!memory.tryReserve(bytes)) {
      memory.used += bytes
      memory.peak = Math.max(memory.peak, memory.used)
    }
    this.bytes += bytes
  }

  /** Gives `bytes` back. */
  release(bytes: number): void {
    this.bytes -= bytes
    this.#context.memory.release(bytes)
  }

  /** Gives everything back. */
  releaseAll(): void {
    this.release(this.bytes)
  }
}
