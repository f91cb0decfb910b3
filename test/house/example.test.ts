import test from 'ava'
import { difference, type Expectation, markdownExample } from './example.js'
import { compileErrors, runExample } from './run-example.js'

const fence = '```'
const document = `# A document
${fence}ts
import { ArgumentError } from 'wiesel'

const error = new ArgumentError('no')
error.message // 'no'
${fence}
Words.
${fence}ts
import { ArgumentError, SchemaError } from 'wiesel'

const error = [new SchemaError('a'), new ArgumentError('b')] as const
error.map(e => e.message) // ["a", 'b']

console.log('one\\n  two')
// one
// two

if (error.length > 2) throw error[0]
${fence}
${fence}ts no-run
throw error[0]
${fence}
`

const gives = (expected: Expectation, value: unknown, printed = '') =>
  difference(expected, { value, printed }) === undefined

test.serial('a correct document compiles and gives what it says', async t => {
  const example = markdownExample('right.md', document)
  t.deepEqual(compileErrors([example]), [])
  t.deepEqual(await runExample(example), [])
})

test.serial('a wrong value is reported with its line', async t => {
  const example = markdownExample('wrong.md', document.replace(`// 'no'`, `// 'yes'`))
  t.deepEqual(await runExample(example), [`wrong.md:6: expected 'yes'\nbut it gave 'no'`])
})

test.serial('wrong output below a statement is reported', async t => {
  const example = markdownExample('wrong.md', document.replace('// two', '// three'))
  t.is((await runExample(example)).length, 1)
})

test.serial('code that does not compile is reported with the line of the document', t => {
  const example = markdownExample('wrong.md', document.replace('error.message', 'error.massage'))
  const [found] = compileErrors([example])
  t.regex(found!, /^wrong\.md:6: .*massage/)
})

test.serial('code that throws is reported, unless the example says so', async t => {
  const broken = (line: string) => markdownExample('throws.md', `${fence}ts\n${line}\n${fence}\n`)
  const thrower = `JSON.parse('{')`
  t.is((await runExample(broken(thrower))).length, 1)
  t.deepEqual(await runExample(broken(`${thrower} // throws SyntaxError`)), [])
  t.is((await runExample(broken(`${thrower} // throws RangeError`))).length, 1)
})

test('values are compared as Node shows them, space and quotes aside', t => {
  t.true(gives({ behind: '[{a:1,b:"x"}]' }, [{ a: 1, b: 'x' }]))
  t.false(gives({ behind: '[{a:1}]' }, [{ a: 1, b: 'x' }]))
  t.true(gives({ behind: '[1, 2, ...]' }, [1, 2, 3]))
  t.false(gives({ behind: '[1, 3, ...]' }, [1, 2, 3]))
  t.true(gives({ below: ['word  count', 'the   12'] }, undefined, 'word  count\nthe   12\n'))
  t.false(gives({ below: ['word  count', 'the   13'] }, undefined, 'word  count\nthe   12\n'))
})
