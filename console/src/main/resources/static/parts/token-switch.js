import { Element, define } from '../core/element.js'
import { alarmOf } from './notices.js'
import { applied } from '../core/positions.js'
import { can } from '../core/session.js'
import { disableToken, enableToken } from '../core/commands.js'
import { html, nothing } from '../lib/lit.js'
import { t } from '../core/messages.js'

const TOLD_MS = 8_000

/**
 * On or off. It moves at once, goes back where the ledger refuses, and then tells when gateways are answered accordingly:
 * whoever turns a leaked token off wants to know that, not that a form was saved.
 */
class TokenSwitch extends Element {
  static properties = { token: {}, wanted: { state: true }, note: { state: true } }

  render() {
    const on = this.wanted ?? this.token.status !== 'disabled'
    return html`
      ${can('change')
        ? html`<button type="button" class="switch" role="switch" aria-checked=${on} aria-disabled=${this.busy ? 'true' : nothing} aria-label=${t('switch.label', { name: this.token.name })} @click=${this.#turn}></button>`
        : nothing}
      <span class="applied" role="status">${this.note ?? nothing}</span>`
  }

  async #turn() {
    if (this.busy) {
      return
    }
    const on = this.token.status === 'disabled'
    this.busy = true
    this.wanted = on
    this.note = t('switch.applying')
    const since = performance.now()
    try {
      const { position, stillRefused } = await (on ? enableToken : disableToken)(this.token.tokenId)
      this.dispatchEvent(new CustomEvent('token-changed', { bubbles: true }))
      const times = position ? await applied(this.token.tokenId, position, since) : []
      this.note = stillRefused ? t('switch.stillRefused', { why: t(`refusal.${stillRefused}`) }) : inForce(times)
    } catch (problem) {
      this.note = null
      alarmOf(problem)
    } finally {
      this.busy = false
      this.wanted = null
      this.requestUpdate()
    }
    const told = this.note
    setTimeout(() => this.note === told && (this.note = null), TOLD_MS)
  }
}

/** The slowest instance is what counts: nobody knows which one a gateway asks. */
function inForce(times) {
  const known = times.filter(ms => ms !== null)
  if (known.length === 0) {
    return t('switch.saved')
  }
  if (known.length < times.length) {
    return t('switch.partly', { known: known.length, all: times.length })
  }
  return t(times.length === 1 ? 'switch.applied' : 'switch.appliedByAll', { ms: Math.max(...known), all: times.length })
}

define('token-switch', TokenSwitch)
