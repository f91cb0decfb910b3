/** Machine learning: estimators learn from data sets, models add fields to them. */

// Clusters.
export { KMeansModel, kMeans } from './clustering/k-means.js'
export type { KMeansOptions } from './clustering/k-means-options.js'
export { AnyModel, type SaveOptions } from './core/any-model.js'
// The framework.
export type { CardTable, ModelCard } from './core/card.js'
export type { Computation } from './core/computation.js'
export {
  AnyEstimator,
  Estimator,
  type FitOptions,
  type FitRun,
  type Learn,
} from './core/estimator.js'
export type { Added, Lacks } from './core/field-types.js'
export { Model } from './core/model.js'
export {
  PipelineModel,
  type PipelineModelOf,
  PipelinePredictor,
  pipeline,
} from './core/pipeline.js'
export { Predictor } from './core/predictor.js'
export type { SavedModel } from './core/saved-model.js'
export type { FeatureFields, FeatureNeeds, FeatureVector } from './data/feature-fields.js'
// Linear models.
export { LinearModel } from './linear/linear-model.js'
export { type LinearRegressionOptions, linearRegression } from './linear/linear-regression.js'
export { loadModel } from './load-model.js'
// Features.
export {
  StandardScalerModel,
  type StandardScalerOptions,
  standardScaler,
} from './preprocessing/standard-scaler.js'
// Trees.
export {
  BoostedClassifier,
  type GradientBoostedClassifierOptions,
  gradientBoostedClassifier,
} from './trees/gradient-boosted-classifier.js'
export {
  BoostedRegressor,
  type GradientBoostedRegressorOptions,
  gradientBoostedRegressor,
} from './trees/gradient-boosted-regressor.js'
