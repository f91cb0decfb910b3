import { readdirSync, readFileSync } from 'node:fs'
import { inProject } from '../support/project.js'
import type { Notebook } from './kernels.js'

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
