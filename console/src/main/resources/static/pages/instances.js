import { Page } from '../core/page.js'
import { alarmOf, notify, problemBox } from '../parts/notices.js'
import { confirm } from '../parts/confirm-dialog.js'
import { define } from '../core/element.js'
import { html, nothing } from '../lib/lit.js'
import { number } from '../core/format.js'
import { pageHead } from '../parts/page-head.js'
import { instances, projections, rebuild, view } from '../core/queries.js'
import { t } from '../core/messages.js'

const EVERY_MS = 2_000

/** How far the parts of the system are behind what was decided, while one looks. */
class InstancesPage extends Page {
  static properties = { guards: { state: true }, overview: { state: true } }

  connectedCallback() {
    super.connectedCallback()
    this.clock = setInterval(() => document.visibilityState === 'visible' && this.reload(), EVERY_MS)
  }

  disconnectedCallback() {
    super.disconnectedCallback()
    clearInterval(this.clock)
  }

  async load() {
    this.addresses ??= await instances()
    const [overview, ...guards] = await Promise.allSettled([projections(), ...this.addresses.map((_, i) => view(i + 1))])
    return () => {
      this.guards = guards
      this.overview = overview
    }
  }

  render() {
    return html`
      ${pageHead({ title: t('instances.title'), lead: t('instances.lead') })}
      ${this.problem ? problemBox(this.problem, this.reload) : nothing}
      ${this.guards ? html`${this.#guard()}${this.#views()}` : nothing}`
  }

  #guard() {
    return html`<section class="card" aria-labelledby="guard-title">
      <header><div><h2 id="guard-title">${t('instances.guard')}</h2><p class="small soft">${t('instances.guard.lead')}</p></div></header>
      <div class="body stack">${this.guards.map((guard, i) => this.#instance(guard, i))}</div>
    </section>`
  }

  #instance({ value, reason }, i) {
    return html`<div class="instance stack">
      <div class="title-line"><h3 class="mono">${new URL(this.addresses[i]).host}</h3>
        <span class="chip ${value?.ready ? 'live' : 'stopped'}">${t(value?.ready ? 'instances.ready' : 'instances.notReady')}</span></div>
      ${value
        ? html`<div class="tiles">
            ${tile('instances.age', t('ms', { n: number(value.ageMillis) }), t('instances.age.note'))}
            ${tile('instances.behind', number(value.behind), t('instances.behind.note'))}
            ${propagation(value.propagation)}
            ${tile('instances.tokens', number(value.tokens), t('instances.accounts', { count: value.accounts }))}
            ${tile('instances.applied', number(value.eventsApplied), t('instances.rebuilds', { count: value.rebuilds }))}
          </div>${value.ready ? nothing : html`<p class="message warn">${value.reason}</p>`}${positions(value.partitions)}`
        : problemBox(reason, this.reload)}
    </div>`
  }

  #views() {
    const { value, reason } = this.overview
    return html`<section class="card" aria-labelledby="views-title">
      <header><div><h2 id="views-title">${t('instances.views')}</h2><p class="small soft">${t('instances.views.lead')}</p></div></header>
      ${value
        ? html`<div class="body stack"><div class="tiles">
            ${tile('instances.age', value.ageMillis === null ? '–' : t('ms', { n: number(value.ageMillis) }), t('instances.age.note'))}
            ${tile('instances.behind', number(value.lag), t('instances.behind.note'))}
            ${tile('instances.rate', number(value.eventsPerSecond), t('instances.rate.note'))}</div>
            ${value.rebuild ? this.#rebuild(value.rebuild) : nothing}</div>
          <table class="stacking" role="table" aria-labelledby="views-title"><thead role="rowgroup"><tr role="row"><th role="columnheader">${t('instances.view')}</th><th role="columnheader">${t('accounts.status')}</th><th role="columnheader" class="number">${t('instances.behind')}</th><th role="columnheader"><span class="off-screen">${t('tokens.column.actions')}</span></th></tr></thead>
          <tbody role="rowgroup">${value.projections.map(p => html`<tr role="row"><td role="cell"><strong>${p.name}</strong>${p.reason ? html`<br><span class="small soft">${p.reason}</span>` : nothing}</td><td role="cell"><span class="chip ${p.state}">${t(`instances.state.${p.state}`)}</span></td><td role="cell" data-label=${t('instances.behind')} class="number">${number(p.lag)}</td><td role="cell"><button class="button small" aria-label=${t('instances.rebuild.of', { name: p.name })} @click=${() => this.#startRebuild(p.name)}>${t('instances.rebuild')}</button></td></tr>`)}</tbody></table>`
        : html`<div class="body">${problemBox(reason, this.reload)}</div>`}
    </section>`
  }

  #rebuild({ phase, percent, projections: names, reason, secondsLeft }) {
    return html`<div class="message"><div class="stack"><span>${t('instances.rebuilding', { names: names.join(', ') })} ${t(`instances.phase.${phase}`)}${secondsLeft ? t('instances.left', { seconds: secondsLeft }) : nothing} ${reason ?? nothing}</span>
      <progress max="100" .value=${percent} aria-label=${t('instances.rebuild')}></progress></div></div>`
  }

  async #startRebuild(name) {
    if (await confirm({ heading: t('instances.rebuild.of', { name }), text: t('instances.rebuild.text'), action: t('instances.rebuild') })) {
      try {
        await rebuild(name)
        notify(t('instances.rebuild.started'))
        this.reload()
      } catch (problem) {
        alarmOf(problem)
      }
    }
  }
}

const tile = (key, value, note) => html`<div class="tile"><div class="label">${t(key)}</div><div class="value">${value}</div><div class="note">${note}</div></div>`

const propagation = took =>
  took
    ? tile('instances.propagation', t('ms', { n: number(took.p50Millis) }), t('instances.propagation.note', { slow: t('ms', { n: number(took.p99Millis) }), count: took.count }))
    : tile('instances.propagation', '–', t('instances.propagation.none'))

const positions = list => html`<details><summary class="small">${t('instances.positions', { count: list.length })}</summary><p class="chips">${list.map(p => html`<span class="tag">${p}</span>`)}</p></details>`

define('page-instances', InstancesPage)
