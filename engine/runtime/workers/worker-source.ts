/**
 * The worker's script as text, for places where its file cannot be found: bundles and browsers. The
 * build puts it there; without it workers are made from the file.
 */
export const workerSource: string | undefined = undefined
