/** A little job for the projects that use the package; in a browser it is the proof that it runs. */
import { ArgumentError, WieselError } from 'wiesel'

export async function job() {
  return new ArgumentError('first: count must be positive; got -1.') instanceof WieselError
}
