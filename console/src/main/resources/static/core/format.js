import { locale, t } from './messages.js'

/** 500,000 units are a dollar: the convention of the field, and of this ledger. */
export const UNITS_PER_DOLLAR = 500_000

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const whole = new Intl.NumberFormat(locale)
const compact = new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 })
const moment = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' })
const exact = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' })
const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' })
const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })

export const number = n => whole.format(n)
export const short = n => compact.format(n)
export const units = n => t('units', { count: n })
export const dateTime = text => moment.format(new Date(text))
export const dateTimeExact = text => exact.format(new Date(text))
export const date = text => day.format(new Date(text))

/** Dollars of units: cents, and as many digits more as it takes to say something of a small amount. */
export function dollars(amount) {
  const value = amount / UNITS_PER_DOLLAR
  const digits = value !== 0 && Math.abs(value) < 0.1 ? 4 : 2
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    currency: 'USD',
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: 2,
    maximumFractionDigits: digits,
  }).format(value)
}

/** "3 minutes ago", "in 2 days". */
export function ago(text, now = Date.now()) {
  const distance = new Date(text) - now
  const size = Math.abs(distance)
  if (size < 45_000) {
    return distance > 0 ? t('time.soon') : t('time.now')
  }
  if (size < HOUR) {
    return relative.format(Math.round(distance / MINUTE), 'minute')
  }
  if (size < DAY) {
    return relative.format(Math.round(distance / HOUR), 'hour')
  }
  if (size < 60 * DAY) {
    return relative.format(Math.round(distance / DAY), 'day')
  }
  return relative.format(Math.round(distance / (30.4 * DAY)), 'month')
}

/** The beginning of an id with enough of it to tell two apart; the whole is in the title beside it. */
export const shortId = id => `${id.slice(0, 4)}…${id.slice(-6)}`

/** `com.tokaify.ledger.token-renamed.v1` is `token-renamed` to people. */
export const eventName = type => type.replace(/^com\.tokaify\.ledger\./, '').replace(/\.v\d+$/, '')

/** An instant as a field for date and time has it: local, to the minute. */
export function toField(instant) {
  const d = new Date(instant)
  return new Date(d - d.getTimezoneOffset() * MINUTE).toISOString().slice(0, 16)
}
