/**
 * What runs in a worker: waits for jobs, and runs this worker's part of them one after the other;
 * between them it may be a member of kernel teams.
 */
import { TeamMember } from '../kernels/team-member.js'
import type { ToMember } from '../kernels/team-messages.js'
import { errorMessage } from './error-message.js'
import type { ToWorker } from './messages.js'
import type { PeerPort, Port, ReceiveNow } from './port.js'
import { WorkerPart } from './worker-part.js'

interface WorkerScope extends Port {
  onmessage: ((event: { readonly data: ToWorker }) => void) | null
}

void connect().then(({ port, receiveNow }) => {
  let part: WorkerPart | undefined
  let current = -1
  let member: TeamMember | undefined
  port.onmessage = ({ data }) => {
    if (data.kind === 'team') member = memberAfter(data, member, port)
    else if (data.kind === 'job') {
      current = data.job
      part = new WorkerPart(data, port, receiveNow)
      void part.run()
    } else if (data.job === current) part?.take(data)
  }
})

/** Does what a message of a team says; the thread serves the team before it reads the next one. */
function memberAfter(
  message: ToMember,
  member: TeamMember | undefined,
  port: Port,
): TeamMember | undefined {
  if (message.what === 'leave') return undefined
  const { team } = message
  const joined =
    message.what === 'join'
      ? new TeamMember(message, (call, error) =>
          port.postMessage({ kind: 'threw', job: -1, team, call, error: errorMessage(error) }, []),
        )
      : member
  if (message.what === 'join') port.postMessage({ kind: 'joined', job: -1, team }, [])
  if (message.what === 'kernels') joined?.learn(message)
  joined?.serve()
  return joined
}

async function connect(): Promise<{ port: WorkerScope; receiveNow: ReceiveNow | undefined }> {
  if (typeof process !== 'object' || typeof process.versions?.node !== 'string') {
    return { port: globalThis as unknown as WorkerScope, receiveNow: undefined }
  }
  const { parentPort, receiveMessageOnPort } = await import('node:worker_threads')
  return {
    port: parentPort as unknown as WorkerScope,
    receiveNow: (from: PeerPort) => receiveMessageOnPort(from as never),
  }
}
