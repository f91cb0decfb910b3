import { type DataSet, type IteratedDataSet, mean } from '../../../engine/index.js'

/** A point of the plane. */
export interface Point {
  readonly x: number
  readonly y: number
}

/** The centre of a cluster. */
export interface Center extends Point {
  readonly id: number
}

/**
 * Clusters by Lloyd's algorithm, a bulk iteration over the centres: each point goes to the nearest
 * one, and each centre to the mean of its points. A centre without points stays.
 *
 * Ends when no centre moves.
 */
export function kMeans(
  points: DataSet<Point>,
  centers: DataSet<Center>,
  maxIterations = 100,
): IteratedDataSet<Center> {
  return centers.iterate({ maxIterations }, current => {
    const means = points
      .map(
        (point, { current }) => {
          let nearest = current[0]
          let least = Infinity
          for (const center of current) {
            const distance = (center.x - point.x) ** 2 + (center.y - point.y) ** 2
            if (distance < least) {
              least = distance
              nearest = center
            }
          }
          return { id: nearest?.id ?? 0, x: point.x, y: point.y }
        },
        { with: { current } },
      )
      .groupBy('id')
      .aggregate({ x: mean('x'), y: mean('y') })
    const moved = current
      .leftJoin(means)
      .where('id')
      .equalTo('id')
      .with((center, mean) => ({
        id: center.id,
        x: mean?.x ?? center.x,
        y: mean?.y ?? center.y,
        still: mean === null || (mean.x === center.x && mean.y === center.y),
      }))
    return { next: moved.select('id', 'x', 'y'), untilEmpty: moved.filter(({ still }) => !still) }
  })
}
