import type { RecordBatch } from '../types/batch.js'

/** The other workers of a job, as exchanges see them. */
export interface Peers {
  /** Sends a batch to the same exchange of another worker. */
  send(to: number, exchange: number, batch: RecordBatch): void
  /** Tells the same exchange of another worker that no more comes from here, for this superstep. */
  end(to: number, exchange: number): void
  /** The next thing that came from a worker for an exchange, if something has come. */
  take(from: number, exchange: number): RecordBatch | 'end' | undefined
  /** Waits until something has come. */
  arrival(): Promise<void>
}
