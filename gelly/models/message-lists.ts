/** Messages in lists by receiver, for supersteps that send few: they cost what is sent, not the graph. */
import type { Scratch } from '../topology/scratch.js'

/** Messages that are to be put into lists. */
export interface SentMessages {
  readonly length: number
  /** Who gets them. */
  readonly targets: Int32Array
  readonly messages: Float64Array
}

/** See the module's documentation. All arrays lie in the region. */
export interface MessageLists {
  /** By vertex: where its messages begin and end in `flat`. */
  readonly starts: Int32Array
  readonly ends: Int32Array
  /** Messages by receiver, and in the order of sending. */
  readonly flat: Float64Array
  /** Who has messages, ascending; so many of the places. */
  readonly receivers: Int32Array
  readonly receiverCount: number
  /** Puts messages in the place of those that are there. */
  fill(sent: SentMessages): void
}

/** Lists for `n` vertices, without messages. */
export function messageLists(n: number, scratch: Scratch): MessageLists {
  const starts = scratch.int32(n)
  const ends = scratch.int32(n)
  const receivers = scratch.int32(n)
  let flat = scratch.float64(1024)
  let count = 0
  const clear = () => {
    for (let k = 0; k < count; k++) ends[receivers[k]!] = starts[receivers[k]!] = 0
    count = 0
  }
  /** Counting sort, whose counts stand in `ends` first. */
  const fill = ({ length, targets, messages }: SentMessages) => {
    clear()
    if (length > flat.length) flat = scratch.float64(Math.max(length, 2 * flat.length))
    for (let k = 0; k < length; k++) {
      const v = targets[k]!
      if (ends[v]!++ === 0) receivers[count++] = v
    }
    if (count * 8 < n) receivers.subarray(0, count).sort()
    else {
      let found = 0
      for (let v = 0; v < n; v++) if (ends[v]! > 0) receivers[found++] = v
    }
    let start = 0
    for (let k = 0; k < count; k++) {
      const v = receivers[k]!
      const next = start + ends[v]!
      starts[v] = ends[v] = start
      start = next
    }
    for (let k = 0; k < length; k++) flat[ends[targets[k]!]!++] = messages[k]!
  }
  return {
    starts,
    ends,
    receivers,
    get flat() {
      return flat
    },
    get receiverCount() {
      return count
    },
    fill,
  }
}
