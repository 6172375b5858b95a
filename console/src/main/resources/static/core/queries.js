import { forget, readerHeaders } from './positions.js'
import { request } from './http.js'

const QUERY = '/api/query/v1'

/** Reads from query-service, and sees what was just written from here. */
async function read(path, parameters = {}, { signal } = {}) {
  const address = QUERY + path + queryText(parameters)
  const headers = readerHeaders()
  try {
    return (await request('GET', address, { headers, signal })).body
  } catch (problem) {
    // The view is not there yet within its two seconds. What it has is better than nothing.
    if (problem.status === 503 && headers['Ledger-Position']) {
      forget()
      return (await request('GET', address, { signal })).body
    }
    throw problem
  }
}

/** `?a=1&b=2&b=3` of what is set; lists repeat their name. */
export function queryText(parameters) {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(parameters)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null && one !== '') {
        query.append(name, one)
      }
    }
  }
  const text = query.toString()
  return text && `?${text}`
}

export const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone

export const tokens = (filters, options) => read('/tokens', filters, options)
export const token = (id, asOf) => read(`/tokens/${id}`, { asOf })
export const tokenHistory = (id, parameters) => read(`/tokens/${id}/history`, parameters)
export const tokenUsage = (id, parameters) => read(`/tokens/${id}/usage`, { timeZone, ...parameters })
export const decision = (id, parameters) => read(`/tokens/${id}/decision`, parameters)
export const accounts = (filters, options) => read('/accounts', filters, options)
export const account = id => read(`/accounts/${id}`)
export const accountUsage = (id, parameters) => read(`/accounts/${id}/usage`, { timeZone, ...parameters })
export const statement = (id, parameters) => read(`/accounts/${id}/statement`, { timeZone, ...parameters })
/** @returns {Promise<Map>} what tokens and accounts are called, by id */
export const named = async ids => new Map((await read('/names', { id: ids })).items.map(item => [item.id, item.name]))

export const groups = () => read('/groups')
export const models = () => read('/models')
export const audit = (filters, options) => read('/audit/events', filters, options)
export const projections = () => read('/projections')

/** Where a browser fetches an export as a file. */
export const exportAddress = parameters => `${QUERY}/audit/export${queryText(parameters)}`

/** Where a browser fetches what the log of seals is now, and the proof that an event is in it. */
export const CHECKPOINT_ADDRESS = `${QUERY}/seals/checkpoint`
export const proofAddress = eventId => `${QUERY}/seals/proofs/${eventId}`

const note = async address => (await request('GET', address, { headers: { Accept: 'text/plain, application/problem+json' } })).text

/** The log of seals as it is now: how many events are in it, and the root of the tree they are the leaves of, base64. */
export async function checkpoint() {
  const [, size, root] = (await note(CHECKPOINT_ADDRESS)).split('\n')
  return { size: Number(size), root }
}

/** The key that verifies checkpoints, as c2sp.org/signed-note writes it. */
export const sealKey = async () => (await note(`${QUERY}/seals/key`)).trim()

/** Where the instances of the guard are; `view(1)` is about the first of them. */
export const instances = async () => (await request('GET', '/api/instances')).body.enforcement
export const view = async instance => (await request('GET', `/api/enforcement/${instance}/v1/view`)).body
export const rebuild = async name => (await request('POST', `${QUERY}/projections/${name}/rebuild`)).body

/** What a call would be told now, check by check; of an instance that cannot tell yet, that it cannot, which it answers with 503. */
export async function diagnose(call) {
  try {
    return (await request('POST', '/api/enforcement/v1/diagnose', { body: call })).body
  } catch (problem) {
    if (problem.body?.checks) {
      return problem.body
    }
    throw problem
  }
}
