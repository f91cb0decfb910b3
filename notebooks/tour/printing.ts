/** How the tour prints. */
import type { DataSet } from '../../engine/index.js'

/** A number as people write it: 3,000,000. */
export function grouped(value: number): string {
  return value.toLocaleString('en-US')
}

/** Prints a title with a table below. */
export async function printTable<T>(title: string, answer: DataSet<T>, rows = 8): Promise<void> {
  const table = await answer.toTable({ rows })
  console.log(`\n${title}\n\n${indented(table)}`)
}

/** Prints a table, and how long it took to compute from so many records. */
export async function printStep<T>(title: string, answer: DataSet<T>, rows: number): Promise<void> {
  const began = performance.now()
  await printTable(title, answer)
  const seconds = (performance.now() - began) / 1000
  const speed = Math.round(rows / seconds / 1e5) / 10
  console.log(`\n  ${seconds.toFixed(2)} s, ${speed} million flights per second`)
}

/** Prints a sentence below a table, in lines that are not too long. */
export function printNote(text: string): void {
  const lines = ['']
  for (const word of text.split(' ')) {
    const last = lines.at(-1)!
    if (last.length + word.length < 96)
      lines[lines.length - 1] = last === '' ? word : `${last} ${word}`
    else lines.push(word)
  }
  console.log(`\n${indented(lines.join('\n'))}`)
}

/** The text with all its lines moved to the right. */
export function indented(text: string): string {
  return text.replace(/^/gm, '  ')
}
