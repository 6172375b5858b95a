import { request } from './http.js'
import { session } from './session.js'

const REMEMBERED_MS = 5_000
const PATIENCE_MS = 10_000
let latest = null

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

export function forget() {
  latest = null
}

/**
 * Waits until gateways are answered by what a command has changed of a token, whichever instance of the guard they ask.
 * Each is asked about the token itself, which its owner may; how far the whole view is, is an operator's business.
 *
 * @returns {Promise<Array<?number>>} milliseconds it took each instance as seen from here; null for one that does not
 *   confirm it in time, or may not be asked
 */
export function applied(tokenId, position, since = performance.now()) {
  const instances = Array.from({ length: session.settings.enforcementInstances ?? 1 }, (_, i) => i + 1)
  return Promise.all(instances.map(instance => appliedAt(instance, tokenId, parse(position), since)))
}

async function appliedAt(instance, tokenId, wanted, since) {
  for (let pause = 20; performance.now() - since < PATIENCE_MS; pause = Math.min(pause * 1.6, 500)) {
    try {
      const { body } = await request('POST', `/api/enforcement/${instance}/v1/diagnose`, { body: { tokenId } })
      const reached = body.position && parse(body.position)
      if (reached && reached.partition === wanted.partition && reached.pseq >= wanted.pseq) {
        return Math.round(performance.now() - since)
      }
    } catch (problem) {
      // Any other may pass: an instance that starts, or has not heard of a new token yet.
      if (problem.status === 403) {
        return null
      }
    }
    await new Promise(resolve => setTimeout(resolve, pause))
  }
  return null
}
