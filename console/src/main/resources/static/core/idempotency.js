/** A name for a request. Not randomUUID, which only pages on https or localhost have. */
export function newKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), b => b.toString(16).padStart(2, '0')).join('')
}
