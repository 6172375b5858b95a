import { adjust, credit, openAccount, resume, suspend } from '../core/commands.js'
import { alarmOf, notify } from './notices.js'
import { ask } from './ask-dialog.js'
import { dollars } from '../core/format.js'
import { t } from '../core/messages.js'
import { unitsOf } from './amount-ask.js'

const amount = help => ({ name: 'amount', label: t('amount.label'), help, unit: 'USD', required: true })

export const openNew = () => ask({
  heading: t('accounts.open'),
  lead: t('accounts.open.lead'),
  fields: [{ name: 'name', label: t('accounts.name'), required: true, maxlength: 100 }],
  action: t('accounts.open.action'),
  act: ({ name }) => openAccount(name),
})

export const giveCredit = account => ask({
  heading: t('credit.title', { name: account.name }),
  lead: t('credit.lead'),
  fields: [amount(t('credit.help')), { name: 'reference', label: t('credit.reference'), help: t('credit.reference.help'), required: true, maxlength: 100 }],
  action: t('credit.action'),
  act: async values => {
    const { amount: units } = await credit(account.accountId, unitsOf(values.amount), values.reference)
    notify(t('credit.done', { amount: dollars(units), name: account.name }))
  },
})

export const correct = account => ask({
  heading: t('adjust.title', { name: account.name }),
  lead: t('adjust.lead'),
  fields: [amount(t('adjust.help')), { name: 'reason', label: t('adjust.reason'), required: true, maxlength: 200 }],
  action: t('adjust.action'),
  act: async values => {
    const { amount: units } = await adjust(account.accountId, unitsOf(values.amount), values.reason)
    notify(t('adjust.done', { amount: dollars(units), name: account.name }))
  },
})

export const stop = account => ask({
  heading: t('suspend.title', { name: account.name }),
  lead: t('suspend.lead'),
  fields: [{ name: 'reason', label: t('suspend.reason'), maxlength: 200 }],
  action: t('suspend.action'),
  dangerous: true,
  act: ({ reason }) => suspend(account.accountId, reason.trim()),
})

export async function letGoOn(account) {
  try {
    await resume(account.accountId)
    notify(t('resume.done', { name: account.name }))
    return true
  } catch (problem) {
    alarmOf(problem)
    return false
  }
}
