/** Colours that people with any kind of colour vision tell apart, and that are seen on light and dark. */
export const CATEGORIES: readonly string[] = [
  '#2f7fc1', // blue
  '#e08a00', // orange
  '#0a9b76', // green
  '#cf5a1b', // vermilion
  '#c06a9e', // purple
  '#4fb3e8', // sky
  '#8f8f8f', // grey
  '#a89600', // olive
]

/** The colour of the one thing that is drawn. */
export const MAIN: string = CATEGORIES[0]!

/** The scheme for amounts: its middle is seen on light and dark. Of d3-scale-chromatic. */
export const AMOUNTS = 'viridis'

/** More kinds than this are put together. */
export const MOST_CATEGORIES: number = CATEGORIES.length
