/** Tutorials are true: their code compiles and runs in every kernel, and they ship what it shows. */
import test from 'ava'
import { compileErrors } from '../house/run-example.js'
import { executed, KERNELS, textOf, whyNot } from './kernels.js'
import { tutorials } from './tutorials.js'

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

  for (const kernel of KERNELS) {
    const why = whyNot(kernel)
    const testHere = why === undefined ? test.serial : test.serial.skip
    testHere(`${path} runs in ${kernel}${why === undefined ? '' : ` (${why})`}`, async t => {
      const ran = await executed(notebook, kernel)
      const pictures = (cells: typeof ran.cells) =>
        cells.map(({ outputs = [] }) =>
          outputs
            .map(({ data }) => textOf(data?.['text/html'] ?? ''))
            .filter(html => html.startsWith('<img')),
        )
      t.deepEqual(
        pictures(ran.cells).map(list => list.length),
        pictures(notebook.cells).map(list => list.length),
      )
    })
  }
}
