import { readFileSync } from 'node:fs'
import { inProject } from '../support/project.js'

/** What a script in `test/ml/fixtures` made. */
export function readFixture<T>(name: string): T {
  return JSON.parse(readFileSync(inProject('test', 'ml', 'fixtures', `${name}.json`), 'utf8')) as T
}
