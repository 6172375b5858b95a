import { ago, dateTime } from '../core/format.js'
import { html, nothing } from '../lib/lit.js'
import { t } from '../core/messages.js'

const some = (list, key, any) => (list === null ? t(any) : list.length === 1 ? list[0] : t(key, { count: list.length }))

/** A token's restrictions in a line each, for lists. The whole is in the title. */
export const restrictions = token => html`<div class="limits">
  <span title=${token.models?.join('\n') ?? nothing}>${some(token.models, 'models.count', 'models.any')}</span>
  <span title=${token.ipAllowlist?.join('\n') ?? nothing}>${some(token.ipAllowlist, 'addresses.count', 'addresses.any')}</span>
</div>`

export const expiry = token => (token.expiresAt ? html`<span title=${dateTime(token.expiresAt)}>${t(Date.parse(token.expiresAt) > Date.now() ? 'expiry.in' : 'expiry.ago', { when: ago(token.expiresAt) })}</span>` : t('expiry.never'))
export const lastUse = token => (token.lastUsedAt ? html`<span title=${dateTime(token.lastUsedAt)}>${t('lastUsed', { when: ago(token.lastUsedAt) })}</span>` : t('lastUsed.never'))
