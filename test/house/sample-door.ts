/** A door with faults, for the test of the docstring test. */

class Base extends Array<string> {
  /** Is inherited. */
  inherited = 1
  inheritedBare(): void {}
}

/** Has a docstring. */
export class Documented extends Base {
  override toString(): string {
    return this.#hidden
  }
  readonly #hidden = ''
  private secret = 1
  field = this.secret
  bare(): void {}
  /**
   * Doubles.
   *
   * @example
   * const two = 1 + 1
   * two // 2
   */
  double(x: number): number {
    return 2 * x
  }
}

/** Has one, but not its field. */
export interface Options {
  seed: number
}

export const undocumented = 1

/** @example quiet() // a tag is no sentence */
export function quiet(): void {}
