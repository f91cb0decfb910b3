import { existsSync, readdirSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of the project's `package.json`, the same for sources and for what is built. */
export const projectRoot = findRoot(dirname(fileURLToPath(import.meta.url)))

/** An absolute path within the project: `inProject('test', 'data', 'airports.csv')`. */
export function inProject(...parts: string[]): string {
  return join(projectRoot, ...parts)
}

/** Folders that hold other people's files or what tools wrote. */
const FOREIGN = new Set(['node_modules', 'dist', 'out', '.git'])

/**
 * The files below a folder of the project, sorted.
 *
 * @param folder Relative to the project; '.' is all of it. No files when it does not exist.
 * @param ending What their names end with: '.ts'.
 * @returns Paths relative to the project, with '/' on every system.
 */
export function filesBelow(folder: string, ending: string): string[] {
  const found: string[] = []
  const visit = (path: string) => {
    for (const entry of readdirSync(path, { withFileTypes: true })) {
      if (entry.isDirectory() && !FOREIGN.has(entry.name)) visit(join(path, entry.name))
      else if (entry.isFile() && entry.name.endsWith(ending)) found.push(join(path, entry.name))
    }
  }
  if (existsSync(inProject(folder))) visit(inProject(folder))
  return found.map(path => relative(projectRoot, path).split(sep).join('/')).sort()
}

/** Walks up to the nearest `package.json`. */
function findRoot(start: string): string {
  for (let folder = start; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) return folder
    if (dirname(folder) === folder) throw new Error(`No package.json above ${start}.`)
  }
}
