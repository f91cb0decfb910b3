/**
 * wiesel: a lean dataflow engine for TypeScript.
 *
 * Layers, low to high; a file imports from its own layer or a lower one:
 * `types`, `functions`, `plan`, `optimizer`, `runtime`, `io`, `api`, and this door.
 */
export {
  AbortError,
  ArgumentError,
  FunctionError,
  InputOutputError,
  MemoryError,
  PlanError,
  SchemaError,
  WieselError,
  WorkerError,
} from './errors.js'
