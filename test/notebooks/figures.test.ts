/** What holds for every figure. */
import { DOMParser } from '@xmldom/xmldom'
import test from 'ava'
import { ArgumentError } from '../../engine/index.js'
import { ALL_ENTRIES } from './all-entries.js'

/** Problems of a piece of XML, as the parser says them. */
function problems(xml: string): string[] {
  const found: string[] = []
  new DOMParser({
    errorHandler: (_: string, message: string) => found.push(message),
  }).parseFromString(`<all>${xml}</all>`, 'text/xml')
  return found
}

for (const { figure, data, draw, options = true } of ALL_ENTRIES) {
  test(`${figure} of ${data} data is well-formed, says what it shows, and is the same each time`, async t => {
    const drawn = await draw()
    const [html, svg, text] = [drawn.toHTML(), drawn.toSVG(), drawn.toString()]
    t.deepEqual(problems(html), [])
    t.notRegex(html, /NaN(?!\.| or| and|<)|undefined|\[object|<script>alert|Infinity(?! |<|\.)/)
    t.true(text.length > 0)
    t.notRegex(text, /undefined|\[object/)
    t.is((await draw()).toHTML(), html)
    if (svg === null) return
    t.deepEqual(problems(svg), [])
    t.regex(svg, /<title id="[^"]+">[^<]+<\/title><desc id="[^"]+">[^<]+<\/desc>/)
    const ids = [...svg.matchAll(/ id="([^"]+)"/g)].map(match => match[1]!)
    t.is(new Set(ids).size, ids.length)
    for (const [, used] of svg.matchAll(/url\(#([^)]+)\)/g)) t.true(ids.includes(used!), used)
    t.true(html.length < 2_500_000, `${html.length} bytes`)
    t.regex(
      drawn.portable().toHTML(),
      /^<img alt="[^"]+" src="data:image\/svg\+xml;base64,[\w+/=]+">$/,
    )
  })

  if (options && data === 'usual') {
    test(`${figure} refuses options that it does not know`, async t => {
      const error = await t.throwsAsync(async () => draw({ titel: 'x' }), {
        instanceOf: ArgumentError,
      })
      t.regex(error!.message, new RegExp(`^${figure}: option "titel" is not known; there are `))
    })
  }
}
