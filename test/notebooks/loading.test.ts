/** What makes `wiesel/notebooks` quick to load. */
import { readdirSync, readFileSync } from 'node:fs'
import test from 'ava'
import { inProject } from '../support/project.js'

test('Plot is loaded as one file: the others take their marks from there', t => {
  const files = readdirSync(inProject('notebooks'), { recursive: true, encoding: 'utf8' })
  const naming = files
    .filter(name => name.endsWith('.ts'))
    .filter(name =>
      readFileSync(inProject('notebooks', name), 'utf8').includes('@observablehq/plot'),
    )
  t.deepEqual(naming, ['charts/plot.ts'])
})
