/** From a parsed function to what its records, context and results are. */
import type { Identifier, Pattern } from 'acorn'
import type { FieldReference } from '../facts.js'
import { GLOBALS } from '../globals.js'
import type { Lambda, RecordParameter, RecordUse } from './lambda.js'
import type { Locals } from './locals.js'
import { readReturns } from './read-returns.js'
import { INHERITED, useOfRecord } from './record-use.js'
import { type Binding, type Names, resolveNames } from './scope.js'
import { type FunctionSyntax, keyName, memberName, type ParsedFunction } from './syntax.js'

/** A lambda together with its syntax, for those who look closer. */
export interface ReadLambda {
  readonly lambda: Lambda
  readonly syntax: FunctionSyntax
  readonly names: Names
  readonly locals: Locals
}

/** Reads a parsed function of one or two records; gives the reason when it cannot. */
export function readLambda(
  { source, syntax }: ParsedFunction,
  records: 1 | 2,
): ReadLambda | string {
  const { params } = syntax
  if (params.length > records + 1) return `has ${params.length} parameters`
  if (params.some(({ type }) => type === 'RestElement')) return 'takes its arguments as a list'
  const names = resolveNames(syntax)
  // Those of an arrow function are the ones of the function around it.
  if (syntax.type === 'FunctionExpression' && names.own.includes('arguments')) {
    return 'takes its arguments as a list'
  }
  const locals = {
    records: new Map<Binding, number>(),
    rests: new Map<Binding, { input: number; except: readonly string[] }>(),
    fields: new Map<Binding, FieldReference>(),
    changed: new Set<number>(),
    context: undefined as Binding | undefined,
    contextMembers: new Map<Binding, string>(),
  }
  const parameters: RecordParameter[] = []
  for (let input = 0; input < records; input++) {
    const parameter = recordParameter(params[input], input, names, locals)
    if (typeof parameter === 'string') return parameter
    parameters.push(parameter)
  }
  const declared = params[records]
  // The context is never `undefined`, so a default for it is never taken.
  const contextPattern = declared?.type === 'AssignmentPattern' ? declared.left : declared
  if (names.redeclares) return 'declares a parameter again'
  const contextReads = readContext(contextPattern, names, locals)
  // Patterns in the body name copies of fields, too, so uses come before results.
  const uses = readUses(names, locals)
  for (const use of uses) if (use.kind === 'whole' && use.mutates) locals.changed.add(use.input)
  const { returns, accepted } = readReturns(syntax, names, locals)
  const { body } = syntax
  return {
    syntax,
    names,
    locals,
    lambda: {
      source,
      records,
      async: syntax.async,
      generator: syntax.generator,
      parameters,
      ...(contextPattern && {
        context: { start: contextPattern.start, end: contextPattern.end },
      }),
      contextReads,
      body: {
        kind: body.type === 'BlockStatement' ? 'block' : 'expression',
        start: body.start,
        end: body.end,
      },
      uses: uses.map(use => (isAccepted(use, accepted) ? use : asWhole(use))),
      returns,
      captures: capturesOf(names),
      names: names.all,
    },
  }
}

function recordParameter(
  declared: Pattern | undefined,
  input: number,
  names: Names,
  locals: Locals & { readonly records: Map<Binding, number> },
): RecordParameter | string {
  if (declared === undefined) return { kind: 'absent' }
  // A record is never `undefined`, so a default for the whole record is never taken.
  const pattern = declared.type === 'AssignmentPattern' ? declared.left : declared
  if (pattern.type === 'Identifier') {
    const binding = names.bindings.get(pattern)!
    if (binding.writes > 0) return `assigns to its parameter ${pattern.name}`
    locals.records.set(binding, input)
    return { kind: 'name', name: pattern.name }
  }
  return recordPattern(pattern, input, names, locals)
}

/** A pattern that takes a record apart: as a parameter, or in `const { a } = r`. */
function recordPattern(
  pattern: Pattern,
  input: number,
  names: Names,
  { fields, rests }: Locals,
): (RecordParameter & { kind: 'object' | 'tuple' }) | string {
  const bindings = []
  let rest: string | undefined
  const items = patternItems(pattern)
  if (items === undefined) return 'takes a record apart under computed names'
  for (const { field, target } of items) {
    if (field === undefined) {
      if (target.type !== 'Identifier') return 'takes the rest of a record apart'
      rest = target.name
      const except = items.flatMap(item => item.field ?? [])
      const binding = names.bindings.get(target)!
      ;(rests as Map<Binding, { input: number; except: readonly string[] }>).set(binding, {
        input,
        except,
      })
      continue
    }
    if (INHERITED.has(field)) return `reads ${field} of its record`
    const inner = target.type === 'AssignmentPattern' ? target.left : target
    const binding = names.bindings.get(inner)
    if (binding !== undefined && binding.references.length === 0) continue
    if (binding?.writes === 0 && inner === target)
      (fields as Map<Binding, FieldReference>).set(binding, { input, field })
    bindings.push({
      field,
      pattern: { start: inner.start, end: inner.end },
      ...(target.type === 'AssignmentPattern' && {
        fallback: { start: target.right.start, end: target.right.end },
      }),
    })
  }
  const kind = pattern.type === 'ArrayPattern' ? 'tuple' : 'object'
  return { kind, bindings, ...(rest !== undefined && { rest }) }
}

