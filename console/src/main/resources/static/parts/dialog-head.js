import { html, nothing } from '../lib/lit.js'
import { icon } from './icon.js'
import { t } from '../core/messages.js'

export const dialogHead = (id, heading, close, lead) => html`<div class="dialog-head">
  <div><h2 id=${id}>${heading}</h2>${lead ? html`<p>${lead}</p>` : nothing}</div>
  <button type="button" class="button quiet icon" aria-label=${t('close')} @click=${close}>${icon('close')}</button>
</div>`
