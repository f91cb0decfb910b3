import { readdirSync, readFileSync } from 'node:fs'
import { inProject } from '../support/project.js'
import { type Notebook, textOf } from './kernels.js'

/** A notebook that ships its outputs. */
export interface Tutorial {
  /** Relative to the project. */
  readonly path: string
  readonly text: string
  readonly notebook: Notebook
}

/** All of them, in their order. */
export function tutorials(): Tutorial[] {
  const names = readdirSync(inProject('notebooks')).filter(name => name.endsWith('.ipynb'))
  return names.sort().map(name => {
    const text = readFileSync(inProject('notebooks', name), 'utf8')
    return { path: `notebooks/${name}`, text, notebook: JSON.parse(text) as Notebook }
  })
}

/** Relative to the project. */
export const README_PICTURE = 'docs/airports.svg'

/** The map of communities, where a notebook has it. */
export function readmePicture(notebook: Notebook): string | undefined {
  return picturesOf(notebook)
    .flat()
    .find(svg => svg.includes('communities, modularity'))
}

/** The pictures of each cell, as SVG. */
export function picturesOf({ cells }: Notebook): string[][] {
  return cells.map(({ outputs = [] }) =>
    outputs.flatMap(({ data }) => {
      const [, text] =
        /^<img [^>]*src="data:image\/svg\+xml;base64,([^"]+)"/.exec(
          textOf(data?.['text/html'] ?? ''),
        ) ?? []
      return text === undefined ? [] : [Buffer.from(text, 'base64').toString()]
    }),
  )
}
