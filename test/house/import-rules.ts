import { posix } from 'node:path'
import { graphOf } from './cycles.js'
import type { Import } from './source.js'

/** Layers of `engine/`, low to high; a file imports from its own layer or a lower one. */
export const LAYERS = [
  'errors',
  'types',
  'functions',
  'plan',
  'optimizer',
  'runtime',
  'io',
  'api',
  'door',
] as const

const ENGINE_DOORS = ['engine/index.ts', 'engine/extend.ts']
const PUBLIC_DOORS = ['engine/index.ts', 'gelly/index.ts', 'ml/index.ts', 'notebooks/index.ts']

/** Packages that are too heavy to load before they are used. */
const HEAVY = /^(apache-arrow|mathjs|hyparquet|graphology)/

/** The layer of a file of the engine; `undefined` when its folder is none. */
export function layerOf(path: string): (typeof LAYERS)[number] | undefined {
  const [, name = ''] = /^engine\/([\w-]+)/.exec(path) ?? []
  if (ENGINE_DOORS.includes(path)) return 'door'
  return LAYERS.find(layer => layer === name)
}

/** Why this import may not be, in words; `undefined` when it may. */
export function forbidden(found: Import): string | undefined {
  const why = reason(found.from, found.to)
  return why && `${found.from}:${found.line} imports ${found.to}: ${why}`
}

function reason(from: string, to: string): string | undefined {
  const [source, target] = [folderOf(from), folderOf(to)]
  if (!isProject(to)) return undefined
  if (source === 'engine' && target === 'engine') {
    const [own, other] = [layerOf(from), layerOf(to)]
    if (own === undefined) return `${from} lies in no layer; the layers are ${LAYERS.join(', ')}.`
    if (other === undefined) return `${to} lies in no layer; the layers are ${LAYERS.join(', ')}.`
    if (LAYERS.indexOf(other) <= LAYERS.indexOf(own)) return undefined
    return `the layer "${own}" lies below "${other}". Move what both need down, or pass it in.`
  }
  if (source === target) return undefined
  if (target === 'test') return 'the library does not use its tests.'
  if (target === 'notebooks') return 'nothing imports notebooks/.'
  if (source === 'engine') return 'the engine knows nothing of what is built on it.'
  if (source === 'notebooks') {
    return [...PUBLIC_DOORS, 'engine/extend.ts'].includes(to)
      ? undefined
      : `notebooks/ uses the doors only.`
  }
  if (ENGINE_DOORS.includes(to)) return undefined
  return `${source}/ uses ${ENGINE_DOORS.join(' and ')} only. What it needs belongs there.`
}

/** Edges between files that load each other. */
export function fileGraph(imports: readonly Import[]) {
  const loaded = imports.filter(({ to, kind }) => isProject(to) && kind !== 'type')
  return graphOf(loaded.map(({ from, to }) => [from, to] as const))
}

/**
 * Edges between folders that lie side by side, also for types. A folder and the folders in it are
 * one thing from outside; files directly in a folder are the common ground of its folders.
 */
export function folderGraph(imports: readonly Import[]) {
  const edges = imports.filter(({ to }) => isProject(to)).map(({ from, to }) => siblings(from, to))
  return graphOf(edges.filter(edge => edge !== undefined))
}

/** The two folders where the ways to two files part. */
function siblings(from: string, to: string): readonly [string, string] | undefined {
  const [left, right] = [posix.dirname(from).split('/'), posix.dirname(to).split('/')]
  const parting = left.findIndex((name, depth) => name !== right[depth])
  if (parting === -1 || parting >= right.length) return undefined
  return [left.slice(0, parting + 1).join('/'), right.slice(0, parting + 1).join('/')]
}

/**
 * Imports of Node's modules and heavy packages that happen as soon as `door` is loaded, each with
 * the way that leads to it. A browser must be able to load the doors of engine, gelly and ml.
 */
export function loadedTooEarly(imports: readonly Import[], door: string): string[] {
  const statics = imports.filter(({ kind }) => kind === 'static')
  const found: string[] = []
  const paths = [[door]]
  const seen = new Set([door])
  for (const path of paths) {
    for (const { to } of statics.filter(({ from }) => from === path.at(-1))) {
      if (to.startsWith('node:') || HEAVY.test(to)) found.push([...path, to].join(' → '))
      if (!isProject(to) || seen.has(to)) continue
      seen.add(to)
      paths.push([...path, to])
    }
  }
  return found
}

function isProject(path: string): boolean {
  return path.endsWith('.ts')
}

function folderOf(path: string): string {
  return path.split('/')[0]!
}
