/**
 * A piece of a page whose ids are not those of pieces before it, so that a figure may be shown twice: an id that
 * is taken gets a number, and so does what refers to it.
 *
 * @param taken The ids of the page; those of the piece are added.
 */
export function ownIds(html: string, taken: Set<string>): string {
  const renamed = new Map<string, string>()
  for (const [, id] of html.matchAll(/<[a-z][^<>]* id="([^"<>]+)"/gi)) {
    let own = id!
    for (let k = 2; taken.has(own); k++) own = `${id}-${k}`
    taken.add(own)
    if (own !== id) renamed.set(id!, own)
  }
  if (renamed.size === 0) return html
  return html.replace(REFERENCES, (_, before: string, ids: string, after: string) =>
    [before, ids.replace(/[^\s#]+/g, id => renamed.get(id) ?? id), after].join(''),
  )
}

/** Where ids stand in tags. */
const REFERENCES =
  /( id="| for="| href="#| xlink:href="#| aria-labelledby="| aria-describedby="|url\(#)([^"<>)]+)(["<>)])/g
