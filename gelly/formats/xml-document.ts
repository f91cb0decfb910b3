/** XML files as documents of the DOM: the browser's own, in Node those of `@xmldom/xmldom`. */
import { checkInput, type InputFile, listFiles, readWhole } from '../../engine/extend.js'
import { type Input, InputOutputError, type RunOptions } from '../../engine/index.js'

/**
 * Reads one XML file.
 *
 * @param root The name that its outermost element must have.
 * @throws {InputOutputError} If it is not there or malformed; names the line where the parser does.
 */
export async function readXml(
  input: Input,
  root: string,
  operation: string,
  options?: RunOptions,
): Promise<{ readonly file: InputFile; readonly document: Document }> {
  checkInput(input, operation)
  const files = await listFiles(input, { operation })
  if (files.length !== 1) {
    throw new InputOutputError(`${operation}: a graph is one file; got ${files.length}.`)
  }
  const file = files[0]!
  const bytes = await readWhole(file, { signal: options?.signal })
  const failed = (reason: string): never => {
    throw new InputOutputError(
      `${operation}: ${file.name} cannot be read: ${reason}. The file is damaged or not ${root}.`,
    )
  }
  const text = new TextDecoder().decode(bytes)
  if (text.trim() === '') failed('it is empty')
  const parse = typeof DOMParser === 'undefined' ? parseInNode : parseInBrowser
  const document = await parse(text, failed)
  const found = document.documentElement?.tagName
  if (found?.toLowerCase() !== root) failed(`its outermost element is <${found}>, not <${root}>`)
  if (document.getElementsByTagName('graph').length === 0) failed('there is no <graph> in it')
  return { file, document }
}

/** An error of one of graphology's parsers as one of ours. */
export function unreadable(
  operation: string,
  { file, document }: { readonly file: InputFile; readonly document: Document },
  cause: unknown,
): InputOutputError {
  const given = cause instanceof Error ? cause.message : String(cause)
  const reason =
    wrongElement(document) ?? given.replace(/^graphology-\w+\/parser: /, '').replace(/\.$/, '')
  return new InputOutputError(`${operation}: ${file.name} cannot be read: ${reason}.`, { cause })
}

/** The first node that is there twice, or edge with an end that is none; with its line where it is known. */
function wrongElement(document: Document): string | undefined {
  const ids = new Set<string | null>()
  for (const node of Array.from(document.getElementsByTagName('node'))) {
    const id = node.getAttribute('id')
    if (ids.has(id)) return `${lineOf(node)}node "${id}" is there twice`
    ids.add(id)
  }
  for (const edge of Array.from(document.getElementsByTagName('edge'))) {
    for (const end of ['source', 'target']) {
      const id = edge.getAttribute(end)
      if (ids.has(id)) continue
      return `${lineOf(edge)}the ${end} of an edge, "${id}", is not among the nodes`
    }
  }
  return undefined
}

/** Only the parser for Node counts lines. */
function lineOf(element: Element): string {
  const { lineNumber } = element as Element & { readonly lineNumber?: number }
  return lineNumber === undefined ? '' : `line ${lineNumber}: `
}

async function parseInNode(text: string, failed: (reason: string) => never): Promise<Document> {
  const { DOMParser } = await import('@xmldom/xmldom')
  // What the parser forgives, such as attributes without quotes, is an error here, too.
  const problems: string[] = []
  const note = (message: string): void => {
    problems.push(message)
  }
  const errorHandler = { warning: note, error: note, fatalError: note }
  let document: Document | undefined
  try {
    document = new DOMParser({ locator: {}, errorHandler }).parseFromString(text, 'application/xml')
  } catch (error) {
    problems.push(error instanceof Error ? error.message : String(error))
  }
  const [problem] = problems
  if (document !== undefined && problem === undefined) return document
  const [, what, line] = /^\[xmldom \w+\]\s*(.*?)\s*@.*?#\[line:(\d+)/s.exec(problem ?? '') ?? []
  return failed(line === undefined ? `${problem}` : `line ${line}: ${what}`)
}

async function parseInBrowser(text: string, failed: (reason: string) => never): Promise<Document> {
  const document = new DOMParser().parseFromString(text, 'application/xml')
  const problem = document.getElementsByTagName('parsererror')[0]
  return problem === undefined ? document : failed(problem.textContent ?? 'it is not XML')
}
