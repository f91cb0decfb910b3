/**
 * How objects of the library show themselves in notebooks, without the library knowing how: whoever
 * draws figures teaches it. Until then they show themselves as text.
 */

/** What notebooks are given: the same thing in several forms. */
export type ShownForms = Readonly<Record<string, string>>

/** What objects are to draw. */
export type ShownKind = 'dataSet' | 'graph' | 'model' | 'estimator'

/** Who knows how to draw objects. */
export interface Teacher {
  /** The forms of an object, for the kernel of a notebook. Runs no job. */
  forms(kind: ShownKind, object: Showing): ShownForms
  /**
   * What is printed of an object, by `console.log` or a REPL.
   *
   * @param depth How deep it may be looked into from here.
   */
  printed(
    kind: ShownKind,
    object: Showing,
    depth: number,
    options: { readonly depth?: number },
  ): string
}

let teacher: Teacher | undefined

/** Makes all objects show themselves in this way. */
export function teachShowing(given: Teacher): void {
  teacher = given
}

/** An object that shows itself as the last expression of a cell. */
export abstract class Showing {
  /** What it is, for who draws it. */
  protected abstract get shownKind(): ShownKind

  /** In a line or a few. */
  abstract toString(): string

  /** How Deno's kernel shows it. */
  [Symbol.for('Jupyter.display')](): ShownForms {
    return this._toMime()
  }

  /** @internal How ijavascript shows it. */
  _toMime(): ShownForms {
    return teacher?.forms(this.shownKind, this) ?? { 'text/plain': this.toString() }
  }

  /** How Node and tslab print it. */
  [Symbol.for('nodejs.util.inspect.custom')](
    depth: number,
    options: { readonly depth?: number },
  ): string {
    return teacher?.printed(this.shownKind, this, depth, options) ?? this.toString()
  }
}