/** The fields that a pattern names, with the patterns they go to; without a name for `...rest`. */
function patternItems(
  pattern: Pattern,
): readonly { readonly field: string | undefined; readonly target: Pattern }[] | undefined {
  if (pattern.type === 'ArrayPattern')
    return pattern.elements.flatMap((element, index) => {
      if (element === null) return []
      return element.type === 'RestElement'
        ? { field: undefined, target: element.argument }
        : { field: String(index), target: element }
    })
  if (pattern.type !== 'ObjectPattern') return undefined
  const items = []
  for (const property of pattern.properties)
    if (property.type === 'RestElement') items.push({ field: undefined, target: property.argument })
    else {
      const field = keyName(property)
      if (field === undefined) return undefined
      items.push({ field, target: property.value })
    }
  return items
}

function readContext(
  pattern: Pattern | undefined,
  names: Names,
  locals: { context: Binding | undefined; contextMembers: Map<Binding, string> },
): readonly string[] | 'all' {
  if (pattern === undefined) return []
  if (pattern.type === 'Identifier') {
    const binding = names.bindings.get(pattern)!
    if (binding.writes > 0) return 'all'
    locals.context = binding
    const members = new Set<string>()
    for (const { node } of binding.references) {
      const use = useOfRecord(node, names.parents)
      const method = calledMember(node, names)
      if (method !== undefined) members.add(method)
      else if (use.kind === 'field') members.add(use.field)
      else if (use.kind === 'destructure') {
        for (const field of use.fields) members.add(field)
        const declarator = names.parents.get(node)
        if (declarator?.type === 'VariableDeclarator') nameMembers(declarator.id)
      } else return 'all'
    }
    return [...members]
  }
  return nameMembers(pattern) ?? 'all'

  /** Names that a pattern gives to members stand for these; `undefined` where it takes a rest. */
  function nameMembers(members: Pattern): readonly string[] | undefined {
    const items = patternItems(members)
    if (items === undefined || items.some(({ field }) => field === undefined)) return undefined
    for (const { field, target } of items) {
      const binding = names.bindings.get(target)
      if (field !== undefined && binding?.writes === 0) locals.contextMembers.set(binding, field)
    }
    return items.flatMap(({ field }) => field ?? [])
  }
}

/** The method that is called of what `node` names. */
function calledMember(node: Identifier, { parents }: Names): string | undefined {
  const member = parents.get(node)
  if (member?.type !== 'MemberExpression' || member.object !== node) return undefined
  const call = parents.get(member)
  if (call?.type !== 'CallExpression' || call.callee !== member) return undefined
  const name = memberName(member)
  return name === undefined || INHERITED.has(name) ? undefined : name
}

function readUses(names: Names, locals: Locals): readonly RecordUse[] {
  const uses: RecordUse[] = []
  for (const { node, binding } of names.references) {
    if (binding === undefined) continue
    const input = locals.records.get(binding)
    const rest = locals.rests.get(binding)
    if (input !== undefined) {
      const use = useOfRecord(node, names.parents)
      uses.push({ input, ...use })
      if (use.kind === 'destructure') readDestructured(node, input, names, locals)
    } else if (rest !== undefined) {
      const use = useOfRecord(node, names.parents)
      // Of a rest only its spread in a result is understood.
      uses.push({
        input: rest.input,
        ...(use.kind === 'spread' && binding.writes === 0
          ? use
          : {
              kind: 'whole' as const,
              why: 'uses the rest of a record',
              mutates: use.kind === 'whole' && use.mutates,
              start: node.start,
              end: node.end,
            }),
      })
    }
  }
  return uses
}

/** `const { a, b: c } = r` in the body: `a` and `c` are copies of fields, too. */
function readDestructured(node: Identifier, input: number, names: Names, locals: Locals): void {
  const declarator = names.parents.get(node)
  if (declarator?.type === 'VariableDeclarator') recordPattern(declarator.id, input, names, locals)
}

/** Spreads and records that are results count as such only when the result was understood. */
function isAccepted({ kind, start }: RecordUse, accepted: ReadonlySet<number>): boolean {
  return (kind !== 'spread' && kind !== 'result') || accepted.has(start)
}

function asWhole({ input, start, end }: RecordUse): RecordUse {
  return { kind: 'whole', why: 'uses the whole record', mutates: false, input, start, end }
}

function capturesOf(names: Names): readonly string[] {
  const captured = new Set<string>(names.own)
  for (const { node, binding, write } of names.references) {
    if (binding?.kind === 'self') captured.add(node.name)
    if (binding !== undefined || node.name === 'arguments') continue
    if (write || !GLOBALS.has(node.name)) captured.add(node.name)
  }
  return [...captured]
}
