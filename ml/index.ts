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
export type { ClassWeights } from './data/class-weights.js'
export type { FeatureFields, FeatureNeeds, FeatureVector } from './data/feature-fields.js'
export type { ClassLabel } from './data/labels.js'
export type { SupervisedOptions } from './data/supervised-fields.js'
// Linear models.
export { LinearModel } from './linear/linear-model.js'
export { type LinearRegressionOptions, linearRegression } from './linear/linear-regression.js'
export { type LinearSvmOptions, linearSvm } from './linear/linear-svm.js'
export { LogisticModel } from './linear/logistic-model.js'
export {
  type LogisticRegressionOptions,
  logisticRegression,
} from './linear/logistic-regression.js'
export { MarginModel } from './linear/margin-model.js'
export { type SvmOptions, svm } from './linear/svm.js'
export { loadModel } from './load-model.js'
// Features.
export {
  StandardScalerModel,
  type StandardScalerOptions,
  standardScaler,
} from './preprocessing/standard-scaler.js'
// Recommendation.
export { type AlsOptions, als, type RatingNeeds } from './recommendation/als.js'
export {
  AlsModel,
  type ColdStart,
  type Recommendation,
  type RecommendOptions,
} from './recommendation/als-model.js'
export type { Id } from './recommendation/ids.js'
