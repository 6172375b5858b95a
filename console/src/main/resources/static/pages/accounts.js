import { Page } from '../core/page.js'
import { accounts } from '../core/queries.js'
import { can } from '../core/session.js'
import { date, dollars } from '../core/format.js'
import { define } from '../core/element.js'
import { empty } from '../parts/empty.js'
import { giveCredit, openNew } from '../parts/account-actions.js'
import { html, nothing, repeat } from '../lib/lit.js'
import { icon } from '../parts/icon.js'
import { pageHead } from '../parts/page-head.js'
import { pager } from '../parts/pager.js'
import { problemBox } from '../parts/notices.js'
import { t } from '../core/messages.js'
import { throttled } from '../core/live.js'

const ON_A_PAGE = 50

/** All accounts with what they have left. */
class AccountsPage extends Page {
  static properties = { page: { state: true }, search: { state: true } }

  constructor() {
    super()
    this.search = ''
    this.trail = [null]
    this.changed = throttled(this.reload)
  }

  concerns({ kind }) {
    return kind === 'account' || kind === 'token'
  }

  async load() {
    const page = await accounts({ search: this.search, limit: ON_A_PAGE, cursor: this.trail.at(-1) })
    return () => (this.page = page)
  }

  render() {
    const open = can('balance') ? html`<button class="button primary" @click=${this.#open}>${icon('plus')}${t('accounts.open')}</button>` : null
    return html`
      ${pageHead({ title: t('accounts.title'), lead: t('accounts.lead'), actions: open })}
      <form class="filters" role="search" @submit=${e => e.preventDefault()}><div class="field search"><label for="search">${t('accounts.search')}</label>
        <input class="input" id="search" type="search" autocomplete="off" @input=${e => this.#seek(e.target.value.trim())}></div></form>
      ${this.problem ? problemBox(this.problem, this.reload) : nothing}
      ${this.page ? html`<section class="card" aria-label=${t('accounts.title')}>${this.page.items.length ? this.#list() : empty({ picture: 'building', title: t(this.search ? 'accounts.noneFound' : 'accounts.none'), text: t('accounts.none.text'), action: open })}</section>` : nothing}`
  }

  #list() {
    const { items, total, totalAtLeast, nextCursor } = this.page
    return html`<table class="stacking" role="table" aria-label=${t('accounts.title')}>
        <thead role="rowgroup"><tr role="row"><th role="columnheader">${t('accounts.name')}</th><th role="columnheader">${t('accounts.status')}</th><th role="columnheader" class="number">${t('account.balance')}</th><th role="columnheader" class="number">${t('account.consumed')}</th><th role="columnheader">${t('accounts.opened')}</th>${can('balance') ? html`<th role="columnheader"><span class="off-screen">${t('tokens.column.actions')}</span></th>` : nothing}</tr></thead>
        <tbody role="rowgroup">${repeat(items, a => a.accountId, a => html`<tr role="row">
          <td role="cell"><a href="#/accounts/${a.accountId}"><strong>${a.name}</strong></a><br><span class="small soft mono break">${a.accountId}</span></td>
          <td role="cell"><span class="chip ${a.status}">${t(`account.${a.status}`)}</span></td>
          <td role="cell" data-label=${t('account.balance')} class="number ${a.balance <= 0 ? 'bad' : ''}">${dollars(a.balance)}</td>
          <td role="cell" data-label=${t('account.consumed')} class="number">${dollars(a.consumed)}</td>
          <td role="cell" class="soft">${date(a.openedAt)}</td>
          ${can('balance') ? html`<td role="cell"><button class="button small" aria-label=${t('credit.title', { name: a.name })} @click=${() => this.#credit(a)}>${t('credit.action')}</button></td>` : nothing}
        </tr>`)}</tbody></table>
      ${pager({ first: (this.trail.length - 1) * ON_A_PAGE + 1, shown: items.length, total, atLeast: totalAtLeast, back: this.trail.length > 1 ? () => this.#turn(this.trail.slice(0, -1)) : null, next: nextCursor ? () => this.#turn([...this.trail, nextCursor]) : null })}`
  }

  #seek(text) {
    this.search = text
    clearTimeout(this.pause)
    this.pause = setTimeout(() => this.#turn([null]), 250)
  }

  #turn(trail) {
    this.trail = trail
    this.reload()
  }

  #open = async () => {
    const opened = await openNew()
    if (opened) {
      location.hash = `#/accounts/${opened.accountId}`
    }
  }

  async #credit(account) {
    if (await giveCredit(account)) {
      this.reload()
    }
  }
}

define('page-accounts', AccountsPage)
