import { type DataSet, type IteratedDataSet, sum } from '../../../engine/index.js'

/** An entry of a sparse matrix. */
export interface Entry {
  readonly row: number
  readonly column: number
  readonly value: number
}

/** An entry of a sparse vector. */
export interface Component {
  readonly index: number
  readonly value: number
}

/**
 * The eigenvector of the largest eigenvalue of a symmetric matrix without negative entries, of
 * length 1: a bulk iteration that multiplies and scales.
 *
 * Ends when no component changes by `tolerance` or more.
 */
export function powerIteration(
  matrix: DataSet<Entry>,
  start: DataSet<Component>,
  { tolerance = 1e-9, maxIterations = 500 } = {},
): IteratedDataSet<Component> {
  return start.iterate(
    {
      maxIterations,
      aggregators: { change: 'max' },
      until: ({ aggregate }) => aggregate('change') < tolerance,
    },
    vector => {
      const product = vector
        .join(matrix)
        .where('index')
        .equalTo('column')
        .with((component, entry) => ({ index: entry.row, value: entry.value * component.value }))
        .groupBy('index')
        .sum('value')
      const length = product.aggregate({ squares: sum(({ value }) => value * value) })
      return product
        .leftJoin(vector)
        .where('index')
        .equalTo('index')
        .with(
          ({ index, value: grown }, before, { length, add }) => {
            const value = grown / Math.sqrt(length[0]!.squares)
            add('change', Math.abs(value - (before?.value ?? 0)))
            return { index, value }
          },
          { with: { length } },
        )
    },
  )
}
