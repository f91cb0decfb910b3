/** Puts the worker's script, as one text, where bundles and browsers find it. Runs after `tsc`. */
import { writeFile } from 'node:fs/promises'
import { build } from 'esbuild'

const folder = 'dist/engine/runtime/workers'
const { outputFiles } = await build({
  entryPoints: [`${folder}/worker-main.js`],
  bundle: true,
  write: false,
  minifyWhitespace: true,
  minifySyntax: true,
  format: 'iife',
  platform: 'neutral',
  target: 'es2022',
  mainFields: ['module', 'main'],
  external: ['node:*', 'mathjs', 'apache-arrow', 'hyparquet', 'hyparquet-*'],
})
const text = outputFiles[0].text
await writeFile(
  `${folder}/worker-source.js`,
  `export const workerSource = ${JSON.stringify(text)}\n`,
)
