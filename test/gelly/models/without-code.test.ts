import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import test from 'ava'
import { answers } from './answers.js'

test('where code may not be generated, models give the same answers', async t => {
  const program = fileURLToPath(new URL('./answers.js', import.meta.url))
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--disallow-code-generation-from-strings', program],
    { maxBuffer: 2 ** 26 },
  )
  t.is(stdout.trim(), await answers())
})
