// Where the page begins: who is signed in and which words to use, before anything is shown.
import { loadMessages, t } from './core/messages.js'
import { openSession } from './core/session.js'

// Most come for the tokens: what that page is made of is fetched while it is found out who they are.
import('./pages/tokens.js').catch(() => {})

const [, session] = await Promise.allSettled([loadMessages(), openSession()])
if (session.status === 'fulfilled') {
  await import('./parts/app-shell.js')
} else if (session.reason.status !== 401) {
  // Without a 401 there is no way to the sign-in page: the console or what it needs is down.
  document.querySelector('app-shell').textContent = t('problem.UNREACHABLE')
}
