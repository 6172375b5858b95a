import { UNITS_PER_DOLLAR } from '../core/format.js'
import { Problem } from '../core/problem.js'
import { t } from '../core/messages.js'

/** Units of dollars that were typed; a problem beside the field where that is no amount. */
export function unitsOf(text, field = 'amount') {
  const dollars = Number(text.replace(/[,_ $]/g, ''))
  if (text.trim() === '' || !Number.isFinite(dollars)) {
    throw new Problem(400, { code: 'INVALID', errors: [{ field, rule: t('amount.invalid') }] })
  }
  return Math.round(dollars * UNITS_PER_DOLLAR)
}
