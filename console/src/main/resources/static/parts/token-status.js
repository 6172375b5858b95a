import { html, nothing } from '../lib/lit.js'
import { t } from '../core/messages.js'

export const tokenStatus = token => html`<span class="chip ${token.status}" title=${token.disabledReason ?? nothing}>${t(`status.${token.status}`)}</span>`
