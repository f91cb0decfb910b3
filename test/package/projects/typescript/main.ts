/** A TypeScript project: the types of every door are found, and they are not `any`. */
import { type DataSet, from, WieselError } from 'wiesel'
import { createRegion, loadKernels, type VectorKernels } from 'wiesel/extend'
import type {} from 'wiesel/gelly'
import type {} from 'wiesel/ml'
import type {} from 'wiesel/notebooks'

const words: DataSet<{ word: string; count: number }> = from(['to be', 'or not'])
  .flatMap(line => line.split(' '))
  .map(word => ({ word, count: 1 }))

export const result: Promise<{ word: string; count: number }[]> = words
  .groupBy('word')
  .sum('count')
  .collect()

// @ts-expect-error there is no such field
words.groupBy('wrod')

export const kernels: Promise<VectorKernels> = loadKernels('vectors', createRegion())

// @ts-expect-error there is no such module
loadKernels('vektors', createRegion())

// @ts-expect-error an error's message is text
export const wrong = new WieselError(1)
