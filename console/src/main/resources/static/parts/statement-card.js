import { Element, define } from '../core/element.js'
import { date, dateTime, dollars } from '../core/format.js'
import { html, nothing } from '../lib/lit.js'
import { icon } from './icon.js'
import { problemBox } from './notices.js'
import { statement } from '../core/queries.js'
import { locale, t } from '../core/messages.js'

const LINES = 200

/** What moved an account's balance in a month, each line with what was left after it. */
class StatementCard extends Element {
  static properties = { accountId: {}, version: {}, month: { state: true }, lines: { state: true }, sheet: { state: true }, problem: { state: true } }

  constructor() {
    super()
    const now = new Date()
    this.month = new Date(now.getFullYear(), now.getMonth(), 1)
  }

  willUpdate(changed) {
    if (changed.has('version') || changed.has('month')) {
      this.#load()
    }
  }

  render() {
    const title = new Intl.DateTimeFormat(locale, { year: 'numeric', month: 'long' }).format(this.month)
    const running = next(this.month) > new Date()
    return html`<section class="card" aria-labelledby="statement-title">
      <header><h2 id="statement-title">${t('statement.title', { month: title })}</h2>
        <span class="buttons"><button class="button small" aria-label=${t('statement.earlier')} @click=${() => this.#turn(-1)}>${icon('back')}</button><button class="button small" aria-label=${t('statement.later')} ?disabled=${running} @click=${() => this.#turn(1)}>${icon('next')}</button></span></header>
      ${this.problem ? html`<div class="body">${problemBox(this.problem, () => this.#load())}</div>` : this.sheet ? this.#sheet() : nothing}
    </section>`
  }

  #sheet() {
    const { openingBalance, closingBalance, nextCursor } = this.sheet
    const edge = (key, amount) => html`<tr role="row"><td role="cell" class="soft">${t(key)}</td><td role="cell"></td><td role="cell"></td><td role="cell" class="number"><strong>${dollars(amount)}</strong></td></tr>`
    return html`<table class="stacking sheet" role="table" aria-labelledby="statement-title">
        <thead role="rowgroup"><tr role="row"><th role="columnheader">${t('statement.when')}</th><th role="columnheader">${t('statement.what')}</th><th role="columnheader" class="number">${t('statement.amount')}</th><th role="columnheader" class="number">${t('account.balance')}</th></tr></thead>
        <tbody role="rowgroup">
          ${edge('statement.opening', openingBalance)}
          ${this.lines.map(l => html`<tr role="row"><td role="cell" class="nowrap">${when(l)}</td><td role="cell">${t(`statement.${l.kind}`)}${l.reference ?? l.reason ? html` <span class="soft break">${l.reference ?? l.reason}</span>` : nothing}</td><td role="cell" class="number ${l.amount > 0 ? 'good' : ''}">${l.amount > 0 ? '+' : ''}${dollars(l.amount)}</td><td role="cell" data-label=${t('account.balance')} class="number">${dollars(l.balance)}</td></tr>`)}
          ${nextCursor ? nothing : edge('statement.closing', closingBalance)}
        </tbody></table>
      ${nextCursor ? html`<p class="pager"><button class="button small" @click=${() => this.#load(nextCursor)}>${t('statement.more')}</button></p>` : nothing}`
  }

  #turn(months) {
    this.month = new Date(this.month.getFullYear(), this.month.getMonth() + months, 1)
  }

  async #load(cursor) {
    try {
      const to = next(this.month)
      const sheet = await statement(this.accountId, { from: this.month.toISOString(), to: to.toISOString(), limit: LINES, cursor })
      this.lines = cursor ? [...this.lines, ...sheet.items] : sheet.items
      this.sheet = sheet
      this.problem = null
    } catch (problem) {
      this.problem = problem
    }
  }
}

// Usage is told by the day, at its end: the first instant that is not of it any more.
const when = ({ kind, at }) => (['credit', 'adjustment'].includes(kind) ? dateTime(at) : date(new Date(at) - 1))

const next = month => new Date(month.getFullYear(), month.getMonth() + 1, 1)

define('statement-card', StatementCard)
