/** Replacing pieces of source text. */
import type { Range } from './lambda.js'

/** A piece of source, and a maker of what stands there instead. */
export interface SourceEdit extends Range {
  readonly text: () => string
}

/** Source with replacements, which do not overlap. */
export class SourceEdits {
  readonly #source: string
  readonly #edits: readonly SourceEdit[]

  constructor(source: string, edits: readonly SourceEdit[]) {
    this.#source = source
    this.#edits = [...edits].sort((a, b) => a.start - b.start)
  }

  /** The source of a range, with the edits in it. */
  text({ start, end }: Range): string {
    let text = ''
    let at = start
    for (const edit of this.#edits) {
      if (edit.start < at || edit.end > end) continue
      text += this.#source.slice(at, edit.start) + edit.text()
      at = edit.end
    }
    return text + this.#source.slice(at, end)
  }
}
