import { copyText } from './secrets.js'
import { html } from '../lib/lit.js'
import { icon } from './icon.js'
import { t } from '../core/messages.js'

/** A new secret, in full, with what people do with it. */
export const secretPanel = ({ secret, connectionString }) => html`<div class="secret">
  <code data-secret>${secret}</code>
  <div class="buttons">
    <button type="button" class="button primary" @click=${() => copyText(secret, t('copied.key'))}>${icon('copy')}${t('copy.key')}</button>
    <button type="button" class="button" @click=${() => copyText(connectionString, t('copied.connection'))}>${icon('copy')}${t('copy.connection')}</button>
  </div>
</div>`
