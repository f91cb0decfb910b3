/**
 * Colours that people with any kind of colour vision tell apart, and that are seen on light and dark: found by a
 * search for the largest difference between the two that are most alike, seen with all cones and without each.
 */
export const CATEGORIES: readonly string[] = [
  '#2f7fc1', // blue
  '#cca20b', // gold
  '#547801', // green
  '#ac2f46', // red
  '#7e4d77', // plum
  '#00c2dc', // cyan
  '#a29995', // grey
  '#eb8a5f', // salmon
]

/** The colour of the one thing that is drawn. */
export const MAIN: string = CATEGORIES[0]!

/** The scheme for amounts: its middle is seen on light and dark. Of d3-scale-chromatic. */
export const AMOUNTS = 'viridis'

/** More kinds than this are put together. */
export const MOST_CATEGORIES: number = CATEGORIES.length
