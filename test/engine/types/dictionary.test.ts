import test from 'ava'
import { Dictionary } from '../../../engine/types/dictionary.js'

test('codes count distinct strings in order of first appearance', t => {
  const dictionary = new Dictionary(['b', 'a', 'b'])
  t.deepEqual(dictionary.values, ['b', 'a'])
  t.is(dictionary.encode('c'), 2)
  t.is(dictionary.encode('a'), 1)
  t.is(dictionary.size, 3)
})

test('translates codes to another dictionary, unknown ones to -1', t => {
  const one = new Dictionary(['a', 'b', 'ü'])
  const other = new Dictionary(['ü', 'a'])
  t.deepEqual(one.codesIn(other), Int32Array.of(1, -1, 0))
  t.is(other.codeOf('b'), -1)
})
