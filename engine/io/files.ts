/** From what a user names (a path, a directory, a pattern, a URL, bytes) to the files to read. */
import { ArgumentError, InputOutputError } from '../errors.js'
import { shown } from '../types/column-writer.js'
import { globPattern, globRoot, isGlob } from './glob.js'
import { type InputFile, localFile, memoryFile, remoteFile } from './input-file.js'

/**
 * What can be read: a path, a directory (all its files), a pattern such as `logs/*.csv`, a `file:`,
 * `http:` or `https:` URL, bytes, a `Blob` or `File`, or several of these.
 */
export type Input = string | URL | Uint8Array | Blob | readonly (string | URL | Uint8Array | Blob)[]

/** How files are found. */
export interface ListOptions {
  /** Named in errors: `readCsv`. */
  readonly operation: string
  /** Whether a directory means the files in its directories, too. Default `false`. */
  readonly recursive?: boolean | undefined
}

/**
 * The files that `input` means, those of a directory or pattern in order of their paths. Names that
 * begin with `_` or `.` are left out there, as other engines keep their notes in such files.
 *
 * @throws {InputOutputError} If there is no such file, or a directory or pattern without files.
 * @throws {ArgumentError} If `input` is nothing that can be read.
 */
export async function listFiles(input: Input, options: ListOptions): Promise<InputFile[]> {
  const { operation } = options
  if (Array.isArray(input)) {
    if (input.length === 0)
      throw new ArgumentError(`${operation}: the list of files is empty. Name at least one file.`)
    const lists = await Promise.all(input.map((one: Input) => listFiles(one, options)))
    return lists.flat()
  }
  if (input instanceof Uint8Array || (typeof Blob !== 'undefined' && input instanceof Blob))
    return [memoryFile(input, operation)]
  const text = input instanceof URL ? input.href : input
  if (typeof text !== 'string' || text === '') throw notInput(text, operation)
  if (/^https?:/i.test(text)) return [remoteFile(text, operation)]
  return listLocal(await localPath(text), options)
}

/**
 * Refuses what is no input at all; whether there is such a file shows when it is read.
 *
 * @throws {ArgumentError} If `input` is nothing that can be read.
 */
export function checkInput(input: unknown, operation: string): void {
  const valid =
    Array.isArray(input) ||
    typeof input === 'string' ||
    input instanceof URL ||
    input instanceof Uint8Array ||
    (typeof Blob !== 'undefined' && input instanceof Blob)
  if (!valid || input === '') throw notInput(input, operation)
}

function notInput(input: unknown, operation: string): ArgumentError {
  return new ArgumentError(
    `${operation}: the input must be a path, URL, bytes or a list of these; got ${shown(input)}.`,
  )
}

/**
 * Refuses what is no path of a file to write.
 *
 * @throws {ArgumentError} If `path` is neither a text nor a URL.
 */
export function checkOutput(path: unknown, operation: string): void {
  if ((typeof path === 'string' && path !== '') || path instanceof URL) return
  throw new ArgumentError(
    `${operation}: the path must be a text such as 'results.csv', or a file URL; got ${shown(path)}.`,
  )
}

/** What an input is called in labels and messages: its path, or how many there are. */
export function inputName(input: Input): string {
  if (Array.isArray(input))
    return input.length === 1 ? inputName(input[0]) : `${input.length} files`
  if (input instanceof URL) return input.protocol === 'file:' ? input.pathname : input.href
  if (typeof input === 'string') return input
  return 'name' in input ? String(input.name) : 'bytes in memory'
}

/** A path from a path or a `file:` URL. */
export async function localPath(path: string | URL): Promise<string> {
  const text = path instanceof URL ? path.href : path
  if (!/^file:/i.test(text)) return text
  const { fileURLToPath } = await import('node:url')
  return fileURLToPath(text)
}

