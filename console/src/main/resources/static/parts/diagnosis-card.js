import { Element, define } from '../core/element.js'
import { can } from '../core/session.js'
import { dateTimeExact, eventName } from '../core/format.js'
import { decision, diagnose } from '../core/queries.js'
import { errorText, field } from './field.js'
import { firstBad } from '../core/addresses.js'
import { html, nothing } from '../lib/lit.js'
import { icon } from './icon.js'
import { has, sayProblem, t } from '../core/messages.js'

/**
 * "I created a token but it does not work", answered: every check with what it found. Of now, by the guard itself; of an
 * instant that is past, by replay, with the events that made it so.
 */
class DiagnosisCard extends Element {
  static properties = { tokenId: {}, models: {}, asked: { state: true }, answer: { state: true }, problem: { state: true }, busy: { state: true } }

  constructor() {
    super()
    this.asked = { model: '', ip: '', at: '' }
    this.models = []
  }

  render() {
    const set = name => value => (this.asked = { ...this.asked, [name]: value })
    const wrong = name => (this.problem?.errors ? errorText(this.problem, name) : null)
    const badIp = this.asked.ip && (firstBad([this.asked.ip]) || this.asked.ip.includes('/')) ? t('addresses.bad', { entry: this.asked.ip }) : null
    return html`<section class="card" aria-labelledby="diagnosis-title">
      <header><div><h2 id="diagnosis-title">${t('diagnosis.title')}</h2><p class="small soft">${t('diagnosis.lead')}</p></div></header>
      <form class="body stack" @submit=${this.#ask}>
        ${field({ id: 'diagnosis-model', name: 'model', label: t('diagnosis.model'), placeholder: t('diagnosis.model.placeholder'), mono: true, list: 'diagnosis-models', value: this.asked.model, error: wrong('model'), input: set('model') })}
        <datalist id="diagnosis-models">${this.models.map(m => html`<option value=${m}></option>`)}</datalist>
        ${field({ id: 'diagnosis-ip', name: 'ip', label: t('diagnosis.ip'), placeholder: '203.0.113.7', mono: true, value: this.asked.ip, error: badIp ?? wrong('ip'), input: set('ip') })}
        ${field({ id: 'diagnosis-at', name: 'at', label: t('diagnosis.at'), type: 'datetime-local', help: t('diagnosis.at.help'), value: this.asked.at, error: wrong('at'), input: set('at') })}
        <div><button class="button primary" ?disabled=${this.busy}>${t('diagnosis.ask')}</button></div>
        ${this.problem && !this.problem.errors?.length ? html`<p class="message bad" role="alert">${sayProblem(this.problem)}</p>` : nothing}
        <div aria-live="polite">${this.answer ? this.#answer() : nothing}</div>
      </form>
    </section>`
  }

  #answer() {
    const { valid, code, checks, at, notKnown } = this.answer
    return html`<div class="stack">
      <p class="message ${valid ? 'good' : 'bad'}">${icon(valid ? 'check' : 'cross')}<span><strong>${t(valid ? 'diagnosis.yes' : 'diagnosis.no')}</strong>${codeWords(code)} <code>${code}</code>${at ? html`<br>${t('diagnosis.then', { time: dateTimeExact(at) })}` : nothing}</span></p>
      <ul class="checks">${checks.map(check)}</ul>
      ${notKnown?.length ? html`<p class="small soft">${t('diagnosis.notKnown')} ${notKnown.join(' ')}</p>` : nothing}
    </div>`
  }

  async #ask(e) {
    e.preventDefault()
    const { model, ip, at } = this.asked
    const call = { ...(model.trim() ? { model: model.trim() } : {}), ...(ip.trim() ? { ip: ip.trim() } : {}) }
    this.busy = true
    this.problem = null
    try {
      this.answer = at || !can('diagnose-now') ? await decision(this.tokenId, { ...call, at: at ? new Date(at).toISOString() : undefined }) : await diagnose({ tokenId: this.tokenId, ...call })
    } catch (problem) {
      this.answer = null
      this.problem = problem
    } finally {
      this.busy = false
    }
  }
}

const codeWords = code => (has(`code.${code}`) ? t(`code.${code}`) : '')

const check = ({ check: name, passed, message, remedy, causes }) => html`<li class=${passed ? 'passed' : 'failed'}>${icon(passed ? 'check' : 'cross')}
  <div><span class="off-screen">${t(passed ? 'check.passed' : 'check.failed')}</span><strong class="small soft">${has(`check.${name}`) ? t(`check.${name}`) : name}</strong>
    <div class="said">${message}</div>
    ${remedy ? html`<div class="remedy">${remedy}</div>` : nothing}
    ${!passed && causes?.length ? html`<div class="remedy">${causes.map(c => t('check.cause', { event: eventName(c.type), time: dateTimeExact(c.recordedAt) })).join(' · ')}</div>` : nothing}
  </div></li>`

define('diagnosis-card', DiagnosisCard)
