import type { AnyModel } from './core/any-model.js'

/** Makes a model of its state again; `inner` does so for models within it. */
export type Restore = (
  state: never,
  inner: (saved: unknown) => Promise<AnyModel>,
) => AnyModel | Promise<AnyModel>

/** By kind: how such models are made again. Their code is loaded when it is needed. */
export const MODEL_KINDS: Readonly<Record<string, () => Promise<Restore>>> = {
  gaussianNaiveBayes: async () =>
    (await import('./bayes/gaussian-naive-bayes.js')).restoreGaussianBayes,
  nearestNeighbors: async () => (await import('./neighbors/nearest-neighbors.js')).restoreNeighbors,
  nearestNeighborsClassifier: async () =>
    (await import('./neighbors/nearest-neighbors-classifier.js')).restoreNeighborClassifier,
  nearestNeighborsRegressor: async () =>
    (await import('./neighbors/nearest-neighbors-regressor.js')).restoreNeighborRegressor,
  pca: async () => (await import('./decomposition/pca.js')).restorePca,
  stochasticOutlierSelection: async () =>
    (await import('./outliers/stochastic-outlier-selection.js')).restoreOutlierModel,
  gradientBoostedClassifier: async () =>
    (await import('./trees/gradient-boosted-classifier.js')).restoreBoostedClassifier,
  gradientBoostedRegressor: async () =>
    (await import('./trees/gradient-boosted-regressor.js')).restoreBoostedRegressor,
  als: async () => (await import('./recommendation/als.js')).restoreAls,
  kMeans: async () => (await import('./clustering/k-means.js')).restoreKMeans,
  elasticNet: async () => (await import('./linear/elastic-net.js')).restoreElasticNet,
  lasso: async () => (await import('./linear/elastic-net.js')).restoreLasso,
  linearRegression: async () => (await import('./linear/linear-regression.js')).restoreLinearModel,
  linearSvm: async () => (await import('./linear/linear-svm.js')).restoreLinearSvm,
  logisticRegression: async () =>
    (await import('./linear/logistic-regression.js')).restoreLogisticModel,
  oneVersusRest: async () => (await import('./multiclass/one-versus-rest.js')).restoreOneVersusRest,
  pipeline: async () => (await import('./core/pipeline.js')).restorePipeline,
  standardScaler: async () =>
    (await import('./preprocessing/standard-scaler.js')).restoreStandardScaler,
  imputer: async () => (await import('./preprocessing/imputer.js')).restoreImputer,
  minMaxScaler: async () => (await import('./preprocessing/min-max-scaler.js')).restoreMinMaxScaler,
  normalizer: async () => (await import('./preprocessing/normalizer.js')).restoreNormalizer,
  oneHotEncoder: async () =>
    (await import('./preprocessing/one-hot-encoder.js')).restoreOneHotEncoder,
  polynomialFeatures: async () =>
    (await import('./preprocessing/polynomial-features.js')).restorePolynomialFeatures,
  stringIndexer: async () =>
    (await import('./preprocessing/string-indexer.js')).restoreStringIndexer,
  vectorAssembler: async () =>
    (await import('./preprocessing/vector-assembler.js')).restoreVectorAssembler,
  sgdClassifier: async () => (await import('./linear/sgd-classifier.js')).restoreSgdClassifier,
  sgdRegressor: async () => (await import('./linear/sgd-regressor.js')).restoreSgdRegressor,
  svm: async () => (await import('./linear/svm.js')).restoreSvm,
}
