import { queryText } from './queries.js'
import { request } from './http.js'

// People and programs are the console's own affair; no service knows them but by their id.
const body = async answer => (await answer).body

export const users = () => body(request('GET', '/api/users'))
export const invite = invitation => body(request('POST', '/api/users', { body: invitation }))
export const disableUser = id => body(request('POST', `/api/users/${encodeURIComponent(id)}/disable`))
export const enableUser = id => body(request('POST', `/api/users/${encodeURIComponent(id)}/enable`))
export const newLink = id => body(request('POST', `/api/users/${encodeURIComponent(id)}/link`))

/** @returns {Promise<Map>} what people are called, by id */
export const peopleNamed = async ids => new Map((await body(request('GET', `/api/people${queryText({ id: ids })}`))).items.map(item => [item.userId, item.name]))

/** @throws Problem about `current` or `next` */
export const changePassword = (current, next) => body(request('POST', '/api/password', { body: { current, next } }))

export const clients = () => body(request('GET', '/api/clients'))
export const createClient = client => body(request('POST', '/api/clients', { body: client }))
export const deleteClient = id => body(request('DELETE', `/api/clients/${encodeURIComponent(id)}`))
