/** Machine learning: estimators learn from data sets, models add fields to them. */

// Bayes.
export {
  GaussianBayesModel,
  type GaussianNaiveBayesOptions,
  gaussianNaiveBayes,
} from './bayes/gaussian-naive-bayes.js'
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
export type { Added, Has, Lacks } from './core/field-types.js'
export { InvertibleModel } from './core/invertible-model.js'
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
export type {
  FeatureFields,
  FeatureNeeds,
  FeatureVector,
  LenientNeeds,
} from './data/feature-fields.js'
export type { ClassLabel } from './data/labels.js'
export type { SupervisedOptions } from './data/supervised-fields.js'
// Dimensions.
export { PcaModel, type PcaOptions, pca } from './decomposition/pca.js'
// Distances.
export {
  chebyshevDistance,
  cosineDistance,
  type Distance,
  euclideanDistance,
  manhattanDistance,
  minkowskiDistance,
  squaredEuclideanDistance,
  tanimotoDistance,
} from './distances/distances.js'
export type { MetricName } from './distances/metric.js'
export type { AnyVector } from './distances/vector-pair.js'
// Metrics.
export {
  meanAbsoluteError,
  meanAbsolutePercentageError,
  medianAbsoluteError,
  type PinballOptions,
  pinballLoss,
} from './evaluation/absolute-errors.js'
export {
  accuracy,
  balancedAccuracy,
  cohenKappa,
  type KappaOptions,
  matthewsCorrelation,
} from './evaluation/accuracy.js'
export {
  type ClassReport,
  ConfusionMatrix,
  confusionMatrix,
} from './evaluation/confusion-matrix.js'
export {
  type CalibrationCurve,
  type CalibrationOptions,
  type CurveOptions,
  calibrationCurve,
  type PrecisionRecallCurve,
  precisionRecallCurve,
  type RocCurve,
  rocCurve,
} from './evaluation/curves.js'
export type {
  ClassOptions,
  ClusterFields,
  Metric,
  MetricFields,
  PredictionFields,
  RankingFields,
  Score,
  ScoredFields,
  ScoreFields,
  ScoreRun,
} from './evaluation/metric.js'
export {
  type AverageOptions,
  type FBetaOptions,
  f1,
  fBeta,
  precision,
  recall,
} from './evaluation/precision-recall.js'
export { brierScore, logLoss } from './evaluation/probability-losses.js'
export {
  meanAveragePrecision,
  type NdcgOptions,
  ndcg,
  precisionAtK,
  type RankingOptions,
  recallAtK,
} from './evaluation/ranking-metrics.js'
export type { ScoreOptions } from './evaluation/read-scores.js'
export {
  averagePrecision,
  type RankedOptions,
  type RocAucOptions,
  rocAuc,
} from './evaluation/roc-auc.js'
export { type SilhouetteOptions, silhouette } from './evaluation/silhouette.js'
export {
  explainedVariance,
  meanSquaredError,
  r2,
  rootMeanSquaredError,
} from './evaluation/squared-errors.js'
// Formats.
export {
  type FromMatrixOptions,
  fromMatrix,
  type ToMatrixOptions,
  toMatrix,
} from './formats/matrix.js'
export { type LibSvmReadOptions, type LibSvmRecord, readLibSvm } from './formats/read-lib-svm.js'
export { type LibSvmWriteOptions, writeLibSvm } from './formats/write-lib-svm.js'
// Linear models.
export {
  type ElasticNetOptions,
  elasticNet,
  type LassoOptions,
  lasso,
} from './linear/elastic-net.js'
export { LinearModel } from './linear/linear-model.js'
export { type LinearRegressionOptions, linearRegression } from './linear/linear-regression.js'
export { type LinearSvmOptions, linearSvm } from './linear/linear-svm.js'
export { LogisticModel } from './linear/logistic-model.js'
export {
  type LogisticRegressionOptions,
  logisticRegression,
} from './linear/logistic-regression.js'
export { MarginModel } from './linear/margin-model.js'
export { type SgdClassifierOptions, sgdClassifier } from './linear/sgd-classifier.js'
export type { SgdOptions } from './linear/sgd-options.js'
export { type SgdRegressorOptions, sgdRegressor } from './linear/sgd-regressor.js'
export { type SvmOptions, svm } from './linear/svm.js'
export { loadModel } from './load-model.js'
export {
  type ByClass,
  OneVersusRestModel,
  oneVersusRest,
} from './multiclass/one-versus-rest.js'
// Neighbours.
export {
  type NearestNeighborsOptions,
  NeighborsModel,
  nearestNeighbors,
} from './neighbors/nearest-neighbors.js'
export {
  type NearestNeighborsClassifierOptions,
  NeighborClassifier,
  nearestNeighborsClassifier,
} from './neighbors/nearest-neighbors-classifier.js'
export {
  type NearestNeighborsRegressorOptions,
  NeighborRegressor,
  nearestNeighborsRegressor,
} from './neighbors/nearest-neighbors-regressor.js'
export type { NeighborOptions } from './neighbors/neighbor-options.js'
export type { Schedule } from './optimization/learning-rate.js'
// Outliers.
export {
  OutlierModel,
  type StochasticOutlierSelectionOptions,
  stochasticOutlierSelection,
} from './outliers/stochastic-outlier-selection.js'
export type { Category } from './preprocessing/categories.js'
export {
  ImputerModel,
  type ImputerOptions,
  type ImputerStrategy,
  imputer,
} from './preprocessing/imputer.js'
export {
  MinMaxScalerModel,
  type MinMaxScalerOptions,
  minMaxScaler,
} from './preprocessing/min-max-scaler.js'
export {
  NormalizerModel,
  type NormalizerOptions,
  normalizer,
} from './preprocessing/normalizer.js'
export {
  OneHotEncoderModel,
  type OneHotEncoderOptions,
  oneHotEncoder,
} from './preprocessing/one-hot-encoder.js'
export {
  PolynomialFeaturesModel,
  type PolynomialFeaturesOptions,
  polynomialFeatures,
} from './preprocessing/polynomial-features.js'
// Features.
export {
  StandardScalerModel,
  type StandardScalerOptions,
  standardScaler,
} from './preprocessing/standard-scaler.js'
export {
  StringIndexerModel,
  type StringIndexerOptions,
  stringIndexer,
} from './preprocessing/string-indexer.js'
export type { FeaturesBack } from './preprocessing/unscaled.js'
export {
  type AssemblerNeeds,
  VectorAssemblerModel,
  type VectorAssemblerOptions,
  vectorAssembler,
} from './preprocessing/vector-assembler.js'
// Recommendation.
export { type AlsOptions, als, type RatingNeeds } from './recommendation/als.js'
export {
  AlsModel,
  type ColdStart,
  type Recommendation,
  type RecommendOptions,
} from './recommendation/als-model.js'
export type { Id } from './recommendation/ids.js'
// Splits, cross-validation and search.
export {
  crossValidate,
  type Validation,
  type ValidationOptions,
  type ValidationProgress,
} from './selection/cross-validate.js'
export {
  type GridPoint,
  type GridSearchOptions,
  gridSearch,
  type ParameterGrid,
} from './selection/grid-search.js'
export { type KFoldOptions, kFold } from './selection/k-fold.js'
export {
  type Draw,
  integers,
  logUniform,
  type ParameterSpace,
  type RandomSearchOptions,
  randomSearch,
  type SpacePoint,
  uniform,
} from './selection/random-search.js'
export { randomSplit, type SplitOptions } from './selection/random-split.js'
export type { Parameters, SearchOptions, SearchResult, Trial } from './selection/search.js'
export { type TimeSplitOptions, timeSplit } from './selection/time-split.js'
export {
  type TrainTest,
  type TrainTestOptions,
  trainTestSplit,
} from './selection/train-test-split.js'
export type { FoldScores } from './selection/validate.js'
// Trees.
export type {
  DecisionLeaf,
  DecisionNode,
  DecisionSplit,
  DecisionTree,
} from './trees/decision-tree.js'
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
