/** The algorithms of the command line by name: to add one, add an entry. */
import type { Algorithm } from './algorithm.js'

/** See the module's documentation. */
export const ALGORITHMS: Readonly<Record<string, Algorithm>> = {
  edges: {
    about: 'the edges themselves: to look at a file, or to convert it',
    flags: {},
    run: graph => graph,
  },
  vertices: {
    about: 'the vertices themselves',
    flags: {},
    run: ({ vertices }) => ({ vertices }),
  },
}
