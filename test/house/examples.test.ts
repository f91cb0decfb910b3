import { readFileSync } from 'node:fs'
import test from 'ava'
import { inProject } from '../support/project.js'
import * as cast from './cast.js'
import { documents } from './documents.js'
import { type Example, markdownExample } from './example.js'
import { type DocExample, publicNames } from './public-api.js'
import { compileErrors, runExample } from './run-example.js'

const none: string[] = []
const names = publicNames()

/** Docstrings need not import what the doors export, nor the data sets of the cast. */
const known = new Map([
  ...Object.keys(cast).map(name => [name, '../test/house/cast.js'] as const),
  ...names.flatMap(({ name, door }) =>
    door && !name.includes('.') ? [[name, door] as const] : [],
  ),
])

const inDocuments = documents()
  .map(path => markdownExample(path, readFileSync(inProject(path), 'utf8')))
  .filter(({ blocks }) => blocks.length > 0)

const inDocstrings = names
  .filter(({ door }) => door !== undefined)
  .flatMap(({ examples }) => examples)
  .map(({ path, line, code }: DocExample): Example => {
    return { path, blocks: [{ line, code, run: !code.includes('// not run') }] }
  })

test.serial('code in documents compiles', t => {
  t.deepEqual(compileErrors(inDocuments), none)
})

test.serial('examples in docstrings compile', t => {
  t.deepEqual(compileErrors(inDocstrings, known), none)
})

for (const example of inDocuments) {
  test.serial(`code in ${example.path} gives what it says`, async t => {
    t.deepEqual(await runExample(example), none)
  })
}

for (const path of new Set(inDocstrings.map(({ path }) => path))) {
  test.serial(`examples in docstrings of ${path} give what they say`, async t => {
    const wrong: string[] = []
    for (const example of inDocstrings.filter(({ path: own }) => own === path)) {
      wrong.push(...(await runExample(example, known)))
    }
    t.deepEqual(wrong, none)
  })
}
