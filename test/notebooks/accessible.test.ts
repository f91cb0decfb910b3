/** What figures do for readers who use a keyboard, a screen reader, or no network. */
import test from 'ava'
import { histogram, report, table } from '../../notebooks/index.js'
import { GOLDEN } from './golden-figures.js'

for (const [name, draw] of Object.entries(GOLDEN)) {
  test(`${name} is reached by the keyboard, said in words, and needs no network`, async t => {
    const drawn = await draw()
    const html = drawn.toHTML()
    t.regex(html, /tabindex="0"/)
    t.notRegex(html.replaceAll(/xmlns(:xlink)?="http[^"]*"/g, ''), /https?:|src="(?!data:)|@import/)
    if (drawn.toSVG() === null) {
      t.regex(html, /role="region" aria-label="[^"]+"/)
      t.regex(html, /<th scope="col"/)
      return
    }
    const [, title, description] = /aria-labelledby="(\S+) (\S+)"/.exec(html)!
    t.regex(
      html,
      new RegExp(`<title id="${title}">[^<]+</title><desc id="${description}">[^<]+</desc>`),
    )
    t.regex(html, /role="img"/)
    t.true(drawn.toString().includes('\n'))
    t.regex(drawn.portable().toHTML(), /^<img alt="[^"]{10,}"/)
  })
}

test('figures of a report have ids of their own, and two that are alike have the same', async t => {
  const all = await Promise.all(Object.values(GOLDEN).map(draw => draw()))
  const html = (await report({ title: 'All', sections: all })).toHTML()
  const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
  t.is(new Set(ids).size, ids.length)
  t.is(histogram([1, 2]).toHTML(), histogram([1, 2]).toHTML())
  t.not(histogram([1, 2]).toHTML(), histogram([1, 3]).toHTML())
  t.regex(table([{ a: 1 }]).toHTML(), /aria-label="Table, 1 record, 1 field"/)
})
