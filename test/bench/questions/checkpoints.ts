/**
 * What it costs to write down at every fifth superstep where a loop stands: PageRank on a random
 * graph of 2^18 vertices, ten supersteps, two checkpoints.
 *
 * Rival: the same without checkpoints. Run: `npm run bench -- checkpoints`.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { dot, total } from '../answer.js'
import { type Benchmark, type Setting, single } from '../benchmark.js'
import { writeGraph } from '../graphs/graph-file.js'
import { pageRankProgram } from './page-rank.js'

export const checkpoints: Benchmark = {
  name: 'checkpoints',
  question: 'PageRank, RMAT scale 18, with a checkpoint at every fifth superstep',
  records: 2 ** 18,
  contenders: { 'with checkpoints': withCheckpoints, without },
  goals: { without: 1.1 },
  warmUps: 1,
  runs: 7,
  input: writeGraph,
}

function withCheckpoints(setting: Setting) {
  const directory = mkdtempSync(join(setting.folder, 'checkpoints-'))
  const { ranks } = pageRankProgram(setting, 1, { directory, everySupersteps: 5 })
  return single(async () => {
    // Else the next run would go on from where this one stood.
    rmSync(directory, { recursive: true, force: true })
    return await ranks.toColumns()
  }, digest)
}

function without(setting: Setting) {
  const { ranks } = pageRankProgram(setting, 1)
  return single(() => ranks.toColumns(), digest)
}

const digest = ({ id, rank }: { id: ArrayLike<number>; rank: ArrayLike<number> }) => ({
  vertices: id.length,
  rank: total(rank),
  byId: dot(id, rank),
})
