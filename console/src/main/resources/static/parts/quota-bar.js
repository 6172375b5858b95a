import { Element, define } from '../core/element.js'
import { dollars, units } from '../core/format.js'
import { html, nothing } from '../lib/lit.js'
import { t } from '../core/messages.js'

/** How much of a token's quota is used, in dollars, with the exact units one hover or one focus away. */
class QuotaBar extends Element {
  static properties = { token: {} }

  render() {
    const { consumed, quotaLimit, quotaPeriod } = this.token
    if (quotaLimit === null) {
      return html`<span class="amounts" title=${units(consumed)}><span>${t('quota.used', { amount: dollars(consumed) })}</span><span class="soft">${t('quota.unlimited')}</span></span>`
    }
    const share = quotaLimit === 0 ? 1 : Math.min(1, consumed / quotaLimit)
    return html`<span class="amounts" title=${t('quota.exact', { used: units(consumed), limit: units(quotaLimit) })}>
        <span>${dollars(consumed)}</span><span class="soft">${t(quotaPeriod ? `quota.of.${quotaPeriod.every}` : 'quota.of', { limit: dollars(quotaLimit) })}</span></span>
      <meter class="quota" min="0" max="1" low="0.8" high="0.95" optimum="0" .value=${share} aria-label=${t('quota.share', { percent: Math.round(share * 100) })}></meter>
      ${consumed > quotaLimit ? html`<span class="small bad">${t('quota.over', { amount: dollars(consumed - quotaLimit) })}</span>` : nothing}`
  }
}

define('quota-bar', QuotaBar)
