/** One iteration of ForceAtlas2: the part of the package that works on arrays, and has no types. */
declare module 'graphology-layout-forceatlas2/iterate.js' {
  /** Moves the vertices of a matrix with ten numbers for each, along edges with three for each. */
  const iterate: (
    settings: Readonly<Record<string, unknown>>,
    vertices: Float32Array,
    edges: Float32Array,
  ) => unknown

  export { iterate as default }
}

declare module 'graphology-layout-forceatlas2/defaults.js' {
  /** The settings that hold unless others are given. */
  const defaults: Readonly<Record<string, unknown>>

  export { defaults as default }
}
