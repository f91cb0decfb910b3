import { type Showing, type ShownKind, teachShowing } from '../../engine/extend.js'
import type { Displayable } from './displayable.js'
import { inspected } from './inspected.js'

/** What is drawn of each kind of object; nothing runs. */
export type Drawings = { readonly [K in ShownKind]: (object: Showing) => Displayable }

/** Makes objects of the library show themselves as these drawings. */
export function teach(drawings: Drawings): void {
  teachShowing({
    forms: (kind, object) => ({ ...drawings[kind](object).toBundle() }),
    printed: (kind, object, depth, options) => {
      const shown = {
        toHTML: () => drawings[kind](object).toHTML(),
        toString: () => object.toString(),
      }
      return inspected(shown, depth, options)
    },
  })
}
