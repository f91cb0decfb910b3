import { inspect } from 'node:util'
import ts from 'typescript'

/** A document, or a docstring, with code that readers will copy. */
export interface Example {
  /** The file it stands in, relative to the project. */
  readonly path: string
  readonly blocks: readonly Block[]
}

/** Lines of code that stand together. */
export interface Block {
  /** Line of the first line of code in the file, from 1. */
  readonly line: number
  readonly code: string
  /** False: it is compiled, but not run. */
  readonly run: boolean
}

/** What an example says that an expression gives. */
export interface Expectation {
  /** The comment behind the expression, without slashes. */
  readonly behind?: string
  /** The lines of the comment right below it. */
  readonly below?: readonly string[]
}

/** What a module made by `runnableModule` calls for each expression that is a statement. */
export type Check = (
  line: number,
  expected: Expectation,
  run: () => Promise<unknown>,
) => Promise<void>

/** The TypeScript blocks of a Markdown text: those fenced as `ts`. */
export function markdownExample(path: string, text: string): Example {
  const blocks: Block[] = []
  const fences = /^```ts( no-run)?\n(.*?)^```$/gms
  for (const match of text.matchAll(fences)) {
    const line = text.slice(0, match.index).split('\n').length + 1
    blocks.push({ line, code: match[2]!, run: match[1] === undefined })
  }
  return { path, blocks }
}

/**
 * The blocks as one TypeScript module, each line where it stands in the document, so that the
 * compiler's messages name the document's lines. A block sees the names of those above it and may
 * use them anew, because it is nested in them.
 *
 * @param known Specifiers of names that need no import: docstrings leave imports out.
 */
export function typedModule(example: Example, known?: ReadonlyMap<string, string>): string {
  return layOut(example, known, block => block.code)
}

/** The same as a JavaScript module whose default export runs the example with a `Check`. */
export function runnableModule(example: Example, known?: ReadonlyMap<string, string>): string {
  const checked = layOut(example, known, block => (block.run ? withChecks(block) : ''))
  const end = checked.indexOf('\n')
  const [imports, body] = [checked.slice(0, end), checked.slice(end)]
  const text = `${imports} export default async function (check) {${body}\n}`
  const compilerOptions = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 }
  return ts.transpileModule(text, { compilerOptions }).outputText
}

function layOut(
  { blocks }: Example,
  known: ReadonlyMap<string, string> | undefined,
  code: (block: Block) => string,
): string {
  const lines: string[] = []
  const imports = new Set<string>()
  for (const block of blocks) {
    const { rest, found } = takeImports(code(block))
    for (const text of found) imports.add(text)
    const nested = lines.length > 0 ? '{' : ''
    while (lines.length < block.line - 1) lines.push('')
    if (nested) lines[block.line - 2] += nested
    lines.push(...rest.split('\n'))
    if (known) for (const text of importsOfKnown(rest, known, found)) imports.add(text)
  }
  const closing = '}'.repeat(Math.max(0, blocks.length - 1))
  lines[0] = `${[...imports].join('; ')}; export {}; ${lines[0] ?? ''}`
  return `${lines.join('\n')}\n${closing}`
}

/** Takes the imports out, one per name, so that the same name twice in a document is one import. */
function takeImports(code: string): { rest: string; found: string[] } {
  const file = ts.createSourceFile('example.ts', code, ts.ScriptTarget.Latest, true)
  const found: string[] = []
  let rest = code
  for (const node of file.statements) {
    if (!ts.isImportDeclaration(node)) continue
    const bindings = node.importClause?.namedBindings
    const from = node.moduleSpecifier.getText()
    if (bindings && ts.isNamedImports(bindings)) {
      const type = node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword ? 'type ' : ''
      const named = bindings.elements.map(
        name => `import { ${type}${name.getText()} } from ${from}`,
      )
      found.push(...named)
    } else found.push(node.getText())
    rest = blank(rest, node.getStart(), node.getEnd())
  }
  return { rest, found }
}

