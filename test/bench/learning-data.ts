/** Arrays on disk, one file each, so that contenders in any language learn from the same numbers. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Column, columnsSource, VectorColumn } from '../../engine/extend.js'
import type { DataSet, ExecutionEnvironment } from '../../engine/index.js'

/** What is learned from, by name. */
export type Arrays = Readonly<Record<string, Float64Array | Int32Array>>

/** Writes each array as NAME.float64 or NAME.int32; returns their size in bytes. */
export function writeArrays(folder: string, arrays: Arrays): number {
  let bytes = 0
  for (const [name, array] of Object.entries(arrays)) {
    const type = array instanceof Float64Array ? 'float64' : 'int32'
    writeFileSync(join(folder, `${name}.${type}`), array)
    bytes += array.byteLength
  }
  return bytes
}

/** An array of 64-bit numbers that `writeArrays` wrote. */
export function readFloat64(folder: string, name: string): Float64Array<ArrayBuffer> {
  const { buffer, byteOffset, byteLength } = readFileSync(join(folder, `${name}.float64`))
  // Small files come in a buffer that they share, at any place.
  return new Float64Array(buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer)
}

/** An array of 32-bit integers that `writeArrays` wrote. */
export function readInt32(folder: string, name: string): Int32Array<ArrayBuffer> {
  const { buffer, byteOffset, byteLength } = readFileSync(join(folder, `${name}.int32`))
  return new Int32Array(buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer)
}

/** Records with the field `features`, vectors that stand one behind the other, and further fields. */
export function vectorData<R extends object>(
  environment: ExecutionEnvironment,
  values: Float64Array,
  size: number,
  more: Readonly<Record<string, Column | Float64Array | Int32Array>>,
): DataSet<R & { readonly features: Float64Array }> {
  const features = new VectorColumn(values, size, values.length / size)
  return environment.read(columnsSource({ features, ...more }))
}
