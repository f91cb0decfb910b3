import { cp, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import test from 'ava'
import { build } from 'esbuild'
import ts from 'typescript'
import { findBrowser, ISOLATED, visit } from './browser.js'
import { type Installed, installPacked, run } from './installed.js'

/** What `projects/job.js` gives. */
const RESULT = [
  { city: 'San Francisco', flights: 2, delay: 8 },
  { city: 'Los Angeles', flights: 1, delay: 4 },
  { city: 'New York', flights: 1, delay: 25 },
]

let installed: Installed
let bundled: string

test.before('packs, installs and bundles', async t => {
  installed = await installPacked()
  t.log(installed.how)
  bundled = join(installed.folder, 'bundled')
})

test.after.always(() => installed?.remove())

test.serial('a plain JavaScript project imports every door, runs a job and a kernel', async t => {
  const { stdout } = await run(process.execPath, ['javascript/main.js'], { cwd: installed.folder })
  const { doors, ...results } = JSON.parse(stdout) as { doors: string[] }
  t.deepEqual(doors, ['object', 'object', 'object', 'object', 'object'])
  t.deepEqual(results, { result: RESULT, sum: 'webassembly 32 10' })
})

/** What `projects/workers.js` gives. */
const IN_WORKERS = {
  where: 'runs in 2 worker threads',
  result: [{ last: 0, numbers: 99, sum: 50490 }],
}

test.serial('an installed package runs jobs in workers, also with a loader', async t => {
  const { folder: cwd } = installed
  const loader =
    'data:text/javascript,export const load = (url, context, next) => next(url, context)'
  for (const options of [[], ['--no-warnings', '--experimental-loader', loader]]) {
    const { stdout } = await run(process.execPath, [...options, 'workers/main.js'], { cwd })
    t.deepEqual(JSON.parse(stdout), IN_WORKERS)
  }
})

test.serial('a bundle runs jobs in workers', async t => {
  const { folder: cwd } = installed
  await build({
    absWorkingDir: cwd,
    entryPoints: ['workers/main.js'],
    bundle: true,
    format: 'esm',
    platform: 'node',
    outfile: 'bundle/main.mjs',
    external: ['mathjs'],
    logLevel: 'silent',
  })
  const { stdout } = await run(process.execPath, ['bundle/main.mjs'], { cwd })
  t.deepEqual(JSON.parse(stdout), IN_WORKERS)
})

const resolutions: [string, ts.CompilerOptions][] = [
  ['nodenext', { module: ts.ModuleKind.NodeNext }],
  ['bundler', { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler }],
]
for (const [name, options] of resolutions) {
  test.serial(`a strict TypeScript project finds the types, module resolution ${name}`, t => {
    t.deepEqual(typeErrors(join(installed.folder, 'typescript', 'main.ts'), options), [])
  })
}

/** Mistakes in the project and in the package's own declarations, as a strict user sees them. */
function typeErrors(main: string, options: ts.CompilerOptions): string[] {
  const program = ts.createProgram([main], {
    ...options,
    target: ts.ScriptTarget.ES2022,
    lib: ['lib.es2023.d.ts', 'lib.esnext.disposable.d.ts', 'lib.dom.d.ts'],
    strict: true,
    noEmit: true,
    types: [],
  })
  const ours = program
    .getSourceFiles()
    .filter(({ fileName }) => fileName === main || fileName.includes('node_modules/wiesel/'))
  return [...program.getGlobalDiagnostics(), ...ours.flatMap(file => errorsOf(program, file))].map(
    ({ file, messageText }) =>
      `${file?.fileName.slice(installed.folder.length)}: ` +
      ts.flattenDiagnosticMessageText(messageText, '\n'),
  )
}

function errorsOf(program: ts.Program, file: ts.SourceFile): ts.Diagnostic[] {
  return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)]
}

test.serial('the bundle runs a kernel in Node, where a worker would run it, too', async t => {
  const outfile = join(installed.folder, 'kernel-bundle.mjs')
  const entry = `import { kernel } from './kernel.js'; console.log(await kernel())`
  await build({
    stdin: { contents: entry, resolveDir: installed.folder },
    bundle: true,
    format: 'esm',
    platform: 'node',
    mainFields: ['module', 'main'],
    outfile,
    logLevel: 'silent',
  })
  const { stdout } = await run(process.execPath, [outfile])
  t.is(stdout.trim(), 'webassembly 32 10')
})

test.serial('it bundles for a browser, without settings', async t => {
  const { errors, metafile } = await build({
    absWorkingDir: installed.folder,
    entryPoints: ['browser/main.js'],
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'browser',
    outdir: bundled,
    metafile: true,
    minify: true,
    logLevel: 'silent',
  })
  t.deepEqual(errors, [])
  const first = Object.keys(metafile.outputs).find(path => path.endsWith('bundled/main.js'))!
  const loaded = staticClosure(first, path => metafile.outputs[path]?.imports ?? [])
  const bytes = loaded.reduce((sum, path) => sum + (metafile.outputs[path]?.bytes ?? 0), 0)
  t.log(`the page loads ${Math.ceil(bytes / 1024)} KiB of minified code before it begins`)
  const heavy = loaded.flatMap(path => Object.keys(metafile.outputs[path]?.inputs ?? {}))
  t.deepEqual(
    heavy.filter(path => /apache-arrow|mathjs|hyparquet/.test(path)),
    [],
  )
})

/** Files that are loaded before the first line runs. */
function staticClosure(
  first: string,
  importsOf: (path: string) => readonly { path: string; kind: string }[],
): string[] {
  const found = [first]
  for (const path of found) {
    const next = importsOf(path).filter(({ kind }) => kind === 'import-statement')
    found.push(...next.map(({ path: to }) => to).filter(to => !found.includes(to)))
  }
  return found
}

const browser = findBrowser()
const inBrowser = browser === undefined ? test.skip : test.serial
const skipped = browser === undefined ? ' (skipped: there is no Chromium on this machine)' : ''

inBrowser(`a page in Chromium runs jobs on its thread, and a kernel${skipped}`, async t => {
  const { result, errors } = await visit(browser!, await page())
  const { where, ...others } = JSON.parse(result)
  t.deepEqual(others, { result: RESULT, sum: 'webassembly 32 10', spread: IN_WORKERS.result })
  t.regex(where, /^runs on the calling thread: the page is not cross-origin isolated/)
  t.deepEqual(errors, [])
})

inBrowser(`a page that is cross-origin isolated runs a job in workers${skipped}`, async t => {
  const { result, errors } = await visit(browser!, await page(), ISOLATED)
  const { where, spread } = JSON.parse(result)
  t.deepEqual({ where, result: spread }, IN_WORKERS)
  t.deepEqual(errors, [])
})

inBrowser(`a page that forbids eval runs the same, with the plain kernel${skipped}`, async t => {
  const policy = { 'content-security-policy': `script-src 'self'` }
  const { result } = await visit(browser!, await page(), policy)
  const { where, ...others } = JSON.parse(result)
  t.deepEqual(others, { result: RESULT, sum: 'plain 32 10', spread: IN_WORKERS.result })
  t.regex(where, /^runs on the calling thread: functions may not be compiled here/)
})

async function page(): Promise<string> {
  await mkdir(bundled, { recursive: true })
  await cp(join(installed.folder, 'browser', 'index.html'), join(bundled, 'index.html'))
  return bundled
}
