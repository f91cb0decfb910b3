/** What the files of checkpoints are called. */

/** A file in a directory of checkpoints. */
export interface NamedFile {
  readonly file: string
  readonly superstep: number
  readonly kind: 'manifest' | 'part' | 'temporary'
}

/** The names of the files of one loop. */
export class CheckpointNames {
  readonly #prefix: string

  /** @param loop The loop's name; any text. */
  constructor(loop: string) {
    // Letters, digits, - and _ stand for themselves; a dot ends the name of the loop.
    this.#prefix = encodeURIComponent(loop).replace(/[.!~*'()]/g, escaped)
  }

  manifest(superstep: number): string {
    return `${this.#prefix}.${digits(superstep)}.checkpoint`
  }

  part(superstep: number, worker: number): string {
    return `${this.#prefix}.${digits(superstep)}.worker-${worker}`
  }

  /** A file until it gets its real name. */
  temporary(file: string): string {
    return `${file}.tmp`
  }

  /** Those of `files` that belong to the loop, by superstep from the last to the first. */
  own(files: readonly string[]): readonly NamedFile[] {
    const found: NamedFile[] = []
    for (const file of files) {
      if (!file.startsWith(`${this.#prefix}.`)) continue
      const match = PATTERN.exec(file.slice(this.#prefix.length))
      if (match === null) continue
      const [, superstep, ending, temporary] = match
      const kind = temporary ? 'temporary' : ending === 'checkpoint' ? 'manifest' : 'part'
      found.push({ file, superstep: Number(superstep), kind })
    }
    return found.sort((a, b) => b.superstep - a.superstep)
  }
}

const PATTERN = /^\.(\d+)\.(checkpoint|worker-\d+)(\.tmp)?$/

/** So that a listing of the directory is in order. */
function digits(superstep: number): string {
  return String(superstep).padStart(6, '0')
}

function escaped(character: string): string {
  return `%${character.charCodeAt(0).toString(16)}`
}
