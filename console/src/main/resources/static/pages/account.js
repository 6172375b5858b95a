import '../parts/statement-card.js'
import '../parts/usage-card.js'
import { Page } from '../core/page.js'
import { account, accountUsage } from '../core/queries.js'
import { can } from '../core/session.js'
import { correct, giveCredit, letGoOn, stop } from '../parts/account-actions.js'
import { date, dollars, units } from '../core/format.js'
import { define } from '../core/element.js'
import { html, nothing } from '../lib/lit.js'
import { icon } from '../parts/icon.js'
import { pageHead } from '../parts/page-head.js'
import { problemBox } from '../parts/notices.js'
import { t } from '../core/messages.js'
import { throttled } from '../core/live.js'

/** An account: what it has, what moved it, and what its tokens use. */
class AccountPage extends Page {
  static properties = { account: { state: true }, version: { state: true } }

  constructor() {
    super()
    this.version = 0
    this.usage = parameters => accountUsage(this.itemId, parameters)
    this.changed = throttled(this.reload, 3_000)
  }

  concerns({ event }) {
    return event?.accountId === this.itemId || event?.subject === this.itemId
  }

  async load() {
    const now = await account(this.itemId)
    return () => {
      this.account = now
      this.version++
    }
  }

  render() {
    const crumb = can('accounts') ? { href: '#/accounts', text: t('accounts.title') } : null
    if (!this.account) {
      return html`${pageHead({ title: t('account.title'), crumb })}${this.problem ? problemBox(this.problem, this.reload) : nothing}`
    }
    const { name, status, balance, credited, adjusted, consumed, openedAt } = this.account
    return html`
      ${pageHead({
        title: name,
        crumb,
        beside: html`<span class="chip ${status}">${t(`account.${status}`)}</span>`,
        lead: html`<span class="break">${this.itemId}</span> · ${t('account.opened', { date: date(openedAt) })}`,
        actions: can('balance') ? this.#actions() : null,
      })}
      ${this.problem ? problemBox(this.problem, this.reload) : nothing}
      ${status === 'suspended' ? html`<p class="message bad">${icon('warn')}<span>${t('account.suspended.text')}</span></p>` : balance <= 0 ? html`<p class="message warn">${icon('warn')}<span>${t('account.empty.text')}</span></p>` : nothing}
      <div class="tiles">
        ${tile('account.balance', balance, 'account.balance.note')}${tile('account.credited', credited)}${tile('account.consumed', consumed)}${adjusted ? tile('account.adjusted', adjusted) : nothing}
      </div>
      <usage-card .source=${this.usage} .version=${this.version}></usage-card>
      <statement-card .accountId=${this.itemId} .version=${this.version}></statement-card>
      <p><a href="#/tokens?accountId=${this.itemId}">${t('account.tokens')}</a></p>`
  }

  #actions() {
    const then = act => async () => (await act(this.account)) && this.reload()
    return html`<button class="button primary" @click=${then(giveCredit)}>${icon('plus')}${t('credit.action')}</button>
      <button class="button" @click=${then(correct)}>${t('adjust.action')}</button>
      ${this.account.status === 'suspended' ? html`<button class="button" @click=${then(letGoOn)}>${t('resume.action')}</button>` : html`<button class="button danger" @click=${then(stop)}>${t('suspend.action')}</button>`}`
  }
}

const tile = (key, amount, note) => html`<div class="tile"><div class="label">${t(key)}</div><div class="value" title=${units(amount)}>${dollars(amount)}</div>${note ? html`<div class="note">${t(note)}</div>` : nothing}</div>`

define('page-account', AccountPage)
