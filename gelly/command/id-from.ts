import type { VertexId } from '../elements.js'

/** A text as an id of the type that a graph's ids have; the text itself where it is none of these. */
export function idFrom(text: string, kind: 'number' | 'string' | 'bigint' | undefined): VertexId {
  if (kind === 'number' && text.trim() !== '' && !Number.isNaN(Number(text))) return Number(text)
  if (kind === 'bigint' && /^-?\d+$/.test(text)) return BigInt(text)
  return text
}
