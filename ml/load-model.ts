import { checkInput, listFiles, readWhole, shown } from '../engine/extend.js'
import { ArgumentError, type Input } from '../engine/index.js'
import type { AnyModel } from './core/any-model.js'
import type { Predictor } from './core/predictor.js'
import { checkSaved, decoded, type SavedModel } from './core/saved-model.js'
import { MODEL_KINDS, type Restore } from './model-kinds.js'

/**
 * A model as it was saved: from a file or URL, or from what `JSON.parse` gave.
 *
 * Which kind it is cannot be known to the compiler: give the type, such as
 * `loadModel<LinearModel<...>>`, where more than `predictOne` of any record is needed.
 *
 * @throws {ArgumentError} If it is not a saved model, damaged, or of a newer version.
 * @throws {InputOutputError} If the file cannot be read.
 * @example
 * const model = await linearRegression({ features: ['distance'], label: 'hours' }).fit(flights)
 * const again = await loadModel(JSON.parse(JSON.stringify(model)))
 * again.predictOne({ distance: 1000 }) === model.predictOne({ distance: 1000 }) // true
 */
export async function loadModel<
  M extends AnyModel = Predictor<Record<string, unknown>, unknown, Record<string, unknown>>,
>(input: Input | SavedModel): Promise<M> {
  if (isPlain(input)) return (await restored(checkSaved(input, 'the value'))) as M
  if (typeof input === 'string' && input.trimStart().startsWith('{')) {
    throw new ArgumentError(
      `loadModel: got the text of a model, ${shown(input)}. Give the path of the file, or loadModel(JSON.parse(text)).`,
    )
  }
  checkInput(input, 'loadModel')
  const files = await listFiles(input, { operation: 'loadModel' })
  const [file] = files
  if (file === undefined || files.length > 1) {
    throw new ArgumentError(`loadModel: a model is one file; got ${files.length}.`)
  }
  const text = new TextDecoder().decode(await readWhole(file))
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw new ArgumentError(`loadModel: ${file.name} is not JSON. Give what model.save wrote.`, {
      cause,
    })
  }
  return (await restored(checkSaved(value, file.name))) as M
}

function isPlain(input: unknown): input is SavedModel {
  return (
    typeof input === 'object' && input !== null && Object.getPrototypeOf(input) === Object.prototype
  )
}

/** The model that `saved` holds, with the models in it. */
async function restored({ kind, state }: SavedModel): Promise<AnyModel> {
  const load = Object.hasOwn(MODEL_KINDS, kind) ? MODEL_KINDS[kind] : undefined
  if (load === undefined) {
    throw new ArgumentError(
      `loadModel: there are no models of kind "${kind}"; update wiesel if it is newer.`,
    )
  }
  const restore: Restore = await load()
  try {
    return await restore(decoded(state) as never, inner => restored(checkSaved(inner, 'a step')))
  } catch (cause) {
    if (cause instanceof ArgumentError) throw cause
    throw new ArgumentError(
      `loadModel: the saved ${kind} lacks what a model of that kind holds. Save the model anew.`,
      { cause },
    )
  }
}
