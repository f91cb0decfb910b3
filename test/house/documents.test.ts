import { existsSync, readFileSync, statSync } from 'node:fs'
import test from 'ava'
import { inProject } from '../support/project.js'
import { documents, headingsOf, linksOf, targetOf } from './documents.js'

const textOf = (path: string) => readFileSync(inProject(path), 'utf8')

test('the README is at most 150 lines', t => {
  t.true(textOf('README.md').split('\n').length - 1 <= 150)
})

test('links in documents lead to files and headings that are there', t => {
  const broken = documents().flatMap(document =>
    linksOf(textOf(document)).flatMap(link => {
      const target = targetOf(document, link)
      const place = `${document}:${link.line}`
      if (!existsSync(inProject(target))) return `${place}: there is no ${target}`
      if (link.heading === undefined || statSync(inProject(target)).isDirectory()) return []
      if (headingsOf(textOf(target)).includes(link.heading)) return []
      return `${place}: ${target} has no heading #${link.heading}`
    }),
  )
  t.deepEqual(broken, [])
})

test('links and headings are read as Markdown means them', t => {
  const text = [
    '# What it is, and `why`',
    '[a](docs/a.md#b-c) and [web](https://a.org/x) and [here](#why)',
    '```ts',
    'list[0](x)',
    '# not a heading',
    '```',
  ].join('\n')
  t.deepEqual(headingsOf(text), ['what-it-is-and-why'])
  const links = [
    { line: 2, path: 'docs/a.md', heading: 'b-c' },
    { line: 2, path: '', heading: 'why' },
  ]
  t.deepEqual(linksOf(text), links)
  t.is(targetOf('docs/x.md', links[0]!), 'docs/docs/a.md')
  t.is(targetOf('docs/x.md', links[1]!), 'docs/x.md')
})
