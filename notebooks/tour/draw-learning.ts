/** Pictures of part three of the tour. */
import type { DataSet } from '../../engine/index.js'
import {
  type ClassLabel,
  calibrationCurve,
  confusionMatrix,
  precisionRecallCurve,
  rocCurve,
} from '../../ml/index.js'
import {
  convergence,
  drawCalibration,
  drawConfusionMatrix,
  drawPrecisionRecallCurve,
  drawRocCurve,
  featureImportance,
  type Iterated,
  learningCurve,
  lines,
  residuals,
} from '../index.js'
import { show } from './page.js'

/** Draws how far predictions of delay were off. */
export async function drawDelays(
  predicted: DataSet<{ readonly delay: number; readonly prediction: number }>,
): Promise<void> {
  show(
    'How well delay is predicted',
    residuals(await predicted.collect(), {
      label: 'delay',
      most: 2000,
      title: 'Boosted trees: what is left of the delay, by prediction',
    }),
    'Most flights are a little earlier than predicted, and some are very late: what makes them so is not in the data.',
  )
}

/** A flight with its predicted class. */
interface Judged {
  late: boolean
  prediction: ClassLabel
  probabilities: Float64Array
}

/** What is drawn of lateness. */
export interface LatenessFindings {
  /** The boosted trees. */
  readonly forest: {
    readonly importances: Float64Array
    readonly history: readonly number[]
    readonly heldOutHistory: readonly number[]
  }
  readonly features: readonly string[]
  /** Predictions of the trees, and of logistic regression. */
  readonly grown: DataSet<Judged>
  readonly likely: DataSet<Judged>
}

/** Draws how well late flights are told from punctual ones. */
export async function drawLateness({
  forest,
  features,
  grown,
  likely,
}: LatenessFindings): Promise<void> {
  const curve = { label: 'late', scores: 'probabilities' } as const
  const importances = features.map((name, k) => [name, forest.importances[k]!] as const)
  show(
    'Which flights are more than 15 minutes late',
    drawRocCurve({
      'boosted trees': await rocCurve(grown, curve),
      'logistic regression': await rocCurve(likely, curve),
    }),
    drawPrecisionRecallCurve(await precisionRecallCurve(grown, curve), {
      title: 'Boosted trees: precision and recall',
    }),
    drawCalibration(await calibrationCurve(grown, curve), {
      title: 'Boosted trees: are the probabilities right?',
    }),
    drawConfusionMatrix(await confusionMatrix(grown, { label: 'late' }), {
      title: 'Late? (true: yes)',
    }),
  )
  show(
    'What the trees learned',
    learningCurve(
      { 'learned from': forest.history, 'held out': forest.heldOutHistory },
      { title: 'Loss of boosted trees, by iteration' },
    ),
    featureImportance(new Map(importances), { title: 'Which features matter to the trees' }),
  )
}

/** Draws how the factors of airports were found. */
export function drawFactors(model: Iterated): void {
  show(
    'Which routes are missing',
    convergence(model, { title: 'Objective of alternating least squares, by iteration' }),
  )
}

/** Draws the days of clusters of airports. */
export function drawProfiles(centres: readonly ArrayLike<number>[]): void {
  const hours = centres.flatMap((centre, cluster) =>
    Array.from(centre, (share, hour) => ({ hour, share, cluster: `cluster ${cluster}` })),
  )
  show(
    'When airports are busy',
    lines(hours, {
      x: 'hour',
      y: 'share',
      series: 'cluster',
      points: false,
      title: 'Share of departures by hour, in four clusters of airports',
    }),
  )
}
