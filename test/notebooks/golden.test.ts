/**
 * Figures are, byte for byte, what they were when somebody looked at them: the pictures in golden/. Who changes
 * figures makes them anew with `WRITE_GOLDEN=1 npx ava dist/test/notebooks/golden.test.js`, and looks at them.
 */
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import test from 'ava'
import * as doors from '../../notebooks/index.js'
import { inProject } from '../support/project.js'
import { GOLDEN } from './golden-figures.js'

const folder = inProject('test', 'notebooks', 'golden')

for (const [name, draw] of Object.entries(GOLDEN)) {
  test(`${name} is the picture that was looked at`, async t => {
    const drawn = await draw()
    const svg = drawn.toSVG()
    const path = `${folder}/${name}.${svg === null ? 'html' : 'svg'}`
    const text = `${svg ?? drawn.toHTML()}\n`
    if (process.env.WRITE_GOLDEN !== undefined) {
      await mkdir(folder, { recursive: true })
      await writeFile(path, text)
    }
    t.is(text, await readFile(path, 'utf8'))
  })
}

test('every figure has a picture, and every picture is of a figure', async t => {
  const files = await readdir(folder)
  t.deepEqual(
    files.map(file => file.replace(/\.\w+$/, '')).toSorted(),
    Object.keys(GOLDEN).toSorted(),
  )
  const kebab = (name: string) => name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)
  const others = ['display', 'environment', 'onInterrupt', 'report', 'withProgress']
  const figures = Object.entries(doors)
    .filter(([name, value]) => typeof value === 'function' && /^[a-z]/.test(name))
    .map(([name]) => name)
    .filter(name => !others.includes(name))
  t.deepEqual(
    figures.map(kebab).filter(name => !(name in GOLDEN)),
    [],
  )
  const sizes = await Promise.all(files.map(async file => (await stat(`${folder}/${file}`)).size))
  t.true(sizes.reduce((sum, size) => sum + size, 0) < 300_000)
})
