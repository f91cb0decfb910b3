/**
 * Loaded before every test file: properties are tested on the same values each time, so that a
 * change is to blame when one fails. `PROPERTY_SEED=123 npm test` draws others.
 */
import fc from 'fast-check'

fc.configureGlobal({ seed: Number(process.env.PROPERTY_SEED ?? 20261122) })
