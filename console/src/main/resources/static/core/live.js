import { queryText } from './queries.js'
import { request } from './http.js'
import { session } from './session.js'

const RETRY_MS = 5_000
const listeners = new Set()
let source
let state = 'connecting'

/**
 * Tells of changes from now on: `hears({kind, event})` with kind token, account, catalog, reset, or state (the connection's).
 *
 * @returns what ends it
 */
export function listen(hears) {
  listeners.add(hears)
  if (!source) {
    connect()
  }
  return () => listeners.delete(hears)
}

export const liveState = () => state

/** One connection for the whole page, of which a browser has few. */
function connect() {
  source = new EventSource(`/api/query/v1/live${queryText({ accountId: session.me.accountId })}`)
  source.onopen = () => enter('live')
  source.onerror = () => {
    enter('connecting')
    // A refused connection is not tried again by the browser. The request tells whether it is for want of a session.
    if (source.readyState === EventSource.CLOSED) {
      setTimeout(() => request('GET', '/api/me').then(connect, connect), RETRY_MS)
    }
  }
  for (const kind of ['token', 'account', 'catalog', 'reset']) {
    source.addEventListener(kind, e => tell({ kind, event: JSON.parse(e.data) }))
  }
}

function enter(next) {
  if (state !== next) {
    state = next
    tell({ kind: 'state' })
  }
}

function tell(change) {
  listeners.forEach(hears => hears(change))
}

/** Calls at most once in a while, the last time always: a busy token changes many times a second. */
export function throttled(action, everyMs = 1_500) {
  let waiting = null
  let last = 0
  return () => {
    waiting ??= setTimeout(() => {
      waiting = null
      last = Date.now()
      action()
    }, Math.max(150, last + everyMs - Date.now()))
  }
}
