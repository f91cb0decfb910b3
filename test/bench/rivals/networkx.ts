/**
 * networkx, https://networkx.org, in the `python3` of the machine; `pip install networkx scipy` installs it.
 */
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inProject } from '../../support/project.js'
import { type Csr, edgesOnce } from '../graphs/csr.js'
import { MissingRival } from './rival.js'

/** What `ask-networkx.py` can do. */
export type NetworkxQuestion = 'louvain' | 'hits'

/** @throws {MissingRival} If Python, networkx, or what it needs for the question is not there. */
export function findNetworkx(question: NetworkxQuestion): void {
  const modules = question === 'hits' ? 'networkx, scipy' : 'networkx'
  const { status } = spawnSync('python3', ['-c', `import ${modules}`])
  if (status === 0) return
  throw new MissingRival(
    `python3 has not all of ${modules}. Run "pip install ${modules.replace(',', '')}".`,
  )
}

/** Writes the graph as `ask-networkx.py` reads it, each edge in one direction; returns the folder. */
export function writeNetworkxGraph(folder: string, graph: Csr): string {
  const { sources, targets } = edgesOnce(graph)
  writeFileSync(join(folder, 'sources'), sources)
  writeFileSync(join(folder, 'targets'), targets)
  return folder
}

/** Asks once; returns the time of the algorithm alone, in milliseconds, and a number by vertex. */
export function runNetworkx(question: NetworkxQuestion, folder: string, { offsets }: Csr) {
  const script = inProject('test', 'bench', 'rivals', 'ask-networkx.py')
  const args = [script, question, folder, String(offsets.length - 1)]
  const { stdout, stderr, status } = spawnSync('python3', args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`ask-networkx.py: ${stderr}`)
  const { buffer, byteOffset, byteLength } = readFileSync(join(folder, 'answer'))
  return { ms: Number(stdout), answer: new Float64Array(buffer, byteOffset, byteLength / 8) }
}
