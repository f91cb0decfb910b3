import { readFileSync } from 'node:fs'
import { posix } from 'node:path'
import test from 'ava'
import ts from 'typescript'
import { filesBelow, inProject } from '../support/project.js'
import { LIBRARY, parseSource, placeOf, type Source, sourcesOf } from './source.js'

const library = sourcesOf(...LIBRARY)
const tests = sourcesOf('test')
const all = [...library, ...tests]
const none: string[] = []

/** Places of the nodes that `found` accepts. */
function nodesWhere(source: Source, found: (node: ts.Node) => boolean): string[] {
  const places: string[] = []
  const visit = (node: ts.Node): void => {
    if (found(node)) places.push(placeOf(node, source))
    ts.forEachChild(node, visit)
  }
  visit(source.syntax)
  return places
}

/** Places of the lines that match. */
function linesWhere({ path, text }: { path: string; text: string }, pattern: RegExp): string[] {
  return text
    .split('\n')
    .flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1}`] : []))
}

const isAny = (node: ts.Node) => node.kind === ts.SyntaxKind.AnyKeyword
const SILENCED = /@ts-(ignore|nocheck)/
const EXPECTED = /@ts-expect-error/
/** Absolute paths of somebody's machine; system-wide places of programs are not. */
const MACHINE_PATH = /(?<![\w.*])\/(home|root|Users|work|workspace|tmp|mnt)\/|\b[C-Z]:\\/

test('no file has more than 500 lines', t => {
  const long = all.map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 }))
  t.deepEqual(
    long.filter(({ lines }) => lines > 500),
    [],
  )
})

test('nothing has the type any', t => {
  t.deepEqual(
    all.flatMap(source => nodesWhere(source, isAny)),
    none,
  )
})

test('no error of the compiler is silenced, and expected ones are for tests', t => {
  t.deepEqual(
    all.flatMap(source => linesWhere(source, SILENCED)),
    none,
  )
  t.deepEqual(
    library.flatMap(source => linesWhere(source, EXPECTED)),
    none,
  )
})

test('exports have names, and doors name each of them', t => {
  const anonymous = (node: ts.Node) =>
    ts.isExportAssignment(node) ||
    (ts.isExportDeclaration(node) && node.exportClause === undefined) ||
    (ts.canHaveModifiers(node) &&
      (ts.getModifiers(node) ?? []).some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword))
  t.deepEqual(
    all.flatMap(source => nodesWhere(source, anonymous)),
    none,
  )
})

/** The further signatures of an overloaded function; the words stand at the first. */
function isFurtherOverload(node: ts.Node): boolean {
  if (!ts.isFunctionDeclaration(node)) return false
  const statements: readonly ts.Statement[] = node.getSourceFile().statements
  const before = statements[statements.indexOf(node) - 1]
  return (
    before !== undefined &&
    ts.isFunctionDeclaration(before) &&
    !before.body &&
    before.name?.text === node.name?.text
  )
}

test('every export of every file of the library has a docstring', t => {
  const silent = (node: ts.Node) =>
    !isFurtherOverload(node) &&
    ts.isSourceFile(node.parent ?? node) &&
    ts.canHaveModifiers(node) &&
    (ts.getModifiers(node) ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) &&
    !ts.getJSDocCommentsAndTags(node).some(ts.isJSDoc)
  t.deepEqual(
    library.flatMap(source => nodesWhere(source, silent)),
    none,
  )
})

test('files and folders are in kebab-case and none is a heap of utilities', t => {
  const names = all.map(({ path }) => path)
  t.deepEqual(
    names.filter(path => !/^([a-z0-9-]+\/)*[a-z0-9-]+(\.[a-z-]+)*\.ts$/.test(path)),
    none,
  )
  const heaps = names.filter(path =>
    /^(utils?|helpers?|misc|common)\.ts$/.test(posix.basename(path)),
  )
  t.deepEqual(heaps, none)
})

test('nothing names a path of a machine', t => {
  const texts = ['.md', '.json', '.yml', '.html'].flatMap(ending => filesBelow('.', ending))
  const documents = texts
    .filter(path => path !== 'package-lock.json' && !path.startsWith('test/data/'))
    .map(path => ({ path, text: readFileSync(inProject(path), 'utf8') }))
  t.deepEqual(
    [...all, ...documents].flatMap(file => linesWhere(file, MACHINE_PATH)),
    none,
  )
})

test('the rules catch what they are for', t => {
  const source = parseSource('x.ts', `const a: any = 1\nconst b: Array<any> = []`)
  t.deepEqual(nodesWhere(source, isAny), ['x.ts:1', 'x.ts:2'])
  const slash = '/'
  const text = `see ${slash}home/ann/x\nsee ./work/x and https://a.org/work/x and *${slash}home/`
  t.deepEqual(linesWhere({ path: 'x.md', text }, MACHINE_PATH), ['x.md:1'])
})
