/**
 * Executes tutorials in Deno's kernel and writes their outputs into them: after a change of a figure,
 * `node dist/test/notebooks/execute-tutorials.js 1-getting-started`, or without names all of them.
 * The picture of the README is the map of one of them.
 */
import { writeFile } from 'node:fs/promises'
import { inProject } from '../support/project.js'
import { executed, whyNot } from './kernels.js'
import { README_PICTURE, readmePicture, tutorials } from './tutorials.js'

const why = whyNot('deno')
if (why !== undefined) throw new Error(`Tutorials need Deno's kernel; there is ${why}.`)

const wanted = process.argv.slice(2)
for (const { path, notebook } of tutorials()) {
  if (wanted.length > 0 && !wanted.some(name => path.includes(name))) continue
  const began = performance.now()
  const done = await executed(notebook, 'deno')
  const text = `${JSON.stringify(done, null, 1)}\n`
  await writeFile(inProject(path), text)
  const picture = readmePicture(done)
  if (picture !== undefined) await writeFile(inProject(README_PICTURE), picture)
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  console.log(`${path}: ${seconds} s, ${Math.round(text.length / 1000)} KB`)
}
