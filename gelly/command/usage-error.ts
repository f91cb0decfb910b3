/** A command line that cannot be understood; it ends the program with exit code 2. */
export class UsageError extends Error {
  override name = 'UsageError'
  /** Whose help explains it: `graph`, `graph pagerank`. */
  readonly command: string

  constructor(message: string, command: string) {
    super(message)
    this.command = command
  }
}
