import { newKey } from './idempotency.js'
import { request } from './http.js'
import { wrote } from './positions.js'

const COMMAND = '/api/command/v1'

/**
 * Sends a command under a key of its own. Where no answer came it is sent once more under the same key: it is done once,
 * whichever of the two arrived.
 */
async function command(method, path, body, { etag } = {}) {
  const options = { body, headers: { 'Idempotency-Key': newKey(), ...(etag === undefined ? {} : { 'If-Match': etag }) } }
  const answer = await request(method, COMMAND + path, options).catch(problem => {
    if (problem.status !== 0) {
      throw problem
    }
    return request(method, COMMAND + path, options)
  })
  wrote(answer.position)
  return { ...answer.body, position: answer.position }
}

/** The ETag of a token as a list shows it. */
const etagOf = token => `"${token.sequence}"`

export const createToken = settings => command('POST', '/tokens', settings)
export const changeToken = (token, changes) => command('PATCH', `/tokens/${token.tokenId}`, changes, { etag: etagOf(token) })
export const enableToken = id => command('POST', `/tokens/${id}/enable`)
export const disableToken = (id, reason) => command('POST', `/tokens/${id}/disable`, reason ? { reason } : {})
export const deleteToken = id => command('DELETE', `/tokens/${id}`)
export const bulk = (action, ids) => command('POST', '/tokens/bulk', { action, ids })
export const reveal = (id, as) => command('POST', `/tokens/${id}/reveal`, { as })
export const rotate = (id, graceSeconds) => command('POST', `/tokens/${id}/rotate`, graceSeconds ? { graceSeconds } : {})

export const openAccount = name => command('POST', '/accounts', { name })
export const credit = (id, amount, reference) => command('POST', `/accounts/${id}/credits`, { amount, reference })
export const adjust = (id, amount, reason) => command('POST', `/accounts/${id}/adjustments`, { amount, reason })
export const suspend = (id, reason) => command('POST', `/accounts/${id}/suspend`, reason ? { reason } : {})
export const resume = id => command('POST', `/accounts/${id}/resume`)

export const defineGroup = (name, displayName) => command('PUT', `/groups/${encodeURIComponent(name)}`, { displayName })
export const retireGroup = name => command('DELETE', `/groups/${encodeURIComponent(name)}`)
export const listModel = model => command('PUT', `/models/${modelPath(model)}`)
export const retireModel = model => command('DELETE', `/models/${modelPath(model)}`)
export const closeCatalog = closed => command('PUT', '/catalog', { closed })

// A model's slashes are written as they are: many proxies refuse %2F.
const modelPath = model => model.split('/').map(encodeURIComponent).join('/')
