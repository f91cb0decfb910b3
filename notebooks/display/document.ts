/**
 * A document in which charts are built and then written as text: as much of the DOM as Observable Plot
 * and d3-selection use. Nothing is laid out, and nothing listens.
 */
import { escaped } from './escaped.js'

const SVG = 'http://www.w3.org/2000/svg'
const HTML = 'http://www.w3.org/1999/xhtml'

/** A piece of text. */
export class TextNode {
  readonly nodeType = 3
  parentNode: ElementNode | null = null
  data: string

  constructor(data: string) {
    this.data = data
  }

  get textContent(): string {
    return this.data
  }

  get nextSibling(): ChildNode | null {
    return siblingOf(this)
  }

  /** As text of a document. */
  toString(): string {
    return escaped(this.data)
  }
}

type ChildNode = TextNode | ElementNode

/** Styles by name, as `style="..."` has them. */
class Styles {
  readonly #owner: ElementNode

  constructor(owner: ElementNode) {
    this.#owner = owner
  }

  setProperty(name: string, value: string | null): void {
    const styles = this.#read()
    if (value === null || value === '') styles.delete(name)
    else styles.set(name, value)
    this.#write(styles)
  }

  removeProperty(name: string): void {
    this.setProperty(name, null)
  }

  getPropertyValue(name: string): string {
    return this.#read().get(name) ?? ''
  }

  #read(): Map<string, string> {
    const pairs = (this.#owner.getAttribute('style') ?? '').split(';').flatMap(pair => {
      const [name, ...value] = pair.split(':')
      return value.length > 0 ? [[name!.trim(), value.join(':').trim()] as const] : []
    })
    return new Map(pairs)
  }

  #write(styles: ReadonlyMap<string, string>): void {
    const text = [...styles].map(([name, value]) => `${name}:${value}`).join(';')
    if (text === '') this.#owner.removeAttribute('style')
    else this.#owner.setAttribute('style', text)
  }
}

/** An element with its attributes and children. */
export class ElementNode {
  readonly nodeType = 1
  readonly ownerDocument: WriteOnlyDocument
  readonly namespaceURI: string
  readonly tagName: string
  readonly childNodes: ChildNode[] = []
  parentNode: ElementNode | null = null
  readonly style: Styles = new Styles(this)
  readonly #attributes = new Map<string, string>()

  constructor(ownerDocument: WriteOnlyDocument, namespaceURI: string, tagName: string) {
    this.ownerDocument = ownerDocument
    this.namespaceURI = namespaceURI
    this.tagName = tagName
  }

  get children(): ElementNode[] {
    return this.childNodes.filter(child => child instanceof ElementNode)
  }

  get firstChild(): ChildNode | null {
    return this.childNodes[0] ?? null
  }

  get lastChild(): ChildNode | null {
    return this.childNodes.at(-1) ?? null
  }

  get nextSibling(): ChildNode | null {
    return siblingOf(this)
  }

  get textContent(): string {
    return this.childNodes.map(child => child.textContent).join('')
  }

  set textContent(text: string) {
    for (const child of this.childNodes.splice(0)) child.parentNode = null
    this.appendChild(new TextNode(String(text)))
  }

  getAttribute(name: string): string | null {
    return this.#attributes.get(name) ?? null
  }

  hasAttribute(name: string): boolean {
    return this.#attributes.has(name)
  }

  setAttribute(name: string, value: unknown): void {
    this.#attributes.set(name, String(value))
  }

  removeAttribute(name: string): void {
    this.#attributes.delete(name)
  }

  setAttributeNS(_: string, name: string, value: unknown): void {
    this.setAttribute(name, value)
  }

  getAttributeNS(_: string, name: string): string | null {
    return this.getAttribute(name)
  }

  removeAttributeNS(_: string, name: string): void {
    this.removeAttribute(name)
  }

  appendChild<N extends ChildNode>(child: N): N {
    return this.insertBefore(child, null)
  }

  append(...children: readonly (ChildNode | string)[]): void {
    for (const child of children) {
      this.appendChild(typeof child === 'string' ? new TextNode(child) : child)
    }
  }

  insertBefore<N extends ChildNode>(child: N, before: ChildNode | null): N {
    child.parentNode?.removeChild(child)
    const place = before === null ? this.childNodes.length : this.childNodes.indexOf(before)
    this.childNodes.splice(place, 0, child)
    child.parentNode = this
    return child
  }

  removeChild<N extends ChildNode>(child: N): N {
    this.childNodes.splice(this.childNodes.indexOf(child), 1)
    child.parentNode = null
    return child
  }

  remove(): void {
    this.parentNode?.removeChild(this)
  }

  cloneNode(deep = false): ElementNode {
    const copy = new ElementNode(this.ownerDocument, this.namespaceURI, this.tagName)
    for (const [name, value] of this.#attributes) copy.setAttribute(name, value)
    if (!deep) return copy
    for (const child of this.childNodes) {
      copy.appendChild(child instanceof TextNode ? new TextNode(child.data) : child.cloneNode(true))
    }
    return copy
  }

  /** Elements below by the name of their tag, or `*`. */
  querySelectorAll(tag: string): ElementNode[] {
    return this.children.flatMap(child => [
      ...(tag === '*' || child.tagName === tag ? [child] : []),
      ...child.querySelectorAll(tag),
    ])
  }

  querySelector(tag: string): ElementNode | null {
    return this.querySelectorAll(tag)[0] ?? null
  }

  /** Nothing ever happens here. */
  addEventListener(): void {}

  removeEventListener(): void {}

  /** As text of a document. */
  toString(): string {
    const attributes = [...this.#attributes]
      .map(([name, value]) => ` ${name}="${escaped(value)}"`)
      .join('')
    const inside = this.tagName === 'style' ? this.textContent : this.childNodes.join('')
    const open = `<${this.tagName}${attributes}`
    return inside === '' && this.namespaceURI === SVG
      ? `${open}/>`
      : `${open}>${inside}</${this.tagName}>`
  }
}

/** Makes elements. */
export class WriteOnlyDocument {
  readonly documentElement: ElementNode = new ElementNode(this, HTML, 'html')

  createElement(tagName: string): ElementNode {
    return new ElementNode(this, HTML, tagName)
  }

  createElementNS(namespace: string, tagName: string): ElementNode {
    return new ElementNode(this, namespace, tagName)
  }

  createTextNode(data: string): TextNode {
    return new TextNode(data)
  }
}

function siblingOf(node: ChildNode): ChildNode | null {
  const { parentNode } = node
  return parentNode?.childNodes[parentNode.childNodes.indexOf(node) + 1] ?? null
}
