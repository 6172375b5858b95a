// Places of the page. They are behind the # of the address: no server has to know them, and what stands there is never sent.
import { can } from './session.js'

const ROUTES = [
  { path: ['tokens'], needs: 'tokens', page: 'tokens' },
  { path: ['tokens', ':id'], needs: 'tokens', page: 'token' },
  { path: ['accounts'], needs: 'accounts', page: 'accounts' },
  { path: ['accounts', ':id'], needs: 'account', page: 'account' },
  { path: ['audit'], needs: 'audit', page: 'audit' },
  { path: ['catalog'], needs: 'catalog', page: 'catalog' },
  { path: ['users'], needs: 'users', page: 'users' },
  { path: ['instances'], needs: 'instances', page: 'instances' },
]

/** @returns {{page: string, id?: string, query: URLSearchParams}} where the address leads */
export function place() {
  const [path, query = ''] = location.hash.replace(/^#\/?/, '').split('?')
  const parts = (path || 'tokens').split('/')
  const route = ROUTES.find(r => r.path.length === parts.length && r.path.every((p, i) => p.startsWith(':') || p === parts[i]))
  const page = route && can(route.needs) ? route.page : 'nowhere'
  return { page, id: parts[1], query: new URLSearchParams(query) }
}

export const go = hash => {
  location.hash = hash
}

/** Writes what a page is filtered by into the address, so that it can be kept and shared, without a step back for each letter. */
export function keepQuery(path, query) {
  const text = new URLSearchParams(Object.entries(query).filter(([, value]) => value)).toString()
  history.replaceState(null, '', `#/${path}${text && `?${text}`}`)
}