async function listLocal(path: string, options: ListOptions): Promise<InputFile[]> {
  const { operation, recursive = false } = options
  const { stat } = await import('node:fs/promises')
  const status = await stat(path).catch((error: NodeJS.ErrnoException) => error)
  if (!(status instanceof Error)) {
    if (!status.isDirectory()) return [localFile(path, status.size, operation)]
    const files = await walk(path, recursive, () => true, operation)
    if (files.length > 0) return files
    throw new InputOutputError(
      `${operation}: directory "${path}" has no files${recursive ? '' : ' of its own'}. Names that begin with "_" or "." do not count${recursive ? '' : '; { recursive: true } reads its directories, too'}.`,
    )
  }
  if (isGlob(path)) {
    const pattern = globPattern(normal(path))
    const root = globRoot(normal(path))
    const deep = normal(path).slice(root.length).includes('/') || path.includes('**')
    const files = await walk(root, deep, name => pattern.test(name), operation)
    if (files.length > 0) return files
    throw new InputOutputError(
      `${operation}: no file matches "${path}". Names that begin with "_" or "." do not count.`,
    )
  }
  if (status.code !== 'ENOENT' && status.code !== 'ENOTDIR')
    throw new InputOutputError(`${operation}: cannot read ${path}: ${status.message}.`, {
      cause: status,
    })
  throw new InputOutputError(`${operation}: ${await notFound(path)}`, { cause: status })
}

/** The visible files below `root` whose paths pass, sorted by path. */
async function walk(
  root: string,
  deep: boolean,
  matches: (path: string) => boolean,
  operation: string,
): Promise<InputFile[]> {
  const { readdir, stat } = await import('node:fs/promises')
  const found: { path: string; size: number }[] = []
  const visit = async (directory: string): Promise<void> => {
    const entries = await readdir(directory || '.').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return []
      throw new InputOutputError(`${operation}: cannot list ${directory}: ${error.message}.`, {
        cause: error,
      })
    })
    for (const entry of entries) {
      if (/^[._]/.test(entry)) continue
      const path =
        directory === '' || directory.endsWith('/') ? directory + entry : `${directory}/${entry}`
      const status = await stat(path).catch(() => undefined) // a link to nowhere
      if (status?.isDirectory() && deep) await visit(path)
      else if (status?.isFile() && matches(path)) found.push({ path, size: status.size })
    }
  }
  await visit(root)
  found.sort((a, b) => (a.path < b.path ? -1 : 1))
  return found.map(({ path, size }) => localFile(path, size, operation))
}

/** Says that `path` does not exist, and which name was probably meant. */
async function notFound(path: string): Promise<string> {
  const { readdir } = await import('node:fs/promises')
  const { basename, dirname, join } = await import('node:path')
  const directory = dirname(path)
  const entries = await readdir(directory).catch(() => undefined)
  if (entries === undefined)
    return `file "${path}" does not exist, nor does its directory. Check the path; the working directory is ${process.cwd()}.`
  const name = basename(path)
  const nearest = nearestName(name, entries)
  if (nearest !== undefined)
    return `file "${path}" does not exist. Did you mean "${directory === '.' ? nearest : join(directory, nearest)}"?`
  return `file "${path}" does not exist. Check the path; the working directory is ${process.cwd()}.`
}

/** The name that differs least from `name`, if the difference looks like a slip. */
export function nearestName(name: string, names: readonly string[]): string | undefined {
  let nearest: string | undefined
  let least = Math.max(2, Math.floor(name.length / 3)) + 1
  for (const candidate of names) {
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase())
    if (distance < least) {
      least = distance
      nearest = candidate
    }
  }
  return nearest
}

/** Insertions, deletions and replacements between two short texts; Levenshtein 1966. */
function editDistance(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, k) => k)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let k = 1; k <= b.length; k++) {
      const same = a[i - 1] === b[k - 1] ? 0 : 1
      row.push(Math.min(row[k - 1]! + 1, above[k]! + 1, above[k - 1]! + same))
    }
    above = row
  }
  return above[b.length]!
}

function normal(path: string): string {
  return process.platform === 'win32' ? path.replaceAll('\\', '/') : path
}
