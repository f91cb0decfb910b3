/** Small data sets that every docstring may use by name; what happens to them is up to each. */

/** A signal that nobody aborts. */
export const { signal } = new AbortController()
