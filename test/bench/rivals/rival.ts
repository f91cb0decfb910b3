import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { inProject } from '../../support/project.js'

/** A rival that is not installed; its row stays empty. */
export class MissingRival extends Error {}

/**
 * Loads a rival from `test/bench/node_modules`. The caller says which part of it is used; rivals
 * are no dependencies of the project, so that their own types are not at hand.
 *
 * @throws {MissingRival} If it is not installed.
 */
export async function loadRival<M>(name: string): Promise<M> {
  const require = createRequire(inProject('test', 'bench', 'package.json'))
  let path: string
  try {
    path = require.resolve(name)
  } catch {
    throw new MissingRival(`${name} is not installed. Run "npm ci" in test/bench.`)
  }
  return (await import(pathToFileURL(path).href)) as M
}

/** The installed versions of the rivals, by name. */
export function rivalVersions(): Record<string, string> {
  const { dependencies } = readPackage('test', 'bench', 'package.json')
  const versions: Record<string, string> = {}
  for (const name of Object.keys(dependencies)) {
    try {
      versions[name] = readPackage('test', 'bench', 'node_modules', name, 'package.json').version
    } catch {
      versions[name] = 'not installed'
    }
  }
  versions.hyparquet = readPackage('node_modules', 'hyparquet', 'package.json').version
  return versions
}

function readPackage(...path: string[]) {
  return JSON.parse(readFileSync(inProject(...path), 'utf8')) as {
    readonly version: string
    readonly dependencies: Readonly<Record<string, string>>
  }
}
