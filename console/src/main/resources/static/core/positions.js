import { request } from './http.js'

const REMEMBERED_MS = 5_000
const PATIENCE_MS = 10_000
let latest = null
let lastPropagation = null

/** How far a reader must be to have seen a command: `34:17` is the 17th event of partition 34. */
export function parse(text) {
  const [partition, pseq] = text.split(':').map(Number)
  return { partition, pseq }
}

/** Takes note of what was just written, so that what is read next has it. */
export function wrote(position) {
  if (position) {
    latest = { position, until: Date.now() + REMEMBERED_MS }
  }
}

export function readerHeaders() {
  return latest && Date.now() < latest.until ? { 'Ledger-Position': latest.position } : {}
}

/** How long the last change made from here took to be in force, in milliseconds; null where none was. */
export const propagation = () => lastPropagation

export function forget() {
  latest = null
}

/**
 * Waits until gateways are answered by what a command has changed of a token. The guard is asked about the token itself,
 * which its owner may; how far the whole view is, is an operator's business.
 *
 * @returns milliseconds it took as seen from here, or null where that cannot be told: not allowed to ask, or not in time
 */
export async function applied(tokenId, position, since = performance.now()) {
  const wanted = parse(position)
  for (let pause = 20; performance.now() - since < PATIENCE_MS; pause = Math.min(pause * 1.6, 500)) {
    try {
      const { body } = await request('POST', '/api/enforcement/v1/diagnose', { body: { tokenId } })
      const reached = body.position && parse(body.position)
      if (reached && reached.partition === wanted.partition && reached.pseq >= wanted.pseq) {
        lastPropagation = Math.round(performance.now() - since)
        return lastPropagation
      }
    } catch (problem) {
      if (problem.status === 403 || problem.status === 404) {
        return null
      }
    }
    await new Promise(resolve => setTimeout(resolve, pause))
  }
  return null
}
