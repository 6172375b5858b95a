import { ask } from './ask-dialog.js'
import { changePassword } from '../core/people.js'
import { notify } from './notices.js'
import { t } from '../core/messages.js'

const LEAST = 12

/** One's own password. The one before is asked for, so that a screen left open is not enough. */
export const askForPassword = () => ask({
  heading: t('nav.password'),
  lead: t('password.lead'),
  fields: [
    { name: 'current', label: t('password.current'), type: 'password', required: true, autocomplete: 'current-password' },
    { name: 'next', label: t('password.next'), help: t('password.next.help', { least: LEAST }), type: 'password', required: true, autocomplete: 'new-password' },
  ],
  action: t('nav.password'),
  act: async ({ current, next }) => {
    await changePassword(current, next)
    notify(t('password.done'))
  },
})
