import { dateTime, dollars, number } from '../core/format.js'
import { has, t } from '../core/messages.js'

const AMOUNTS = ['quotaLimit', 'consumed', 'remaining', 'totalConsumed', 'balance', 'credited', 'adjusted']
const TIMES = ['expiresAt', 'periodEndsAt', 'changedAt', 'lastUsedAt', 'createdAt', 'openedAt']
const UNSET = { quotaLimit: 'quota.unlimited', models: 'models.any', ipAllowlist: 'addresses.any', expiresAt: 'expiry.never', quotaPeriod: 'quota.period.all', remaining: 'quota.unlimited' }

export const settingName = field => (has(`setting.${field}`) ? t(`setting.${field}`) : field)

/** What a field of a token or an account holds, as people read it. */
export function settingWords(field, value) {
  if (value === null || value === undefined) {
    return t(UNSET[field] ?? 'setting.none')
  }
  if (AMOUNTS.includes(field)) {
    return dollars(value)
  }
  if (TIMES.includes(field)) {
    return dateTime(value)
  }
  switch (field) {
    case 'status':
      return t(`status.${value}`)
    case 'quotaPeriod':
      return t('setting.period', { every: t(`quota.period.${value.every}`), zone: value.timeZone })
    case 'rateLimits':
      return [value.requestsPerMinute != null && t('setting.requests', { count: value.requestsPerMinute }), value.unitsPerMinute != null && t('setting.units', { count: value.unitsPerMinute })].filter(Boolean).join(', ')
    case 'modelQuotas':
      return value.map(q => `${q.model} ${dollars(q.quotaLimit)}`).join(', ')
    default:
      return Array.isArray(value) ? value.join(', ') : typeof value === 'number' ? number(value) : typeof value === 'object' ? JSON.stringify(value) : String(value)
  }
}
