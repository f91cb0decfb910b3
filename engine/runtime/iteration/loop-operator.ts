import type { PhysicalBody } from '../../optimizer/physical.js'
import type { Loop, LoopParts } from '../../plan/loop.js'
import type { RecordBatch } from '../../types/batch.js'
import type { Operator, OperatorContext, PartOptions, Steps } from '../operator.js'
import type { StepsTo } from '../steps.js'
import { IterationDriver, type NamedBatches, type Step, type StepOutcome } from './driver.js'
import { LoopBody } from './loop-body.js'
import { inLoop } from './loop-context.js'

/** What lives across the supersteps of a loop; `bulk.ts` and `delta.ts` have the two kinds. */
export interface LoopState extends Pick<PartOptions, 'create'> {
  /** How many of the loop's inputs are initial records; the others are constants of the body. */
  readonly initialInputs: number
  addInitial(input: number, batch: RecordBatch): Steps
  /** All initial records are there. */
  begin?(): Steps
  /** Records in the first workset. */
  pending?(): number
  /** Takes a batch of result `result` of the body. */
  take(result: number, batch: RecordBatch): Steps
  /** Runs the body once and puts its results in place. */
  superstep(body: LoopBody): StepsTo<StepOutcome>
  /** Where it stands between two supersteps, and how it goes on from there. */
  save(): StepsTo<NamedBatches>
  load(saved: NamedBatches): Steps
  /** Pushes on what the loop computed. */
  emit(): Steps
  close(): Promise<void>
}

/**
 * Runs a loop once its inputs are complete, and then gives its result. The records of a superstep
 * are those that the one before left; nothing of a superstep can be seen before it is over.
 */
export class LoopOperator implements Operator {
  readonly #loop: Loop
  readonly #body: PhysicalBody
  readonly #context: OperatorContext
  readonly #driver: IterationDriver
  readonly #flow: LoopBody
  readonly #initialInputs: number
  /**
   * Within another loop: there when the constants of this one are constants of that one, too, so
   * that the body keeps what it knows.
   */
  readonly restart?: () => void
  #state: LoopState
  #open: number

  constructor(
    parts: LoopParts,
    body: PhysicalBody,
    context: OperatorContext,
    createState: () => LoopState,
  ) {
    this.#loop = parts.loop
    this.#body = body
    this.#context = context
    this.#state = createState()
    this.#initialInputs = this.#state.initialInputs
    this.#driver = new IterationDriver(parts.loop, parts.options, context.loops, context.team)
    this.#flow = this.#createFlow()
    this.#open = this.#initialInputs + body.constants.length
    if (body.constants.every((_, k) => context.constant?.[this.#initialInputs + k])) {
      this.restart = () => {
        this.#driver.reset()
        this.#state = createState()
        this.#open = this.#initialInputs
      }
    }
  }

  wants(): boolean {
    return true
  }

  keeps(input: number): boolean {
    return this.restart !== undefined && input >= this.#initialInputs
  }

  *process(input: number, batch: RecordBatch): Steps {
    const constant = input - this.#initialInputs
    if (constant < 0) yield* this.#state.addInitial(input, batch)
    else yield* this.#flow.addConstant(constant, batch)
  }

  *finish(input: number): Steps {
    const constant = input - this.#initialInputs
    if (constant >= 0) yield* this.#flow.finishConstant(constant)
    if (--this.#open > 0) return
    const begun = this.#state.begin?.()
    if (begun !== undefined) yield* begun
    yield* this.#run()
  }

  async close(): Promise<void> {
    await this.#flow.close()
    await this.#state.close()
  }

  *#run(): Steps {
    const state = this.#state
    const flow = this.#flow
    const step: Step = {
      ...(state.pending === undefined ? {} : { pending: () => state.pending!() }),
      run: () => state.superstep(flow),
      save: () => state.save(),
      load: saved => state.load(saved),
    }
    const { iterations } = yield* this.#driver.run(step, this.#context.checkpoints?.(this.#loop))
    this.#context.count('supersteps', iterations)
    yield* state.emit()
    yield state.close()
  }

  #createFlow(): LoopBody {
    return new LoopBody(this.#body, this.#context, {
      context: context => inLoop(context, this.#driver),
      create: (node, context) => this.#state.create?.(node, context),
      onBatch: (result, batch) => this.#state.take(result, batch),
    })
  }
}
