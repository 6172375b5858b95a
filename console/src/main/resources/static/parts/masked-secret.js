import { Element, define } from '../core/element.js'
import { can } from '../core/session.js'
import { copyKey, revealed } from './secrets.js'
import { html, nothing } from '../lib/lit.js'
import { icon } from './icon.js'
import { t } from '../core/messages.js'

const SHOWN_MS = 60_000

/** The masked secret. It can be shown, for a minute and on record, and copied without being shown. */
class MaskedSecret extends Element {
  static properties = { token: {}, secret: { state: true } }

  disconnectedCallback() {
    super.disconnectedCallback()
    this.#hide()
  }

  updated(changed) {
    // The same place in a list may come to show another token.
    if (changed.has('token') && changed.get('token') && changed.get('token').tokenId !== this.token.tokenId) {
      this.#hide()
    }
  }

  render() {
    const { name, mask, tokenId } = this.token
    return html`<span class="masked"><span class=${this.secret ? 'break' : 'nowrap'}>${this.secret ?? mask}</span>
      ${can('secrets')
        ? html`
          <button type="button" class="button quiet icon" aria-label=${t(this.secret ? 'secret.hide' : 'secret.show', { name })} title=${t(this.secret ? 'secret.hide.title' : 'secret.show.title')} @click=${this.#toggle}>${icon(this.secret ? 'hide' : 'eye')}</button>
          <button type="button" class="button quiet icon" aria-label=${t('secret.copy', { name })} title=${t('copy.key')} @click=${() => copyKey(tokenId)}>${icon('copy')}</button>`
        : nothing}
    </span>`
  }

  async #toggle() {
    if (this.secret) {
      this.#hide()
      return
    }
    const answer = await revealed(this.token.tokenId, 'secret')
    if (answer && this.isConnected) {
      this.secret = answer.secret
      this.timer = setTimeout(() => this.#hide(), SHOWN_MS)
    }
  }

  #hide() {
    clearTimeout(this.timer)
    this.secret = null
  }
}

define('masked-secret', MaskedSecret)
