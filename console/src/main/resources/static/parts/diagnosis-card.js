import './actor-name.js'
import { Element, define } from '../core/element.js'
import { can } from '../core/session.js'
import { causeWords, findingWords, notKnownWords, remedyWords } from './finding-words.js'
import { dateTimeExact } from '../core/format.js'
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
        <div class="asked">
          ${field({ id: 'diagnosis-model', name: 'model', label: t('diagnosis.model'), placeholder: t('diagnosis.model.placeholder'), mono: true, list: 'diagnosis-models', value: this.asked.model, error: wrong('model'), input: set('model') })}
          <datalist id="diagnosis-models">${this.models.map(m => html`<option value=${m}></option>`)}</datalist>
          ${field({ id: 'diagnosis-ip', name: 'ip', label: t('diagnosis.ip'), placeholder: '203.0.113.7', mono: true, value: this.asked.ip, error: badIp ?? wrong('ip'), input: set('ip') })}
          ${field({ id: 'diagnosis-at', name: 'at', label: t('diagnosis.at'), type: 'datetime-local', help: t('diagnosis.at.help'), value: this.asked.at, error: wrong('at'), input: set('at') })}
        </div>
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
      ${list('', checks.filter(c => !c.passed))}${list('quiet', checks.filter(c => c.passed))}
      ${notKnown?.length ? html`<p class="small soft">${t('diagnosis.notKnown')} ${notKnown.map(notKnownWords).join(' ')}</p>` : nothing}
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

// What stands in the way comes first, by itself.
const list = (kind, checks) => (checks.length ? html`<ul class="checks ${kind}">${checks.map(check)}</ul>` : nothing)

const check = finding => html`<li class=${finding.passed ? 'passed' : 'failed'}>${icon(finding.passed ? 'check' : 'cross')}
  <div><span class="off-screen">${t(finding.passed ? 'check.passed' : 'check.failed')}</span><strong class="small soft">${has(`check.${finding.check}`) ? t(`check.${finding.check}`) : finding.check}</strong>
    <div class="said">${findingWords(finding)}</div>
    ${finding.remedy ? html`<div class="remedy">${remedyWords(finding)}</div>` : nothing}
    ${finding.passed ? nothing : (finding.causes ?? []).map(cause)}
  </div></li>`

const cause = c => html`<div class="remedy">${t('check.cause', { event: causeWords(c), time: dateTimeExact(c.recordedAt) })} · <actor-name .actor=${{ kind: c.actorKind, id: c.actorId }}></actor-name></div>`

define('diagnosis-card', DiagnosisCard)
