import { dateTime, dollars, eventName, number } from '../core/format.js'
import { eventWords } from './event-words.js'
import { has, t } from '../core/messages.js'
import { settingWords } from './setting-words.js'

/** What a check has found, in the reader's words; in the service's where it is newer than this page. */
export const findingWords = ({ found, facts, message }) => said(`found.${found}`, facts) ?? message

/** What can be done about it; null where there is nothing to do. */
export const remedyWords = ({ found, facts, remedy }) => remedy && (said(`remedy.${found}`, facts) ?? remedy)

/** What nobody knows of a call of the past. */
export const notKnownWords = ({ code, message }) => (has(`notKnown.${code}`) ? t(`notKnown.${code}`) : message)

/** An event that made a check fail: its type is told, its data are not. */
export function causeWords({ type }) {
  const key = `cause.${eventName(type)}`
  return has(key) ? t(key) : eventWords({ type, data: {} })
}

const said = (key, facts) => (has(key) ? t(key, people(facts)) : null)

/** Facts as people read them: dollars, their own time, lists in a line. */
function people(facts) {
  const list = names => (names && facts.more ? t('found.more', { list: names.join(', '), more: number(facts.more) }) : names?.join(', '))
  return {
    ...facts,
    expiresAt: facts.expiresAt && dateTime(facts.expiresAt),
    left: facts.left === undefined ? undefined : dollars(facts.left),
    ipAllowlist: list(facts.ipAllowlist),
    models: list(facts.models),
    limits: settingWords('rateLimits', facts),
  }
}
