/** Which declaration each name in a function refers to. */
import type {
  AnonymousFunctionDeclaration,
  AnyNode,
  Class,
  Expression,
  FunctionDeclaration,
  Identifier,
  Pattern,
  VariableDeclaration,
} from 'acorn'
import { children, type FunctionSyntax, isFunction, walk } from './syntax.js'

/** A declared name. */
export interface Binding {
  readonly name: string
  readonly kind: 'parameter' | 'var' | 'let' | 'const' | 'function' | 'class' | 'catch' | 'self'
  /** What it is bound to, for `const name = init` and `function name() {}`. */
  init?: Expression | FunctionDeclaration
  /** Times it is assigned after its declaration. */
  writes: number
  readonly references: Reference[]
}

/** One use of a name. */
export interface Reference {
  readonly node: Identifier
  /** `undefined` for names that the function does not declare. */
  readonly binding: Binding | undefined
  readonly write: boolean
}

/** What names mean in a function. */
export interface Names {
  readonly references: readonly Reference[]
  /** By the identifier's node, uses and declarations both. */
  readonly bindings: ReadonlyMap<AnyNode, Binding>
  /** Uses of names that the function does not declare. */
  readonly free: ReadonlySet<AnyNode>
  readonly parents: ReadonlyMap<AnyNode, AnyNode>
  /** `this`, `arguments`, `super`, `new.target`, when they are the function's own (or around it). */
  readonly own: readonly string[]
  /** Whether a `var` has the name of a parameter, and so is the parameter. */
  readonly redeclares: boolean
  /** All names of variables and labels in the function. */
  readonly all: ReadonlySet<string>
}

/** Finds out what names mean. */
export function resolveNames(syntax: FunctionSyntax): Names {
  const resolver = new Resolver()
  resolver.function(syntax, undefined, true)
  return resolver
}

class Scope {
  readonly #names = new Map<string, Binding>()
  readonly #parent: Scope | undefined

  constructor(parent: Scope | undefined) {
    this.#parent = parent
  }

  declare(name: string, kind: Binding['kind']): Binding {
    const known = this.#names.get(name)
    if (known !== undefined) {
      // A second `var` of the same name assigns; so does a parameter that a `function` replaces.
      known.writes++
      return known
    }
    const binding: Binding = { name, kind, writes: 0, references: [] }
    this.#names.set(name, binding)
    return binding
  }

  declares(name: string): boolean {
    return this.#names.has(name)
  }

  find(name: string): Binding | undefined {
    return this.#names.get(name) ?? this.#parent?.find(name)
  }
}

class Resolver implements Names {
  readonly references: Reference[] = []
  readonly bindings = new Map<AnyNode, Binding>()
  readonly free = new Set<AnyNode>()
  readonly parents = new Map<AnyNode, AnyNode>()
  readonly own: string[] = []
  readonly all = new Set<string>()
  redeclares = false
  /** Whether `this` still means that of the function that is read. */
  #outer = true

  function(
    syntax: FunctionSyntax | FunctionDeclaration | AnonymousFunctionDeclaration,
    around: Scope | undefined,
    root = false,
  ) {
    const outer = this.#outer
    if (!root && syntax.type !== 'ArrowFunctionExpression') this.#outer = false
    let scope = around
    if (syntax.type === 'FunctionExpression' && syntax.id) {
      scope = new Scope(around)
      this.#declare(syntax.id, scope, 'self')
    }
    const parameters = new Scope(scope)
    for (const parameter of syntax.params) {
      this.#link(parameter, syntax)
      this.#pattern(parameter, parameters, 'parameter')
    }
    this.#link(syntax.body, syntax)
    if (syntax.body.type === 'BlockStatement') {
      // A scope of its own: defaults of parameters do not see what the body declares.
      const body = new Scope(parameters)
      this.#hoist(syntax.body, body, parameters)
      this.#lexical(syntax.body.body, body)
      for (const statement of syntax.body.body) this.#child(statement, syntax.body, body)
    } else this.#visit(syntax.body, parameters)
    this.#outer = outer
  }

