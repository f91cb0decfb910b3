/** Puts Observable Plot, and what it needs, into one file. Runs after `tsc`. */
import { readdir, readFile } from 'node:fs/promises'
import { build } from 'esbuild'

const file = 'dist/notebooks/charts/plot.js'
const used = await bundle({ write: false, metafile: true })
const packages = new Set(
  Object.keys(used.metafile.inputs).flatMap(path => {
    const [, name] = /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path) ?? []
    return name === undefined ? [] : [name]
  }),
)
const licences = new Map()
for (const name of [...packages].sort()) {
  const folder = `node_modules/${name}`
  const licence = (await readdir(folder)).find(entry => /^licen[cs]e/i.test(entry))
  const text = licence === undefined ? '' : await readFile(`${folder}/${licence}`, 'utf8')
  const key = text.trim().replaceAll('*/', '* /')
  licences.set(key, [...(licences.get(key) ?? []), name])
}
const banner = [...licences].map(([text, names]) => `${names.join(', ')}\n\n${text}`).join('\n\n')
await bundle({
  allowOverwrite: true,
  outfile: file,
  banner: { js: `/*! This file contains these packages, under these licences:\n\n${banner}\n*/` },
})

function bundle(options) {
  return build({
    entryPoints: [file],
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'neutral',
    target: 'es2022',
    mainFields: ['module', 'main'],
    ...options,
  })
}
