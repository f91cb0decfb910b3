import { type DataSet, type IteratedDataSet, mean } from '../../../engine/index.js'

/** What a label was observed for. */
export interface Example {
  readonly x: number
  readonly y: number
  readonly label: number
}

/** The plane `a x + b y + c`. */
export interface Plane {
  readonly a: number
  readonly b: number
  readonly c: number
}

/**
 * Least squares by batch gradient descent, a bulk iteration over one record, the model, which is
 * handed over to the function that looks at the examples.
 *
 * Ends when the gradient is shorter than `tolerance`.
 */
export function gradientDescent(
  examples: DataSet<Example>,
  start: DataSet<Plane>,
  { rate = 0.5, tolerance = 1e-6, maxIterations = 1000 } = {},
): IteratedDataSet<Plane> {
  return start.iterate(
    {
      maxIterations,
      aggregators: { slope: 'max' },
      until: ({ aggregate }) => aggregate('slope') < tolerance,
    },
    model => {
      const gradient = examples
        .map(
          ({ x, y, label }, { model }) => {
            const { a, b, c } = model[0]!
            const error = a * x + b * y + c - label
            return { a: error * x, b: error * y, c: error }
          },
          { with: { model } },
        )
        .aggregate({ a: mean('a'), b: mean('b'), c: mean('c') })
      return model.map(
        ({ a, b, c }, { gradient, rate, add }) => {
          const g = gradient[0]!
          const [da, db, dc] = [g.a ?? 0, g.b ?? 0, g.c ?? 0]
          add('slope', Math.hypot(da, db, dc))
          return { a: a - rate * da, b: b - rate * db, c: c - rate * dc }
        },
        { with: { gradient, rate } },
      )
    },
  )
}