  #visit(node: AnyNode, scope: Scope): void {
    switch (node.type) {
      case 'Identifier':
        if (node.name === 'arguments' && this.#outer) this.own.push('arguments')
        this.#refer(node, scope, false)
        return
      case 'FunctionExpression':
      case 'ArrowFunctionExpression':
      case 'FunctionDeclaration':
        this.function(node, scope)
        return
      case 'ClassDeclaration':
      case 'ClassExpression':
        this.#class(node, scope)
        return
      case 'VariableDeclaration':
        this.#declaration(node, scope)
        return
      case 'AssignmentExpression':
        this.#link(node.left, node)
        this.#pattern(node.left, scope, undefined)
        this.#child(node.right, node, scope)
        return
      case 'UpdateExpression':
        this.#link(node.argument, node)
        this.#pattern(node.argument as Pattern, scope, undefined)
        return
      case 'BlockStatement':
      case 'StaticBlock':
        this.#block(node, node.body, scope)
        return
      case 'SwitchStatement': {
        this.#child(node.discriminant, node, scope)
        const inner = new Scope(scope)
        this.#lexical(
          node.cases.flatMap(({ consequent }) => consequent),
          inner,
        )
        for (const branch of node.cases) this.#child(branch, node, inner)
        return
      }
      case 'ForStatement': {
        const inner = new Scope(scope)
        if (node.init?.type === 'VariableDeclaration') this.#lexical([node.init], inner)
        this.#all(node, inner)
        return
      }
      case 'ForInStatement':
      case 'ForOfStatement': {
        const inner = new Scope(scope)
        this.#link(node.left, node)
        if (node.left.type === 'VariableDeclaration') {
          this.#lexical([node.left], inner)
          this.#declaration(node.left, inner)
        } else this.#pattern(node.left, inner, undefined)
        this.#child(node.right, node, inner)
        this.#child(node.body, node, inner)
        return
      }
      case 'CatchClause': {
        const inner = new Scope(scope)
        if (node.param) {
          this.#link(node.param, node)
          this.#pattern(node.param, inner, 'catch')
        }
        this.#child(node.body, node, inner)
        return
      }
      case 'MemberExpression':
        this.#child(node.object, node, scope)
        if (node.computed) this.#child(node.property, node, scope)
        return
      case 'Property':
      case 'MethodDefinition':
      case 'PropertyDefinition':
        if (node.computed) this.#child(node.key, node, scope)
        if (node.value) this.#child(node.value, node, scope)
        return
      case 'LabeledStatement':
        this.all.add(node.label.name)
        this.#child(node.body, node, scope)
        return
      case 'BreakStatement':
      case 'ContinueStatement':
        return
      case 'ThisExpression':
        if (this.#outer) this.own.push('this')
        return
      case 'Super':
        if (this.#outer) this.own.push('super')
        return
      case 'MetaProperty':
        if (this.#outer || node.meta.name === 'import')
          this.own.push(`${node.meta.name}.${node.property.name}`)
        return
      default:
        this.#all(node, scope)
        return
    }
  }

  /** Declares the names in a pattern, or assigns to them when there is no `kind`. */
  #pattern(node: Pattern, scope: Scope, kind: Binding['kind'] | undefined): void {
    switch (node.type) {
      case 'Identifier':
        if (kind === undefined) this.#refer(node, scope, true)
        else this.#declare(node, scope, kind)
        return
      case 'MemberExpression':
        this.#visit(node, scope)
        return
      case 'AssignmentPattern':
        this.#link(node.left, node)
        this.#pattern(node.left, scope, kind)
        this.#child(node.right, node, scope)
        return
      case 'RestElement':
        this.#link(node.argument, node)
        this.#pattern(node.argument, scope, kind)
        return
      case 'ArrayPattern':
        for (const element of node.elements)
          if (element) {
            this.#link(element, node)
            this.#pattern(element, scope, kind)
          }
        return
      case 'ObjectPattern':
        for (const property of node.properties) {
          this.#link(property, node)
          if (property.type === 'RestElement') this.#pattern(property, scope, kind)
          else {
            if (property.computed) this.#child(property.key, property, scope)
            this.#link(property.value, property)
            this.#pattern(property.value, scope, kind)
          }
        }
    }
  }

  #declaration(node: VariableDeclaration, scope: Scope): void {
    for (const declarator of node.declarations) {
      this.#link(declarator, node)
      this.#link(declarator.id, declarator)
      // The names exist already (see #hoist and #lexical); here their nodes and defaults are read.
      this.#declared(declarator.id, scope)
      if (!declarator.init) continue
      this.#child(declarator.init, declarator, scope)
      if (declarator.id.type === 'Identifier') {
        const binding = scope.find(declarator.id.name)
        if (binding) binding.init = declarator.init
      }
    }
  }

