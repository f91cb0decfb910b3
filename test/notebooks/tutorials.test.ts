/**
 * Tutorials are true: their code compiles and runs in every kernel in less than a minute, with the same
 * pictures, and they ship what it shows.
 */
import { readFileSync } from 'node:fs'
import test from 'ava'
import { compileErrors } from '../house/run-example.js'
import { inProject } from '../support/project.js'
import { executed, KERNELS, textOf, whyNot } from './kernels.js'
import { picturesOf, README_PICTURE, readmePicture, tutorials } from './tutorials.js'

const all = tutorials()

/** Each notebook is one program: a cell sees those above it. */
const examples = all.map(({ path, notebook }) => {
  let line = 1
  const blocks = notebook.cells
    .filter(({ cell_type }) => cell_type === 'code')
    .map(({ source }) => {
      const code = textOf(source)
      const block = { line: line + 1, code: `${code}\n`, run: false }
      line += code.split('\n').length + 2
      return block
    })
  return { path, blocks }
})

test('there are tutorials, and their code compiles', t => {
  t.true(all.length > 0)
  t.deepEqual(compileErrors(examples), [])
})

test('the picture of the README is the map of a tutorial', t => {
  const shown = all.map(({ notebook }) => readmePicture(notebook)).filter(svg => svg !== undefined)
  t.deepEqual(shown, [readFileSync(inProject(README_PICTURE), 'utf8')])
  t.true(readFileSync(inProject('README.md'), 'utf8').includes(`(${README_PICTURE})`))
})

for (const { path, text, notebook } of all) {
  test(`${path} ships what its cells show, and is small`, t => {
    t.true(text.length < 500_000, `${text.length} bytes`)
    const outputs = notebook.cells.flatMap(cell => cell.outputs ?? [])
    t.true(outputs.some(({ data }) => textOf(data?.['text/html'] ?? '').startsWith('<img')))
    t.deepEqual(
      outputs.filter(({ output_type, name }) => output_type === 'error' || name === 'stderr'),
      [],
    )
    for (const { cell_type, execution_count } of notebook.cells) {
      if (cell_type === 'code') t.is(typeof execution_count, 'number')
    }
  })

  const drawn: string[][][] = []
  for (const kernel of KERNELS) {
    const why = whyNot(kernel)
    const testHere = why === undefined ? test.serial : test.serial.skip
    testHere(`${path} runs in ${kernel}${why === undefined ? '' : ` (${why})`}`, async t => {
      // The kernel may have to wait for others.
      t.timeout(300_000)
      const began = performance.now()
      const ran = await executed(notebook, kernel)
      const seconds = (performance.now() - began) / 1000
      // Types are not checked while Deno runs: that is the time of the work. tslab may share the machine.
      if (kernel === 'deno') t.true(seconds < 60, `${seconds} s`)
      const pictures = picturesOf(ran)
      t.deepEqual(
        pictures.map(list => list.length),
        picturesOf(notebook).map(list => list.length),
      )
      drawn.push(pictures)
      t.deepEqual(pictures.map(comparable), drawn[0]!.map(comparable))
    })
  }
}

/** All but those that show how long something took, or code, which each kernel prints in its own way. */
const comparable = (pictures: readonly string[]) =>
  pictures.filter(picture => !/\d ms\b|=&gt;/.test(picture))
