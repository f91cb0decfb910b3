/**
 * Compiles the AssemblyScript in folders `assembly` to modules that hold the bytes as text, in folders
 * `modules` beside them. They are part of the repository, so that the compiler is needed only by who
 * changes a kernel.
 *
 * A module names a hash of its source, of this file and of the compiler's version; nothing happens
 * where it still fits. Run: `npm run build`, or `node engine/runtime/kernels/build.mjs`. With `--check` all are
 * compiled and compared, and nothing is written.
 */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const project = fileURLToPath(new URL('../../..', import.meta.url))
const FOLDERS = ['engine/runtime/kernels', 'gelly/kernels', 'ml/kernels']
const check = process.argv.includes('--check')
const lock = JSON.parse(readFileSync(join(project, 'package-lock.json'), 'utf8'))
const { version } = lock.packages['node_modules/assemblyscript']

/**
 * Small and without a runtime: kernels only load, store and calculate. The memory is imported; its
 * maximum is the most that 32 bits can address.
 */
const OPTIONS = [
  ...['-O3', '--noAssert', '--runtime', 'stub', '--use', 'abort=', '--enable', 'simd,threads'],
  ...['--importMemory', '--noExportMemory', '--sharedMemory'],
  ...['--initialMemory', '1', '--maximumMemory', '65536'],
]

for (const folder of FOLDERS) {
  const files = readdirSync(join(project, folder, 'assembly'))
  for (const file of files.filter(name => name.endsWith('.ts'))) await build(folder, file)
}

/** @param {string} folder @param {string} file */
async function build(folder, file) {
  const path = join(project, folder, 'assembly', file)
  const source = readFileSync(path, 'utf8').replaceAll('\r\n', '\n')
  const target = join(project, folder, 'modules', file)
  const hash = hashOf(source)
  const present = existsSync(target) ? readFileSync(target, 'utf8') : ''
  if (present.includes(hash) && !check) return
  const text = moduleText(basename(file, '.ts'), hash, await compile(file, source))
  if (!check) writeFileSync(target, text)
  else if (text !== present) throw new Error(`${target} is not what assembly/${file} compiles to`)
  console.log(`${check ? 'checked' : 'compiled'} ${folder}/${file}`)
}

/** @param {string} source */
function hashOf(source) {
  const self = readFileSync(fileURLToPath(import.meta.url), 'utf8').replaceAll('\r\n', '\n')
  return createHash('sha256').update(source).update(self).update(version).digest('hex').slice(0, 16)
}

/** @param {string} file @param {string} source */
async function compile(file, source) {
  const { main } = await import('assemblyscript/asc')
  /** @type {Uint8Array | undefined} */
  let binary
  const { error, stderr } = await main([file, '--outFile', 'out.wasm', ...OPTIONS], {
    readFile: name => (name === file ? source : null),
    writeFile: (name, contents) => {
      if (name === 'out.wasm') binary = contents
    },
    listFiles: () => [],
  })
  if (error || binary === undefined) throw new Error(`${file}: ${error}\n${stderr}`)
  return binary
}

/** @param {string} name @param {string} hash @param {Uint8Array} binary */
function moduleText(name, hash, binary) {
  return `/** The kernels of \`assembly/${name}.ts\`, ${binary.length} bytes of WebAssembly. Made by \`npm run build\`. */
export const code =
  '${Buffer.from(binary).toString('base64')}'

/** What they were made of: source, compiler and options. */
export const hash = '${hash}'
`
}
