import { request } from './http.js'
import { returnToPlace, useCsrf } from './sign-in.js'

// What a role can do here. It only spares people buttons that would be refused: the services decide.
const ABILITIES = {
  operator: ['tokens', 'change', 'secrets', 'accounts', 'account', 'balance', 'catalog', 'define', 'audit', 'users', 'instances', 'diagnose-now'],
  owner: ['tokens', 'change', 'secrets', 'account', 'catalog', 'audit', 'diagnose-now'],
  auditor: ['tokens', 'accounts', 'account', 'catalog', 'audit', 'diagnose-now'],
  gateway: [],
}

/** Who is signed in, and what the platform says of itself. Set once, before anything is shown. */
export const session = { me: null, settings: {} }

export async function openSession() {
  const [me, settings] = await Promise.all([request('GET', '/api/me'), request('GET', '/api/settings').catch(() => ({ body: {} }))])
  session.me = me.body
  session.settings = settings.body ?? {}
  useCsrf(me.body.csrf)
  returnToPlace()
}

export function can(ability) {
  const { role, accountId, ownUsers } = session.me
  // Who is bound to one account has no list of them.
  if (ability === 'accounts' && accountId) {
    return false
  }
  // Where another issuer signs people in, it keeps them too.
  if (ability === 'users' && ownUsers === false) {
    return false
  }
  return ABILITIES[role]?.includes(ability) ?? false
}
