import { shown } from '../../engine/extend.js'
import { ArgumentError } from '../../engine/index.js'
import type { AnyEstimator, AnyModel, ModelCard } from '../../ml/index.js'
import { grouped } from '../data/finite.js'

/** A step of a pipeline, as it is drawn. */
export interface PipelineStep {
  /** What made it: `standardScaler`. */
  readonly name: string
  /** Parameters before fitting, what was learned after it; names with what they are. */
  readonly facts: readonly (readonly [name: string, value: string])[]
  /** After fitting: the fields that it reads. */
  readonly reads: readonly string[]
  /** After fitting: the fields that it adds. */
  readonly adds: readonly string[]
}

/** A pipeline, or what stands alone, before or after fitting. */
export interface Piped {
  readonly fitted: boolean
  readonly steps: readonly PipelineStep[]
}

/**
 * The steps of an estimator or a model.
 *
 * @throws {ArgumentError} If it is neither.
 */
export function pipedOf(given: AnyEstimator | AnyModel, figure: string): Piped {
  const { card, steps } = given as AnyModel & { readonly steps?: readonly AnyModel[] }
  if (typeof card === 'function') {
    const models = steps ?? [given as AnyModel]
    return { fitted: true, steps: models.map(model => learned(model, model.card())) }
  }
  const { name, parameters } = given as Partial<AnyEstimator>
  if (typeof name !== 'string' || typeof parameters !== 'object' || parameters === null) {
    throw new ArgumentError(
      `${figure}: give a pipeline, another estimator, or a model; got ${shown(given)}.`,
    )
  }
  const inner = (parameters as { readonly steps?: unknown }).steps
  const list = Array.isArray(inner) ? (inner as Parameters[]) : [{ name, ...parameters }]
  return { fitted: false, steps: list.map(planned) }
}

type Parameters = Readonly<Record<string, unknown>> & { readonly name?: unknown }

function planned({ name, ...parameters }: Parameters): PipelineStep {
  const facts = Object.entries(parameters).map(([key, value]) => [key, said(value)] as const)
  return { name: String(name), facts, reads: [], adds: [] }
}

function learned({ kind, reads, adds }: AnyModel, { facts, table }: ModelCard): PipelineStep {
  const known = Object.entries(facts).map(([key, value]) => {
    return [key, typeof value === 'number' ? grouped(value) : String(value)] as const
  })
  const rows = (table?.rows ?? []).map(([key, ...values]) => {
    const texts = values.map((value, k) => {
      const text = typeof value === 'number' ? grouped(value) : value
      return values.length > 1 ? `${table!.names[k + 1]} ${text}` : text
    })
    return [String(key), texts.join(', ')] as const
  })
  return { name: kind, facts: [...known, ...rows], reads, adds }
}

/** A value of a parameter, as one would write it. */
function said(value: unknown): string {
  if (value === null || value === undefined) return 'none'
  if (typeof value === 'string') return value
  if (typeof value === 'number') return grouped(value)
  if (Array.isArray(value)) return value.map(said).join(', ')
  return JSON.stringify(value) ?? String(value)
}
