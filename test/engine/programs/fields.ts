/** Fields of random programs, and how functions and methods refer to them. */

/** The types of fields. */
export type Type = 'number' | 'string' | 'boolean' | 'date'

/** A field: where it is, and how a function reads it. */
export interface Field {
  readonly path: string
  readonly type: Type
}

/** How a function reads a field of the record `r`. */
export function read({ path }: Field, r = 'r'): string {
  return /^\d/.test(path) ? `${r}[${path}]` : `${r}.${path.replaceAll('.', '?.')}`
}

/** The same for a record that may be missing itself; gives `null` for what is not there. */
export function outer({ path }: Field, r: string): string {
  return `(${r}?.${path.replaceAll('.', '?.')} ?? null)`
}

/** The same under another path. */
export function renamed({ type }: Field, path: string): Field {
  return { path, type }
}

/** Some fields and further ones, which replace those of the same name. */
export function withFields(fields: readonly Field[], ...more: readonly Field[]): readonly Field[] {
  const names = more.map(({ path }) => path)
  return [...fields.filter(({ path }) => !names.includes(topName(path))), ...more]
}

/** The paths as arguments. */
export function quoted(fields: readonly Field[]): string {
  return fields.map(({ path }) => `'${path}'`).join(', ')
}

/** The last segment of a path. */
export function lastName(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1)
}

/** The first segment of a path. */
export function topName(path: string): string {
  return path.split('.')[0]!
}
