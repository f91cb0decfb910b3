/** Drives one operator the way the runtime does, for tests: batches in, records out. */
import { FieldChecks } from '../../engine/functions/field-check.js'
import { MemoryPool } from '../../engine/runtime/memory.js'
import type { Operator, OperatorContext } from '../../engine/runtime/operator.js'
import type { SpillDirectory, SpillFile } from '../../engine/runtime/spill/spill.js'
import { takeSteps } from '../../engine/runtime/steps.js'
import { SOLO } from '../../engine/runtime/team.js'
import type { RecordBatch } from '../../engine/types/batch.js'
import { RecordWriter } from '../../engine/types/record-writer.js'

/** How `runOperator` runs. */
export interface RunOptions {
  /** Bytes of memory; default 1 GiB. */
  readonly budget?: number
  readonly operation?: string
  readonly codegen?: boolean
  /** Default: inputs one after the other. `backwards`: the last input first. */
  readonly arrival?: 'forwards' | 'backwards' | 'interleaved'
  /** Default: files that live in memory. */
  readonly spill?: SpillDirectory
  /** For each input whether it is the same in every superstep. */
  readonly constant?: readonly boolean[]
}

/** What came of it. */
export interface RunResult {
  readonly batches: readonly RecordBatch[]
  readonly records: unknown[]
  readonly counters: ReadonlyMap<string, number>
  readonly memory: MemoryPool
}

/** Runs an operator over the batches of its inputs. Fails if it keeps memory or files afterwards. */
export async function runOperator(
  create: (context: OperatorContext) => Operator,
  inputs: readonly (readonly RecordBatch[])[],
  options: RunOptions = {},
): Promise<RunResult> {
  const [result] = await runSupersteps(create, [inputs], options)
  return result!
}

/**
 * Runs an operator once per superstep, as a loop does: it begins again in between, and inputs that
 * it keeps do not come again.
 *
 * @param supersteps The batches of the inputs in each of them.
 */
export async function runSupersteps(
  create: (context: OperatorContext) => Operator,
  supersteps: readonly (readonly (readonly RecordBatch[])[])[],
  options: RunOptions = {},
): Promise<RunResult[]> {
  const { budget = 2 ** 30, operation = 'test', codegen = true, arrival = 'forwards' } = options
  let batches: RecordBatch[] = []
  const counters = new Map<string, number>()
  const memory = new MemoryPool(budget)
  const spill = options.spill ?? memorySpill()
  const fields = new FieldChecks()
  const operator = create({
    output: {
      closed: false,
      *push(batch) {
        if (batch.length > 0) batches.push(batch)
        yield
      },
    },
    operation,
    fields,
    memory,
    spill,
    codegen,
    parallelism: 1,
    team: SOLO,
    handed: values => values,
    enterPartition: () => {},
    handOver: () => {},
    part: () => {
      throw new Error('no part of a plan runs in this test')
    },
    loops: { superstep: () => {}, ended: () => {} },
    count: (metric, amount) => void counters.set(metric, (counters.get(metric) ?? 0) + amount),
    ...(options.constant && { constant: options.constant }),
  })
  const results: RunResult[] = []
  const kept = (input: number) => results.length > 0 && operator.keeps?.(input) === true
  try {
    for (const inputs of supersteps) {
      if (results.length > 0) operator.restart!()
      for (const [input, batch] of arrivals(inputs, arrival)) {
        if (kept(input)) continue
        await takeSteps(
          batch === undefined ? operator.finish(input) : operator.process(input, batch),
        )
      }
      fields.check()
      const records = batches.flatMap(batch =>
        Array.from({ length: batch.length }, (_, row) => batch.record(row)),
      )
      results.push({ batches, records, counters, memory })
      batches = []
    }
  } finally {
    await operator.close?.()
  }
  if (memory.used !== 0) throw new Error(`${memory.used} bytes are still reserved after close`)
  if ('files' in spill && spill.files !== 0) throw new Error(`${spill.files} files are left`)
  return results
}

/** `records` as batches of `size` records each, perhaps the last. */
export function batchesOf(
  records: readonly unknown[],
  size = 100,
  partition = 0,
): readonly RecordBatch[] {
  const batches: RecordBatch[] = []
  for (let start = 0; start < records.length; start += size) {
    const writer = new RecordWriter(size)
    for (const record of records.slice(start, start + size)) writer.write(record)
    batches.push(writer.finish(partition))
  }
  return batches
}

/** A spill directory that keeps batches in memory and knows how many files are open. */
export function memorySpill(): SpillDirectory & { readonly files: number } {
  let files = 0
  return {
    get files() {
      return files
    },
    async create(): Promise<SpillFile> {
      const written: RecordBatch[] = []
      files++
      let deleted = false
      return {
        get bytes() {
          return written.reduce((sum, batch) => sum + batch.byteLength, 0)
        },
        get rows() {
          return written.reduce((sum, batch) => sum + batch.length, 0)
        },
        async write(batch) {
          if (deleted) throw new Error('write to a deleted file')
          written.push(batch)
        },
        async *read() {
          if (deleted) throw new Error('read of a deleted file')
          for (const batch of written) yield batch
        },
        async delete() {
          if (!deleted) files--
          deleted = true
        },
      }
    },
    async close() {},
  }
}

function* arrivals(
  inputs: readonly (readonly RecordBatch[])[],
  arrival: 'forwards' | 'backwards' | 'interleaved',
): Iterable<[number, RecordBatch?]> {
  const order = [...inputs.keys()]
  if (arrival === 'backwards') order.reverse()
  if (arrival === 'interleaved') {
    const longest = Math.max(0, ...inputs.map(batches => batches.length))
    for (let k = 0; k <= longest; k++) {
      for (const input of order) {
        const batches = inputs[input]!
        if (k < batches.length) yield [input, batches[k]!]
        else if (k === batches.length) yield [input]
      }
    }
    return
  }
  for (const input of order) {
    for (const batch of inputs[input]!) yield [input, batch]
    yield [input]
  }
}
