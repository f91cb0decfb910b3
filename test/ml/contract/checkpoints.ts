import { readdirSync } from 'node:fs'

/**
 * Makes the clock go a tenth of a second further each time it is looked at: whatever happens ten times a second,
 * such as progress and a look at the signal, happens each time then.
 */
export function hastyClock(): void {
  const now = performance.now.bind(performance)
  let ahead = 0
  performance.now = () => {
    ahead += 100
    return now() + ahead
  }
}

/** Whether a checkpoint is written there to its end. */
export function hasCheckpoint(directory: string): boolean {
  const files = readdirSync(directory, { recursive: true }) as string[]
  return files.some(name => name.endsWith('.checkpoint'))
}
