import type { RecordBatch } from '../types/batch.js'

/** The other workers of a job, as exchanges see them. */
export interface Peers {
  /**
   * Sends a batch to the same exchange of another worker.
   *
   * @param own Whether nobody else has its columns, so that they need not be copied.
   */
  send(to: number, exchange: number, batch: RecordBatch, own: boolean): void
  /** Tells the same exchange of another worker that no more comes from here, for this superstep. */
  end(to: number, exchange: number): void
  /** The next thing that came from a worker for an exchange, if something has come. */
  take(from: number, exchange: number): RecordBatch | 'end' | undefined
  /** Waits until something has come. */
  arrival(): Promise<void>
}
