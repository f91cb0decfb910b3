import type { PhysicalNode } from '../optimizer/physical.js'

/**
 * The sources (in the body of a loop: what enters it) below `roots` in the order in which to read them: what a join or cross keeps comes
 * before what streams past it, so that as little as possible must be kept back.
 */
export function sourcesInOrder(roots: readonly PhysicalNode[]): PhysicalNode[] {
  const seen = new Set<PhysicalNode>()
  const sources: PhysicalNode[] = []
  const visit = (node: PhysicalNode): void => {
    if (seen.has(node)) return
    seen.add(node)
    const { operation } = node
    if (operation.kind === 'source' || operation.kind === 'loopInput') sources.push(node)
    const rightFirst =
      (operation.kind === 'join' && operation.build === 'right') ||
      operation.kind === 'cross' ||
      operation.kind === 'handOver'
    for (const input of rightFirst ? [...node.inputs].reverse() : node.inputs) visit(input)
  }
  roots.forEach(visit)
  return sources
}
