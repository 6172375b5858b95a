import { Page } from '../core/page.js'
import { alarmOf, problemBox } from '../parts/notices.js'
import { ask } from '../parts/ask-dialog.js'
import { can } from '../core/session.js'
import { closeCatalog, defineGroup, listModel, retireGroup, retireModel } from '../core/commands.js'
import { confirm } from '../parts/confirm-dialog.js'
import { define } from '../core/element.js'
import { empty } from '../parts/empty.js'
import { groups, models } from '../core/queries.js'
import { html, nothing, repeat } from '../lib/lit.js'
import { icon } from '../parts/icon.js'
import { pageHead } from '../parts/page-head.js'
import { t } from '../core/messages.js'

/** Groups and models people choose from. Nothing is deleted here, since tokens keep what they were given: it is retired. */
class CatalogPage extends Page {
  static properties = { groups: { state: true }, models: { state: true }, closed: { state: true } }

  concerns({ kind }) {
    return kind === 'catalog'
  }

  async load() {
    const [g, m] = await Promise.all([groups(), models()])
    return () => {
      this.groups = g.items
      this.models = m.items
      this.closed = m.closed
    }
  }

  render() {
    return html`
      ${pageHead({ title: t('catalog.title'), lead: t('catalog.lead') })}
      ${this.problem ? problemBox(this.problem, this.reload) : nothing}
      ${this.groups ? html`<div class="two even">${this.#groups()}${this.#models()}</div>` : nothing}`
  }

  #groups() {
    const add = can('define') ? html`<button class="button small" @click=${() => this.#defineGroup()}>${icon('plus')}${t('catalog.group.add')}</button>` : null
    return html`<section class="card" aria-labelledby="groups-title">
      <header><div><h2 id="groups-title">${t('catalog.groups')}</h2><p class="small soft">${t('catalog.groups.lead')}</p></div>${add ?? nothing}</header>
      ${this.groups.length
        ? html`<table class="stacking" role="table" aria-labelledby="groups-title"><thead role="rowgroup"><tr role="row"><th role="columnheader">${t('catalog.name')}</th><th role="columnheader">${t('catalog.shown')}</th><th role="columnheader">${t('accounts.status')}</th>${can('define') ? html`<th role="columnheader"><span class="off-screen">${t('tokens.column.actions')}</span></th>` : nothing}</tr></thead>
          <tbody role="rowgroup">${repeat(this.groups, g => g.name, g => html`<tr role="row"><td role="cell"><span class="tag">${g.name}</span></td><td role="cell">${g.displayName}</td><td role="cell">${state(g.retired)}</td>
            ${can('define') ? html`<td role="cell"><span class="buttons"><button class="button small" aria-label=${t('catalog.group.rename', { name: g.name })} @click=${() => this.#defineGroup(g)}>${t(g.retired ? 'catalog.bringBack' : 'catalog.rename')}</button>${g.retired ? nothing : html`<button class="button small quiet" aria-label=${t('catalog.retire.of', { name: g.name })} @click=${() => this.#retire(g.name, retireGroup, 'catalog.group.retire.text')}>${t('catalog.retire')}</button>`}</span></td>` : nothing}</tr>`)}</tbody></table>`
        : empty({ picture: 'grid', title: t('catalog.groups.none'), text: t('catalog.groups.none.text'), action: add })}
    </section>`
  }

  #models() {
    const add = can('define') ? html`<button class="button small" @click=${this.#listModel}>${icon('plus')}${t('catalog.model.add')}</button>` : null
    return html`<section class="card" aria-labelledby="models-title">
      <header><div><h2 id="models-title">${t('catalog.models')}</h2><p class="small soft">${t(this.closed ? 'catalog.closed' : 'catalog.open')}</p></div>${add ?? nothing}</header>
      ${can('define') ? html`<div class="body"><label class="choice"><input type="checkbox" .checked=${this.closed} @change=${e => this.#do(() => closeCatalog(e.target.checked))}>${t('catalog.close')}</label></div>` : nothing}
      ${this.models.length
        ? html`<table class="stacking" role="table" aria-labelledby="models-title"><thead role="rowgroup"><tr role="row"><th role="columnheader">${t('catalog.name')}</th><th role="columnheader">${t('accounts.status')}</th>${can('define') ? html`<th role="columnheader"><span class="off-screen">${t('tokens.column.actions')}</span></th>` : nothing}</tr></thead>
          <tbody role="rowgroup">${repeat(this.models, m => m.model, m => html`<tr role="row"><td role="cell"><span class="tag">${m.model}</span></td><td role="cell">${state(m.retired)}</td>
            ${can('define') ? html`<td role="cell">${m.retired ? html`<button class="button small" aria-label=${t('catalog.bringBack.of', { name: m.model })} @click=${() => this.#do(() => listModel(m.model))}>${t('catalog.bringBack')}</button>` : html`<button class="button small quiet" aria-label=${t('catalog.retire.of', { name: m.model })} @click=${() => this.#retire(m.model, retireModel, 'catalog.model.retire.text')}>${t('catalog.retire')}</button>`}</td>` : nothing}</tr>`)}</tbody></table>`
        : empty({ picture: 'grid', title: t('catalog.models.none'), text: t('catalog.models.none.text'), action: add })}
    </section>`
  }

  async #defineGroup(group) {
    const done = await ask({
      heading: group ? t('catalog.group.rename', { name: group.name }) : t('catalog.group.add'),
      lead: t('catalog.group.lead'),
      fields: [
        ...(group ? [] : [{ name: 'name', label: t('catalog.name'), help: t('catalog.group.name.help'), required: true, maxlength: 64 }]),
        { name: 'displayName', label: t('catalog.shown'), value: group?.displayName ?? '', required: true, maxlength: 100 },
      ],
      action: t('save'),
      act: ({ name, displayName }) => defineGroup(group?.name ?? name.trim(), displayName),
    })
    if (done) {
      this.reload()
    }
  }

  #listModel = async () => {
    const done = await ask({
      heading: t('catalog.model.add'),
      lead: t('catalog.model.lead'),
      fields: [{ name: 'model', label: t('catalog.name'), help: t('catalog.model.name.help'), placeholder: 'deepseek-ai/DeepSeek-V3.1', required: true, maxlength: 200, mono: true }],
      action: t('save'),
      act: ({ model }) => listModel(model.trim()),
    })
    if (done) {
      this.reload()
    }
  }

  async #retire(name, command, text) {
    if (await confirm({ heading: t('catalog.retire.of', { name }), text: t(text), action: t('catalog.retire') })) {
      this.#do(() => command(name))
    }
  }

  async #do(command) {
    try {
      await command()
    } catch (problem) {
      alarmOf(problem)
    }
    this.reload()
  }
}

const state = retired => html`<span class="chip ${retired ? '' : 'active'}">${t(retired ? 'catalog.retired' : 'catalog.offered')}</span>`

define('page-catalog', CatalogPage)
