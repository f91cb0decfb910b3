import test from 'ava'
import { publicNames } from './public-api.js'

const names = publicNames()

test('every export of the doors, each method and each option has a docstring', t => {
  const silent = names.filter(({ documented }) => !documented)
  t.deepEqual(
    silent.map(({ name, place }) => `${place} ${name} has no docstring`),
    [],
  )
})

test('the test sees members, and does not ask for words about what is private or known', t => {
  const sample = publicNames([['sample', 'test/house/sample-door.ts']])
  const silent = sample.filter(({ documented }) => !documented).map(({ name }) => name)
  t.deepEqual(silent.sort(), [
    'Documented.bare',
    'Documented.inheritedBare',
    'Options.seed',
    'quiet',
    'undocumented',
  ])
  t.true(sample.some(({ name, documented }) => name === 'Documented.double' && documented))
})

test('the code of examples is found, with its line', t => {
  const [double] = publicNames([['sample', 'test/house/sample-door.ts']])
    .filter(({ name }) => name === 'Documented.double')
    .flatMap(({ examples }) => examples)
  t.is(double?.path, 'test/house/sample-door.ts')
  t.is(double?.line, 21)
  t.is(double?.code.trim(), 'const two = 1 + 1\ntwo // 2')
})