/** Spaces instead of text, lines kept. */
function blank(text: string, start: number, end: number): string {
  return text.slice(0, start) + text.slice(start, end).replace(/[^\n]/g, ' ') + text.slice(end)
}

/** Imports for the names that a docstring's example uses as if they were there. */
function importsOfKnown(
  code: string,
  known: ReadonlyMap<string, string>,
  imported: readonly string[],
): string[] {
  const used = new Set<string>()
  const visit = (node: ts.Node): void => {
    const isMember = ts.isPropertyAccessExpression(node.parent) && node.parent.name === node
    if (ts.isIdentifier(node) && !isMember) used.add(node.text)
    ts.forEachChild(node, visit)
  }
  ts.forEachChild(ts.createSourceFile('example.ts', code, ts.ScriptTarget.Latest, true), visit)
  const missing = [...used].filter(name => known.has(name) && !declares(code, name))
  return missing
    .map(name => `import { ${name} } from '${known.get(name)}'`)
    .filter(text => !imported.includes(text))
}

function declares(code: string, name: string): boolean {
  return new RegExp(`\\b(const|let|function|class|type|interface)\\s+${name}\\b`).test(code)
}

/** Wraps each expression that is a statement into a call of `check`, also to run lazy ones. */
function withChecks({ code, line }: Block): string {
  const file = ts.createSourceFile('example.ts', code, ts.ScriptTarget.Latest, true)
  let text = code
  for (const statement of [...file.statements].reverse()) {
    if (!ts.isExpressionStatement(statement)) continue
    const expected = expectationBehind(code, statement.getEnd()) ?? {}
    const expression = statement.expression.getText()
    const at = line + file.getLineAndCharacterOfPosition(statement.getStart()).line
    const call = `await check(${at}, ${JSON.stringify(expected)}, async () => (${expression}));`
    text = text.slice(0, statement.getStart()) + call + text.slice(statement.getEnd())
  }
  return text
}

/** The comment on the rest of the line, or else the comment that fills the lines below. */
function expectationBehind(code: string, end: number): Expectation | undefined {
  const [rest = '', ...following] = code.slice(end).split('\n')
  const behind = /^\s*\/\/ ?(.*)$/.exec(rest)?.[1]
  if (behind !== undefined) return { behind }
  if (rest.trim() !== '') return undefined
  const indent = /^\s*\/\/ ?(.*)$/
  const stop = following.findIndex(line => !indent.test(line))
  const below = following.slice(0, stop === -1 ? following.length : stop)
  return below.length > 0 ? { below: below.map(line => indent.exec(line)![1]!) } : undefined
}

/**
 * Whether an expression gave what the example says. What it printed counts if it printed,
 * otherwise its value as Node shows it. The values of a list may stand without the brackets.
 *
 * @returns What is wrong, or nothing.
 */
export function difference(
  expected: Expectation,
  outcome: { readonly value?: unknown; readonly printed: string; readonly error?: unknown },
): string | undefined {
  const { value, printed, error } = outcome
  const wanted = expected.behind ?? expected.below?.join('\n')
  const threw = error instanceof Error ? `throws ${error.name}: ${error.message}` : undefined
  if (wanted === undefined) return threw && `it ${threw}`
  const shown = threw ?? (printed !== '' ? printed : inspect(value, { depth: 9, breakLength: 80 }))
  const accepted = [normal(shown)]
  if (Array.isArray(value)) accepted.push(accepted[0]!.slice(1, -1))
  const matches = pattern(wanted, threw !== undefined)
  if (accepted.some(text => matches.test(text))) return undefined
  return `expected ${wanted}\nbut it gave ${shown}`
}

/** `...` stands for anything; an error's message may be cut short. */
function pattern(wanted: string, prefix: boolean): RegExp {
  const parts = wanted.split(/\.\.\.|…/).map(part => escapeRegExp(normal(part)))
  return new RegExp(`^${parts.join('[^]*')}${prefix ? '' : '$'}`)
}

/** Space and the kind of quotes do not count. */
function normal(text: string): string {
  return text.replace(/\s+/g, '').replace(/["`]/g, "'")
}

function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
}
