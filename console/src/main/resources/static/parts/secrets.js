import { alarm, alarmOf, notify } from './notices.js'
import { copy } from '../core/clipboard.js'
import { reveal } from '../core/commands.js'
import { signInAgain } from './sign-in-again.js'
import { t } from '../core/messages.js'

/**
 * Shows a secret again, which goes on record as what it is for: `secret`, `copy-token`, `connection-string`, `curl`.
 *
 * @returns the answer, or null where there is none; people know why by then
 */
export async function revealed(tokenId, as) {
  return guarded(() => reveal(tokenId, as))
}

/** What needs a password that was entered lately: where it was not, people are asked, and lead back to where they are. */
export async function guarded(action) {
  try {
    return await action()
  } catch (problem) {
    if (problem.code === 'SIGN_IN_AGAIN') {
      await signInAgain()
    } else {
      alarmOf(problem)
    }
    return null
  }
}

/** Copies what was revealed for it. The text is held by nothing here afterwards. */
export async function copyRevealed(tokenId, as, pick, said) {
  const answer = await revealed(tokenId, as)
  if (answer) {
    await copyText(pick(answer), said)
  }
}

export async function copyText(text, said) {
  try {
    await copy(text)
    notify(said)
  } catch {
    alarm(t('copy.refused'))
  }
}

export const copyKey = id => copyRevealed(id, 'copy-token', a => a.secret, t('copied.key'))
export const copyConnection = id => copyRevealed(id, 'connection-string', a => a.connectionString, t('copied.connection'))
export const copyCurl = id => copyRevealed(id, 'curl', a => a.curl, t('copied.curl'))
