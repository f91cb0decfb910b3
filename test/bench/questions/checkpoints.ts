/**
 * What it costs to write down at every fifth superstep where a loop stands: PageRank on a random
 * graph of 2^18 vertices, thirty supersteps, five checkpoints: none is written at the end.
 *
 * Rival: the same without checkpoints. Run: `npm run bench -- checkpoints`.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { dot, total } from '../answer.js'
import { type Benchmark, type Setting, type Tasks, task } from '../benchmark.js'
import { writeGraph } from '../graphs/graph-file.js'
import { type Checkpoint, pageRankProgram } from './page-rank.js'

const SUPERSTEPS = 30

export const checkpoints: Benchmark = {
  name: 'checkpoints',
  question: 'PageRank, RMAT scale 18, with a checkpoint at every fifth superstep',
  records: 2 ** 18,
  unit: 'edge and superstep',
  contenders: { 'with checkpoints': withCheckpoints, without },
  goals: { without: 1.1 },
  warmUps: 1,
  runs: 7,
  input: writeGraph,
}

function withCheckpoints(setting: Setting) {
  const directory = mkdtempSync(join(setting.folder, 'checkpoints-'))
  return perEdge(setting, { directory, everySupersteps: 5 })
}

function without(setting: Setting) {
  return perEdge(setting)
}

function perEdge(setting: Setting, checkpoint?: Checkpoint): Tasks {
  const { ranks, edges } = pageRankProgram(setting, 1, SUPERSTEPS, checkpoint)
  const ranked = task(
    async () => {
      // Else a run would go on from where the one before stood.
      if (checkpoint !== undefined) rmSync(checkpoint.directory, { recursive: true, force: true })
      return await ranks.toColumns()
    },
    ({ id, rank }) => ({ vertices: id.length, rank: total(rank), byId: dot(id, rank) }),
  )
  return { '': { ...ranked, work: () => edges * SUPERSTEPS } }
}
