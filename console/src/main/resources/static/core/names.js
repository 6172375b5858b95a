import { listen } from './live.js'
import { named } from './queries.js'
import { peopleNamed } from './people.js'
import { session } from './session.js'

// Events and lists know things and people by ids; people read names. What is drawn at once is asked for at once, and what is
// known is kept: names change once a year, and then the live stream says so.

/** So many ids fit into an address wherever it passes through. */
const MOST_AT_ONCE = 100
const MOST_KEPT = 5_000
const PAUSE_MS = 5_000
const ID = /^(tok|acc|usr)_[0-7][0-9a-hjkmnp-tv-z]{25}$/
const NAMING = /\.(token-created|token-imported|token-renamed|account-opened)\./

/** By id, the longest known first; null where there is no name to be had. */
const known = new Map()
const stale = new Set()
const wanted = new Set()
const asked = new Set()
const hearing = new Set()
let listening = false
let quiet = false

/** @returns a name; null where there is none to be had, undefined where it is not known yet: `hearNames` tells when it is */
export function nameOf(id) {
  if (id === session.me.userId) {
    return session.me.name
  }
  if (!ID.test(id) || (isPerson(id) && !session.me.ownUsers)) {
    return null
  }
  if ((!known.has(id) || stale.has(id)) && !asked.has(id) && !quiet) {
    want(id)
  }
  return known.get(id)
}

/** Tells that names have become known, or may have changed. @returns what ends it */
export function hearNames(hears) {
  hearing.add(hears)
  return () => hearing.delete(hears)
}

const isPerson = id => id.startsWith('usr_')
const tell = () => hearing.forEach(hears => hears())

function want(id) {
  if (wanted.size === 0) {
    // Later than everything that is being drawn now.
    setTimeout(ask)
  }
  wanted.add(id)
}

function ask() {
  if (!listening) {
    listening = true
    listen(heed)
  }
  const ids = [...wanted]
  wanted.clear()
  learn(ids.filter(id => !isPerson(id)), named)
  learn(ids.filter(isPerson), peopleNamed)
}

function learn(ids, query) {
  for (let from = 0; from < ids.length; from += MOST_AT_ONCE) {
    learnAtOnce(ids.slice(from, from + MOST_AT_ONCE), query)
  }
}

async function learnAtOnce(ids, query) {
  ids.forEach(id => asked.add(id))
  try {
    const names = await query(ids)
    ids.forEach(id => keep(id, names.get(id) ?? null))
  } catch {
    // An id says as much as a problem would; what still shows one then asks again.
    quiet = true
    setTimeout(() => {
      quiet = false
      tell()
    }, PAUSE_MS)
  }
  ids.forEach(id => asked.delete(id))
  tell()
}

function keep(id, name) {
  stale.delete(id)
  known.delete(id)
  known.set(id, name)
  if (known.size > MOST_KEPT) {
    known.delete(known.keys().next().value)
  }
}

/** What is out of date is shown until it is asked for again. */
function heed({ kind, event }) {
  const ids = kind === 'reset' ? [...known.keys()] : event && NAMING.test(event.type) && known.has(event.subject) ? [event.subject] : []
  if (ids.length > 0) {
    ids.forEach(id => stale.add(id))
    tell()
  }
}
