import {
  checkOutput,
  knownOptions,
  Showing,
  type ShownKind,
  writeWhole,
} from '../../engine/extend.js'
import { cardText, type ModelCard } from './card.js'
import type { Computation } from './computation.js'
import { encoded, type SavedModel, savedModel } from './saved-model.js'

/** How `save` writes. */
export interface SaveOptions {
  /** Whether an existing file may be replaced. Default `false`. */
  readonly overwrite?: boolean
}

/**
 * A model, whatever it reads and adds. Immutable; saves itself as JSON and shows itself as a card.
 */
export abstract class AnyModel extends Showing {
  /** The estimator that made it: `standardScaler`. */
  readonly kind: string
  readonly #computation: Computation

  /**
   * For authors of models; others get them by `fit` and `loadModel`.
   *
   * @param kind The name of the estimator.
   * @param computation What it does with columns.
   */
  constructor(kind: string, computation: Computation) {
    super()
    this.kind = kind
    this.#computation = computation
  }

  /** The fields that it reads. */
  get reads(): readonly string[] {
    return this.#computation.reads
  }

  /** The fields that it adds to records; those of the same names are replaced. */
  get adds(): readonly string[] {
    return this.#computation.adds
  }

  /** What it does with columns. */
  get computation(): Computation {
    return this.#computation
  }

  /** What it holds, as plain data from which it can be made again. */
  protected abstract state(): unknown

  /** What it shows of itself: settings, figures, what was learned. */
  abstract card(): ModelCard

  /** The model as JSON, for `JSON.stringify`; `loadModel` makes it again. */
  toJSON(): SavedModel {
    return savedModel(this.kind, encoded(this.state()))
  }

  /**
   * Writes the model to a file; `loadModel` reads it.
   *
   * @throws {InputOutputError} If the file exists and `overwrite` is not `true`, or the disk refuses.
   * @example
   * const scaler = await standardScaler({ features: ['distance'] }).fit(flights)
   * await scaler.save('scaler.json', { overwrite: true })
   */
  async save(path: string | URL, options: SaveOptions = {}): Promise<void> {
    const operation = `${this.kind}.save`
    checkOutput(path, operation)
    knownOptions(options, ['overwrite'], operation)
    await writeWhole(path, [`${JSON.stringify(this)}\n`], operation, options)
  }

  /** What it is, for who draws it. */
  protected override get shownKind(): ShownKind {
    return 'model'
  }

  /** The card as text, for terminals. */
  override toString(): string {
    return cardText(this.card())
  }
}
