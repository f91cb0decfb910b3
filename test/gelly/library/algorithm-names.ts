import * as gelly from '../../../gelly/index.js'

/** What is exported and no algorithm of a graph. */
const OTHERS =
  /^[A-Z]|Graph$|^(read|write)|^(from|to)Graphology$|^(topologyOf|graphOf|compareCommunities)$/

/** The names of all algorithms of the library. */
export function algorithmNames(): readonly string[] {
  const exported = gelly as unknown as Readonly<Record<string, unknown>>
  return Object.keys(exported)
    .filter(name => typeof exported[name] === 'function' && !OTHERS.test(name))
    .sort()
}
