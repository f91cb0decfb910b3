/** A way to another thread: Node's and the browser's ports and workers alike. */
export interface Port {
  postMessage(message: unknown, transfer: readonly Transferable[]): void
}

/** A port between two workers. */
export interface PeerPort extends Port {
  onmessage: ((event: { readonly data: never }) => void) | null
  close(): void
}

/** Takes a message that has arrived without waiting for the event loop, where that is possible. */
export type ReceiveNow = (port: PeerPort) => { readonly message: unknown } | undefined
