/**
 * Messages from one half of a superstep to the next: what is sent now can be read after `turn`.
 *
 * With a combiner each vertex has at most one message, which lies at its position. Without, all
 * messages lie in the order in which they were sent, and are sorted by vertex when they are turned
 * over. Either way a turn costs what the messages and their receivers cost, not the whole graph.
 */
import { ownCopy } from '../../engine/extend.js'
import { combinedMailbox } from './combined-mailbox.js'
import { listMailbox } from './list-mailbox.js'
import type { Mailbox, MailboxParts } from './messages.js'

/**
 * An empty mailbox, compiled for one program.
 *
 * @param cells Makes room for messages.
 */
export function mailbox(parts: MailboxParts): Mailbox {
  const combine = parts.combine && ownCopy(parts.combine)
  return combine === undefined
    ? ownCopy(listMailbox)(parts)
    : ownCopy(combinedMailbox)({ ...parts, combine })
}
