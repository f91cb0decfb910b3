import { existsSync } from 'node:fs'
import { relative, sep } from 'node:path'
import ts from 'typescript'
import { inProject, projectRoot } from '../support/project.js'
import { compilerOptions, programOf } from './compiler.js'
import { DOORS } from './source.js'

/** Something that a user or an author of libraries can name: `DataSet`, `DataSet.map`. */
export interface PublicName {
  readonly name: string
  /** The specifier that exports it: 'wiesel/ml'. Absent for doors that are not the package's. */
  readonly door?: string
  /** `engine/api/data-set.ts:12` */
  readonly place: string
  readonly documented: boolean
  readonly examples: readonly DocExample[]
}

/** The code behind one `@example`. */
export interface DocExample {
  /** The file that holds it, relative to the project. */
  readonly path: string
  /** Line of the first line of code, from 1. */
  readonly line: number
  readonly code: string
}

/** Everything that doors export, with the public members of exported classes and interfaces. */
export function publicNames(
  doors: readonly (readonly [specifier: string | undefined, path: string])[] = Object.entries(
    DOORS,
  ),
): PublicName[] {
  const present = doors.filter(([, path]) => existsSync(inProject(path)))
  const program = programOf(
    present.map(([, path]) => inProject(path)),
    compilerOptions(),
  )
  const checker = program.getTypeChecker()
  const found = new Map<ts.Declaration, PublicName>()
  for (const [door, path] of present) {
    const module = checker.getSymbolAtLocation(program.getSourceFile(inProject(path))!)
    for (const exported of module ? checker.getExportsOfModule(module) : []) {
      const target = resolveAlias(exported, checker)
      const inside = membersOf(target, checker).map(
        member => [`${exported.name}.${member.name}`, member] as const,
      )
      for (const [name, symbol] of [[exported.name, target] as const, ...inside]) {
        const [declaration] = declarations(symbol)
        if (declaration === undefined || found.has(declaration)) continue
        found.set(declaration, { name, ...(door && { door }), ...describe(symbol, checker) })
      }
    }
  }
  return [...found.values()]
}

function resolveAlias(symbol: ts.Symbol, checker: ts.TypeChecker): ts.Symbol {
  return symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol
}

function declarations(symbol: ts.Symbol): ts.Declaration[] {
  return (symbol.declarations ?? []).filter(declaration => {
    const { fileName } = declaration.getSourceFile()
    return fileName.startsWith(projectRoot) && !fileName.includes('node_modules')
  })
}

/**
 * Methods, and each field of `...Options`; other fields may speak for themselves under the
 * docstring of their type. Inherited ones too. Left out is what the language explains, constructors,
 * index signatures, well-known symbols and overrides, and what is private, protected or `@internal`.
 */
function membersOf(symbol: ts.Symbol, checker: ts.TypeChecker): ts.Symbol[] {
  const fields = (symbol.declarations ?? []).some(
    node => ts.isTypeAliasDeclaration(node) && ts.isTypeLiteralNode(node.type),
  )
  if (!fields && !(symbol.flags & (ts.SymbolFlags.Class | ts.SymbolFlags.Interface))) return []
  const own = checker.getPropertiesOfType(checker.getDeclaredTypeOfSymbol(symbol))
  const inside = [...own, ...(symbol.exports?.values() ?? [])].filter(isPublicMember)
  return symbol.name.endsWith('Options') ? inside : inside.filter(isMethod)
}

function isMethod(member: ts.Symbol): boolean {
  return (member.flags & ts.SymbolFlags.Method) !== 0
}

function isPublicMember(member: ts.Symbol): boolean {
  if (member.name.startsWith('__') || member.name === 'prototype') return false
  if (member.flags & ts.SymbolFlags.TypeParameter) return false
  const hidden = ts.ModifierFlags.Private | ts.ModifierFlags.Protected | ts.ModifierFlags.Override
  return declarations(member).every(declaration => {
    const name = ts.getNameOfDeclaration(declaration)
    return (
      !(ts.getCombinedModifierFlags(declaration) & hidden) &&
      !(name && ts.isPrivateIdentifier(name)) &&
      !ts.getJSDocTags(declaration).some(({ tagName }) => tagName.text === 'internal')
    )
  })
}

function describe(symbol: ts.Symbol, checker: ts.TypeChecker) {
  const text = ts.displayPartsToString(symbol.getDocumentationComment(checker))
  const places = declarations(symbol).map(placeOf)
  const examples = declarations(symbol).flatMap(examplesOf)
  return { place: places[0]!, documented: text.trim() !== '', examples }
}

function placeOf(declaration: ts.Declaration): string {
  const file = declaration.getSourceFile()
  return `${pathOf(file)}:${file.getLineAndCharacterOfPosition(declaration.getStart()).line + 1}`
}

function pathOf(file: ts.SourceFile): string {
  return relative(projectRoot, file.fileName).split(sep).join('/')
}

function examplesOf(declaration: ts.Declaration): DocExample[] {
  const file = declaration.getSourceFile()
  const tags = ts.getJSDocTags(declaration)
  return tags
    .filter(tag => tag.tagName.text === 'example')
    .map(tag => {
      const start = tag.tagName.getEnd()
      const raw = file.text.slice(start, tag.getEnd()).replace(/\s*\*\/\s*$/, '')
      const line = file.getLineAndCharacterOfPosition(start).line + 1
      return { path: pathOf(file), line, code: unstarred(raw) }
    })
}

/** Takes the comment's margin and a fence away; every line stays where it was. */
function unstarred(comment: string): string {
  const lines = comment.split('\n').map(line => line.replace(/^\s*\*( |$)/, ''))
  return lines.map(line => (line.startsWith('```') ? '' : line)).join('\n')
}
