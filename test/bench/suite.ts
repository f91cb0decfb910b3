import type { Benchmark } from './benchmark.js'
import { als } from './questions/als.js'
import { betweenness16, betweenness18 } from './questions/betweenness.js'
import { bfs16, bfs18, bfs20 } from './questions/bfs.js'
import { boostedClasses, boostedNumbers } from './questions/boosted-trees.js'
import { chain } from './questions/chain.js'
import { checkpoints } from './questions/checkpoints.js'
import { components18, components20 } from './questions/components.js'
import {
  connectedComponents16,
  connectedComponents18,
  connectedComponents20,
} from './questions/connected-components.js'
import { csv } from './questions/csv.js'
import { flights } from './questions/flights.js'
import { graphPageRank16, graphPageRank18, graphPageRank20 } from './questions/graph-page-rank.js'
import { groupBy } from './questions/group-by.js'
import { hits14, hits18 } from './questions/hits.js'
import { hundredMillion } from './questions/hundred-million.js'
import { join } from './questions/join.js'
import { kMeans } from './questions/k-means.js'
import { cdlp16, cdlp18 } from './questions/label-propagation.js'
import {
  logisticDense,
  logisticSparse,
  svmDense,
  svmSparse,
} from './questions/linear-classifiers.js'
import { lloyd, lloydEven } from './questions/lloyd.js'
import { louvain14, louvain16 } from './questions/louvain.js'
import { mljsKMeans, mljsLeastSquares, mljsNaiveBayes, mljsPca } from './questions/mljs.js'
import { gatherSumApply18, vertexCentric18 } from './questions/models.js'
import { oneChange } from './questions/one-change.js'
import { pageRank18, pageRank20 } from './questions/page-rank.js'
import { parquet, parquetTwo } from './questions/parquet.js'
import { paths16, paths18, paths20 } from './questions/paths.js'
import { pca } from './questions/pca.js'
import { ridge } from './questions/ridge.js'
import { sort } from './questions/sort.js'
import { spill } from './questions/spill.js'
import { supersteps } from './questions/supersteps.js'
import { sweep18, sweep20 } from './questions/sweep.js'
import { triangles14, triangles16, triangles18, triangles20 } from './questions/triangles.js'
import { wordCount } from './questions/word-count.js'
import { workers } from './questions/workers.js'
import { workersByHand } from './questions/workers-by-hand.js'

/** All benchmarks, in the order of `RESULTS.md`. */
export const suite: readonly Benchmark[] = [
  chain,
  groupBy,
  join,
  sort,
  csv,
  parquet,
  parquetTwo,
  wordCount,
  flights,
  spill,
  sweep18,
  sweep20,
  pageRank18,
  pageRank20,
  components18,
  components20,
  paths16,
  paths18,
  paths20,
  betweenness16,
  betweenness18,
  graphPageRank16,
  graphPageRank18,
  graphPageRank20,
  bfs16,
  bfs18,
  bfs20,
  connectedComponents16,
  connectedComponents18,
  connectedComponents20,
  triangles14,
  triangles16,
  triangles18,
  triangles20,
  hundredMillion,
  cdlp16,
  cdlp18,
  louvain14,
  louvain16,
  hits14,
  hits18,
  gatherSumApply18,
  vertexCentric18,
  kMeans,
  supersteps,
  oneChange,
  checkpoints,
  workers,
  workersByHand,
  ridge,
  logisticDense,
  logisticSparse,
  svmDense,
  svmSparse,
  als,
  lloyd,
  lloydEven,
  boostedNumbers,
  boostedClasses,
  pca,
  mljsLeastSquares,
  mljsKMeans,
  mljsPca,
  mljsNaiveBayes,
]

/** @throws {Error} If there is none of that name; lists the known ones. */
export function benchmarkNamed(name: string): Benchmark {
  const found = suite.find(benchmark => benchmark.name === name)
  if (found !== undefined) return found
  const known = suite.map(benchmark => benchmark.name).join(', ')
  throw new Error(`There is no benchmark "${name}". Known: ${known}.`)
}
