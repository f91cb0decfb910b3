/** How errors travel between threads: by name, so that they arrive as the class they were. */
import {
  AbortError,
  ArgumentError,
  FunctionError,
  InputOutputError,
  MemoryError,
  PlanError,
  SchemaError,
  WieselError,
  WorkerError,
} from '../../errors.js'
import { shown } from '../../types/column-writer.js'
import { survivesCopy } from '../spill/survives-copy.js'

/** An error as a message holds it. */
export type ErrorMessage =
  | {
      readonly kind: 'error'
      readonly name: string
      readonly message: string
      readonly stack?: string
      readonly cause?: ErrorMessage
    }
  | { readonly kind: 'value'; readonly value: unknown }

type ErrorClass = new (message: string, options?: ErrorOptions) => Error

const CLASSES: ReadonlyMap<string, ErrorClass> = new Map<string, ErrorClass>(
  [
    AbortError,
    ArgumentError,
    FunctionError,
    InputOutputError,
    MemoryError,
    PlanError,
    SchemaError,
    WieselError,
    WorkerError,
    TypeError,
    RangeError,
    SyntaxError,
    ReferenceError,
  ].map(type => [type.name, type]),
)

/** The message for whatever was thrown. */
export function errorMessage(error: unknown): ErrorMessage {
  if (!(error instanceof Error)) {
    return { kind: 'value', value: survivesCopy(error) ? error : shown(error) }
  }
  const { name, message, stack, cause } = error
  return {
    kind: 'error',
    name,
    message,
    ...(stack !== undefined && { stack }),
    ...(cause !== undefined && { cause: errorMessage(cause) }),
  }
}

/** What was thrown, of the same class where it is one of ours or of JavaScript's. */
export function errorOf(sent: ErrorMessage): unknown {
  if (sent.kind === 'value') return sent.value
  const { name, message, stack, cause } = sent
  const type = CLASSES.get(name) ?? Error
  const error = new type(message, cause === undefined ? {} : { cause: errorOf(cause) })
  if (error.name !== name) error.name = name
  if (stack !== undefined) error.stack = stack
  return error
}
