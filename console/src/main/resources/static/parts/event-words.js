import { dateTime, dollars, eventName, units } from '../core/format.js'
import { has, t } from '../core/messages.js'

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

/** Who did it: `owner:usr_01…`, or the same in two parts. */
export function actorWords(actor) {
  const [kind, id] = typeof actor === 'string' ? [actor.slice(0, actor.indexOf(':')), actor.slice(actor.indexOf(':') + 1)] : [actor.kind, actor.id]
  return ROLE_KINDS.includes(kind) ? t('actor', { kind: t(`role.${kind}`), id }) : `${kind}:${id}`
}
