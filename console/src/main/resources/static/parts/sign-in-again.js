import { confirm } from './confirm-dialog.js'
import { goToSignIn } from '../core/sign-in.js'
import { t } from '../core/messages.js'

/** Whoever walks up to a screen left open gets no secrets: the password has to have been entered within ten minutes. */
export async function signInAgain() {
  if (await confirm({ heading: t('signInAgain.title'), text: t('signInAgain.text'), action: t('signInAgain.action') })) {
    goToSignIn({ again: true })
  }
}
