import { BATCH_SIZE } from '../../types/batch.js'
import { RecordWriter } from '../../types/record-writer.js'
import { VALUE } from '../../types/schema.js'
import type { ChainInput } from '../chain.js'
import { CodeBuilder, type Generated, warmUp } from './code-builder.js'
import { once } from './column-code.js'
import type { TranslatedStages } from './stage-code.js'
import { copyFits, storeFields, storeOpaque, writerCode, writerSignature } from './store-code.js'
import { type Scalar, type VirtualRecord, wholeRecord } from './virtual-record.js'

/** Output records are collected until a batch has about this many. */
export const FULL = BATCH_SIZE - (BATCH_SIZE >> 4)

/**
 * A compiled loop over the rows `start` up to `length`: writes at `writer.length` and behind.
 *
 * @returns The row to go on with, before `length` when the batch is full or layouts have changed.
 */
export type Loop = (
  inputs: readonly ChainInput[],
  writer: RecordWriter,
  start: number,
  length: number,
  fail: (cause: unknown, at: number, row: number) => unknown,
) => number

/** Output whose fields are known before the loop runs. */
export interface KnownOutput {
  readonly shape: 'object' | 'tuple' | 'value'
  readonly fields: ReadonlyMap<string, Scalar>
}

/** Makes the loops of a chain over input of one layout; one per combination of output layouts. */
export class LoopMaker {
  readonly writer = new RecordWriter(1)
  readonly output: KnownOutput | undefined
  readonly #translate: (code: CodeBuilder) => TranslatedStages
  readonly #which: 'all' | 'computed'
  /** The stored fields of a known output, in the order of the writer's columns. */
  readonly #stores: readonly Scalar[]
  readonly #loops = new Map<string, Generated<Loop>>()

  /**
   * @param translate Adds the lines of the chain's stages.
   * @param record What the stages give.
   * @param which Whether copied fields are stored, too.
   */
  constructor(
    translate: (code: CodeBuilder) => TranslatedStages,
    record: VirtualRecord,
    which: 'all' | 'computed',
  ) {
    this.#translate = translate
    this.#which = which
    this.output = knownOutput(record)
    this.#stores = this.#stored(this.output)
    if (this.output === undefined) return
    const { fields, shape } = this.output
    this.writer.shape = shape
    for (const [name, scalar] of fields) if (this.#isStored(scalar)) this.writer.addColumn(name)
  }

  /** Whether there is nothing to run: every field is a copy and no function has an effect. */
  readonly isEmpty: () => boolean = once(() => {
    const code = new CodeBuilder()
    const { record } = this.#translate(code)
    // Without functions there is one line, which says that none is running.
    return this.#stored(knownOutput(record)).length === 0 && code.length <= 1
  })

  /**
   * Prepares empty columns for copies from the columns of `inputs`.
   *
   * @returns Whether the columns suit; otherwise what they hold has to be finished first.
   */
  begin(inputs: readonly ChainInput[]): boolean {
    return this.#stores.every(({ copy }, k) => {
      if (copy === undefined) return true
      const column = inputs[copy.input]!.batch.columns[copy.position]!
      const writer = this.writer.columns[k]!
      if (copyFits(writer, column)) return true
      if (this.writer.length === 0) writer.adopt(column)
      // Few strings are encoded anew rather than begin a batch for every dictionary.
      else return column.layout !== 'dictionary' || this.writer.length < BATCH_SIZE / 32
      return true
    })
  }

  /** The loop for the present layouts; `made` hears of new ones. */
  loop(inputs: readonly ChainInput[], made: (source: string) => void): Loop {
    const fits = this.#stores.map(({ copy }, k) => {
      if (copy === undefined) return false
      const column = inputs[copy.input]!.batch.columns[copy.position]!
      return copyFits(this.writer.columns[k]!, column)
    })
    const signature = `${writerSignature(this.writer)} ${fits}`
    let loop = this.#loops.get(signature)
    if (loop === undefined) {
      const generated = this.#make(fits)
      warmUp(() => generated.run(inputs, this.writer, 0, 0, cause => cause))
      loop = generated
      this.#loops.set(signature, loop)
      made(loop.source)
    }
    return loop.run
  }

  #make(fits: readonly boolean[]): Generated<Loop> {
    const code = new CodeBuilder()
    const { writer } = this
    const writers = writerCode(code, writer)
    code.line('let at = -1, i = start, k = writer.length, fast = true')
    code.line('const { capacity } = writer')
    code.line('let end = Math.min(length, start + capacity - k)')
    code.open('try {')
    code.open('for (; i < end; i++) {')
    const stages = this.#translate(code)
    const { count, record } = stages
    const guarded = count === 'any'
    if (guarded) code.line('if (k >= capacity) { fast = false; end = -1 }')
    const output = knownOutput(record)
    if (output !== undefined) {
      storeFields(code, writers, this.#stored(output), fits, guarded)
      code.line('k++')
    } else {
      let name: string
      if (record.kind === 'opaque') name = record.name
      else name = code.local(wholeRecord(record), 'record')
      storeOpaque(code, writer, writers, name, { guarded, checked: true })
    }
    stages.close()
    if (guarded) code.line(`if (k >= ${FULL}) end = -1`)
    code.close()
    code.close('} catch (error) {')
    code.line('throw fail(error, at, i)')
    code.close()
    code.line('writer.length = k')
    code.line('return i')
    return code.build<Loop>(['inputs', 'writer', 'start', 'length', 'fail'])
  }

  #isStored(scalar: Scalar): boolean {
    return this.#which === 'all' || scalar.copy === undefined
  }

  #stored(output: KnownOutput | undefined): readonly Scalar[] {
    if (output === undefined) return []
    return [...output.fields.values()].filter(scalar => this.#isStored(scalar))
  }
}

/** The fields of a record where they are known and it is surely there. */
export function knownOutput(record: VirtualRecord): KnownOutput | undefined {
  if (record.kind === 'opaque' || record.absent !== undefined) return undefined
  if (record.kind === 'fields') return record
  return { shape: 'value', fields: new Map([[VALUE, record.scalar]]) }
}
