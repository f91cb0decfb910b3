import { posix } from 'node:path'
import { filesBelow } from '../support/project.js'

/** A link of a Markdown document to another file or to a heading. */
export interface Link {
  readonly line: number
  /** Path relative to the document; '' is the document itself. */
  readonly path: string
  /** The heading, as a slug, when the link names one. */
  readonly heading?: string
}

/** Markdown files of the project that its users and developers read. */
export function documents(): string[] {
  return filesBelow('.', '.md').filter(path => !path.startsWith('test/data/'))
}

/** Links to files of the project; code blocks and addresses of the web are left out. */
export function linksOf(text: string): Link[] {
  const prose = text.replace(/^```.*?^```$/gms, code => code.replace(/[^\n]/g, ' '))
  return prose.split('\n').flatMap((content, index) =>
    [...content.matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, target = '']) => {
      if (/^[a-z]+:/.test(target)) return []
      const [path = '', heading] = target.split('#')
      return { line: index + 1, path, ...(heading !== undefined && { heading }) }
    }),
  )
}

/** The headings of a document as GitHub and npm name them in links. */
export function headingsOf(text: string): string[] {
  const prose = text.replace(/^```.*?^```$/gms, '')
  return [...prose.matchAll(/^#+ +(.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replace(/\s/g, '-'),
  )
}

/** Where a link of `document` leads, relative to the project. */
export function targetOf(document: string, { path }: Link): string {
  return path === '' ? document : posix.join(posix.dirname(document), path)
}