  #declared(node: Pattern, scope: Scope): void {
    for (const name of namesIn(node)) {
      this.all.add(name.name)
      const binding = scope.find(name.name)
      if (binding) this.bindings.set(name, binding)
    }
    walk(node, part => {
      for (const child of children(part)) this.#link(child, part)
      if (part.type === 'AssignmentPattern') this.#visit(part.right, scope)
      if (part.type === 'Property' && part.computed) this.#visit(part.key, scope)
      return !isExpressionPart(part)
    })
  }

  #class(node: Class & AnyNode, scope: Scope): void {
    const inner = new Scope(scope)
    if (node.id) this.#declare(node.id, inner, 'class')
    if (node.superClass) this.#child(node.superClass, node, inner)
    const outer = this.#outer
    this.#outer = false
    this.#child(node.body, node, inner)
    this.#outer = outer
  }

  #block(node: AnyNode, body: readonly AnyNode[], scope: Scope): void {
    const inner = new Scope(scope)
    this.#lexical(body, inner)
    for (const statement of body) this.#child(statement, node, inner)
  }

  /** Declares the names of `var`, wherever they are in a function's body. */
  #hoist(body: AnyNode, scope: Scope, parameters: Scope): void {
    walk(body, node => {
      if (isFunction(node) || node.type === 'FunctionDeclaration') return false
      if (node.type === 'ClassDeclaration' || node.type === 'ClassExpression') return false
      if (node.type === 'VariableDeclaration' && node.kind === 'var') {
        for (const { id } of node.declarations)
          for (const { name } of namesIn(id)) {
            if (parameters.declares(name)) this.redeclares = true
            scope.declare(name, 'var')
          }
      }
      return undefined
    })
  }

  /** Declares the names of `let`, `const`, `class` and `function` directly in a block. */
  #lexical(statements: readonly AnyNode[], scope: Scope): void {
    for (const node of statements)
      if (node.type === 'VariableDeclaration' && node.kind !== 'var') {
        const kind = node.kind === 'let' ? 'let' : 'const'
        for (const { id } of node.declarations)
          for (const { name } of namesIn(id)) scope.declare(name, kind)
      } else if (node.type === 'FunctionDeclaration' && node.id)
        this.#declare(node.id, scope, 'function').init = node
      else if (node.type === 'ClassDeclaration' && node.id) this.#declare(node.id, scope, 'class')
  }

  #declare(node: Identifier, scope: Scope, kind: Binding['kind']): Binding {
    this.all.add(node.name)
    const binding = scope.declare(node.name, kind)
    this.bindings.set(node, binding)
    return binding
  }

  #refer(node: Identifier, scope: Scope, write: boolean): void {
    this.all.add(node.name)
    const binding = scope.find(node.name)
    const reference: Reference = { node, binding, write }
    this.references.push(reference)
    if (binding === undefined) {
      this.free.add(node)
      return
    }
    this.bindings.set(node, binding)
    binding.references.push(reference)
    if (write) binding.writes++
  }

  #all(node: AnyNode, scope: Scope): void {
    for (const child of children(node)) this.#child(child, node, scope)
  }

  #child(child: AnyNode, parent: AnyNode, scope: Scope): void {
    this.#link(child, parent)
    this.#visit(child, scope)
  }

  #link(child: AnyNode, parent: AnyNode): void {
    this.parents.set(child, parent)
  }
}

/** The identifiers that a pattern declares. */
function namesIn(pattern: Pattern): readonly Identifier[] {
  switch (pattern.type) {
    case 'Identifier':
      return [pattern]
    case 'AssignmentPattern':
      return namesIn(pattern.left)
    case 'RestElement':
      return namesIn(pattern.argument)
    case 'ArrayPattern':
      return pattern.elements.flatMap(element => (element ? namesIn(element) : []))
    case 'ObjectPattern':
      return pattern.properties.flatMap(property =>
        namesIn(property.type === 'RestElement' ? property : property.value),
      )
    case 'MemberExpression':
      return []
  }
}

const PATTERNS = new Set([
  'Identifier',
  'AssignmentPattern',
  'RestElement',
  'ArrayPattern',
  'ObjectPattern',
  'Property',
])

function isExpressionPart(node: AnyNode): boolean {
  return !PATTERNS.has(node.type)
}
