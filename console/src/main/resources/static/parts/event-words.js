import { dateTime, dollars, eventName, units } from '../core/format.js'
import { has, locale, t } from '../core/messages.js'
import { session } from '../core/session.js'

const KINDS = {
  'token-created': 'start',
  'token-imported': 'start',
  'token-enabled': 'start',
  'account-opened': 'start',
  'account-resumed': 'start',
  'secret-revealed': 'security',
  'secret-rotated': 'security',
  'token-disabled': 'stop',
  'token-deleted': 'stop',
  'token-expired': 'stop',
  'quota-exhausted': 'stop',
  'account-suspended': 'stop',
}

/** How an event is marked: start, stop, security, or plain. */
export const eventKind = type => KINDS[eventName(type)] ?? ''

/** What happened, in a sentence: `{type, data}` of an event of the ledger. */
export function eventWords({ type, data }) {
  const name = eventName(type)
  const key = `event.${name}`
  return has(key) ? t(key, wordsOf(name, data)) : name
}

function wordsOf(name, data) {
  const amount = data.amount === undefined ? '' : dollars(data.amount)
  return {
    ...data,
    amount,
    exact: data.amount === undefined ? '' : units(data.amount),
    model: data.model ?? t('usage.noModel'),
    reason: data.reason ? t('event.reason', { reason: data.reason }) : '',
    how: data.how ? t(`reveal.${data.how}`) : '',
    until: data.previousValidUntil ? t('event.until', { time: dateTime(data.previousValidUntil) }) : '',
    overrun: data.overrun ? t('event.overrun') : '',
  }
}

const ROLE_KINDS = ['operator', 'owner', 'auditor', 'gateway', 'system']

/** Who did it. People have names; who is nobody's business but an operator's is told by the role. Programs have names for ids. */
export function actorWords({ kind, id, name }) {
  if (id === session.me.userId) {
    return t('actor.you')
  }
  if (kind === 'system' && id === 'due') {
    return t('actor.due')
  }
  if (!ROLE_KINDS.includes(kind)) {
    return `${kind}:${id}`
  }
  if (!id.startsWith('usr_') || !session.me.ownUsers) {
    return t('actor', { kind: t(`role.${kind}`), id })
  }
  return name ? t('actor.person', { name, kind: t(`role.${kind}`).toLocaleLowerCase(locale) }) : t(`role.${kind}`)
}
