/** The page with the pictures of the tour. */
import path from 'node:path'
import { type ReportContent, type ReportSection, report } from '../index.js'

const sections: ReportSection[] = []

/** Adds something to the page, under a heading. */
export function show(title: string, ...content: ReportContent[]): void {
  sections.push({ title, content })
}

/** Writes what was shown; gives the path. */
export async function writePage(folder: string): Promise<string> {
  const page = await report({
    title: 'Three million flights',
    summary:
      'Flights within the United States in the first half of 2001: tables, the graph of their airports, and what can be learned from both. Written by the tour of wiesel.',
    sections,
  })
  const file = path.join(folder, 'report.html')
  await page.save(file, { overwrite: true })
  return file
}
