import { existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'
import ts from 'typescript'
import { inProject } from '../support/project.js'
import { compilerOptions, programOf } from './compiler.js'
import { type Check, difference, type Example, runnableModule, typedModule } from './example.js'

/** Names that docstrings need not import, and where they come from. */
type Known = ReadonlyMap<string, string>

/** Inside the project, so that `wiesel` means this package, by its `exports`, as built. */
const MODULES = inProject('dist', 'examples')

/** Modules are kept by address, so each run has its own. */
let runs = 0

/** Files that examples find in their folder. */
const DATA = [inProject('node_modules', 'vega-datasets', 'data'), inProject('test', 'data')]

/**
 * Compiles examples against the declarations that the package ships.
 *
 * @returns Each mistake as `docs/guide.md:12: message`.
 */
export function compileErrors(examples: readonly Example[], known?: Known): string[] {
  mkdirSync(MODULES, { recursive: true })
  const written = new Map<string, Example>()
  for (const example of examples) {
    const file = moduleFile(example, 'ts')
    writeFileSync(file, typedModule(example, known))
    written.set(file, example)
  }
  const options = { ...compilerOptions(), verbatimModuleSyntax: false, noUnusedLocals: false }
  delete options.rootDir
  delete options.outDir
  const program = programOf([...written.keys()], { ...options, declaration: false })
  const diagnostics = [...written.keys()].flatMap(path => {
    const file = program.getSourceFile(path)
    return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)]
  })
  for (const file of written.keys()) rmSync(file)
  return diagnostics.map(({ file, start = 0, messageText }) => {
    const line = file ? file.getLineAndCharacterOfPosition(start).line + 1 : 0
    const path = file ? written.get(file.fileName)?.path : ''
    return `${path}:${line}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`
  })
}

/**
 * Runs an example in a new folder that holds links to the test data and to the files of
 * `vega-datasets`. One at a time: it changes the working folder and listens to what is printed.
 *
 * @returns What came out otherwise than the example says, as `docs/guide.md:12: expected ...`.
 */
export async function runExample(example: Example, known?: Known): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'wiesel-example-'))
  const file = moduleFile(example, 'mjs')
  const before = process.cwd()
  const wrong: string[] = []
  try {
    mkdirSync(MODULES, { recursive: true })
    writeFileSync(file, runnableModule(example, known))
    provideFiles(folder)
    process.chdir(folder)
    const module = (await import(`${pathToFileURL(file).href}?run=${runs++}`)) as {
      default(check: Check): unknown
    }
    const check: Check = async (line, expected, run) => {
      const shown = expected.behind !== undefined || expected.below !== undefined
      const found = difference(expected, await outcomeOf(run, shown))
      if (found !== undefined) wrong.push(`${example.path}:${line}: ${found}`)
    }
    const { error } = await outcomeOf(async () => module.default(check), false)
    if (error !== undefined) wrong.push(`${example.path}: ${stackOf(error)}`)
  } finally {
    process.chdir(before)
    await rm(folder, { recursive: true, force: true })
    rmSync(file, { force: true })
  }
  return wrong
}

/**
 * What an expression gave: its value, what it printed, what it threw. A dataset runs; its records
 * are the value when they are to be shown.
 */
async function outcomeOf(run: () => Promise<unknown>, shown: boolean) {
  const { write } = process.stdout
  let printed = ''
  process.stdout.write = (chunk: string | Uint8Array) => {
    printed += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString()
    return true
  }
  try {
    const value = await run()
    if (!isDataSet(value)) return { value, printed }
    return { value: await (shown ? value.collect() : value.count()), printed }
  } catch (error) {
    return { printed, error }
  } finally {
    process.stdout.write = write
  }
}

interface Runs {
  collect(): Promise<unknown>
  count(): Promise<unknown>
}

function isDataSet(value: unknown): value is Runs {
  const { collect, count } = (value ?? {}) as { collect?: unknown; count?: unknown }
  return typeof collect === 'function' && typeof count === 'function'
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

/** Two examples of one file differ in the line where they begin. */
function moduleFile({ path, blocks }: Example, ending: string): string {
  return join(MODULES, `${path.replace(/[^\w.-]/g, '-')}-${blocks[0]?.line}.${ending}`)
}

/** Links to data files, and small ones whose names examples like to use. */
function provideFiles(folder: string): void {
  for (const source of DATA.filter(existsSync)) {
    for (const name of readdirSync(source)) {
      if (!existsSync(join(folder, name))) symlinkSync(join(source, name), join(folder, name))
    }
  }
  writeFileSync(join(folder, 'hamlet.txt'), 'To be, or not to be,\nthat is the question:\n')
  writeFileSync(join(folder, 'items.json'), '[{ "id": 1 }, { "id": 2 }]')
  mkdirSync(join(folder, 'events'))
  for (const day of ['monday', 'tuesday']) {
    writeFileSync(join(folder, 'events', `${day}.jsonl.gz`), gzipSync('{"id":1}\n{"id":2}\n'))
  }
}
