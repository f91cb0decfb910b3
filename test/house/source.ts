import { readFileSync } from 'node:fs'
import { posix } from 'node:path'
import ts from 'typescript'
import { filesBelow, inProject } from '../support/project.js'

/** One TypeScript file of the project, parsed. */
export interface Source {
  /** Relative to the project, with '/'. */
  readonly path: string
  readonly text: string
  readonly syntax: ts.SourceFile
}

/** One import of one file, static, dynamic or re-exporting. */
export interface Import {
  readonly from: string
  /** A path of the project, or a package or module: 'acorn', 'node:fs'. */
  readonly to: string
  /** 'type' leaves no trace when run, 'dynamic' loads when its line is reached. */
  readonly kind: 'static' | 'dynamic' | 'type'
  readonly line: number
}

/** The folders that make up the package. */
export const LIBRARY = ['engine', 'gelly', 'ml', 'notebooks']

/** The doors of the package by the names that users import. */
export const DOORS: Readonly<Record<string, string>> = {
  wiesel: 'engine/index.ts',
  'wiesel/extend': 'engine/extend.ts',
  'wiesel/gelly': 'gelly/index.ts',
  'wiesel/ml': 'ml/index.ts',
  'wiesel/notebooks': 'notebooks/index.ts',
}

/** Every TypeScript file below these folders. */
export function sourcesOf(...folders: string[]): Source[] {
  return folders
    .flatMap(folder => filesBelow(folder, '.ts'))
    .map(path => parseSource(path, readFileSync(inProject(path), 'utf8')))
}

/** Parses `text` as the file at `path`. */
export function parseSource(path: string, text: string): Source {
  return { path, text, syntax: ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true) }
}

/** All imports of a file in the order of their lines. */
export function importsOf({ path, syntax }: Source): Import[] {
  const imports: Import[] = []
  const add = (specifier: ts.Node | undefined, kind: Import['kind']) => {
    if (specifier === undefined || !ts.isStringLiteral(specifier)) return
    const { line } = syntax.getLineAndCharacterOfPosition(specifier.getStart())
    imports.push({ from: path, to: resolve(path, specifier.text), kind, line: line + 1 })
  }
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) {
      const typeOnly = node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword
      add(node.moduleSpecifier, typeOnly ? 'type' : 'static')
    } else if (ts.isExportDeclaration(node)) {
      add(node.moduleSpecifier, node.isTypeOnly ? 'type' : 'static')
    } else if (ts.isImportTypeNode(node)) {
      add(ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined, 'type')
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      add(node.arguments[0], 'dynamic')
    }
    ts.forEachChild(node, visit)
  }
  visit(syntax)
  return imports
}

/** Where a node stands, as editors and terminals understand it: `engine/errors.ts:12`. */
export function placeOf(node: ts.Node, { path, syntax }: Source): string {
  return `${path}:${syntax.getLineAndCharacterOfPosition(node.getStart()).line + 1}`
}

function resolve(from: string, specifier: string): string {
  if (!specifier.startsWith('.')) return DOORS[specifier] ?? specifier
  return posix.join(posix.dirname(from), specifier).replace(/\.js$/, '.ts')
}
