import { html } from '../lib/lit.js'
import { t } from '../core/messages.js'

const choice = (id, label, value, options, choose) => html`<div class="field"><label for=${id}>${label}</label>
  <select class="input" id=${id} @change=${e => choose(e.target.value)}>${options.map(([v, text]) => html`<option value=${v} ?selected=${v === (value ?? '')}>${text}</option>`)}</select></div>`

/** How a list of tokens is narrowed down and ordered. `change({name: value})` with an empty value where nothing is asked. */
export const tokenFilters = ({ filters, groups, models, change }) => html`<form class="filters" role="search" @submit=${e => e.preventDefault()}>
  <div class="field search"><label for="search">${t('filter.search')}</label>
    <input class="input" id="search" type="search" autocomplete="off" spellcheck="false" .value=${filters.search ?? ''} placeholder=${t('filter.search.placeholder')} @input=${e => change({ search: e.target.value.trim() }, 250)}></div>
  ${choice('status', t('filter.status'), filters.status, [['', t('filter.all')], ...['enabled', 'disabled', 'expired', 'exhausted'].map(s => [s, t(`status.${s}`)])], status => change({ status }))}
  ${choice('group', t('filter.group'), filters.group, [['', t('filter.all')], ...groups.map(g => [g.name, g.displayName])], group => change({ group }))}
  ${choice('model', t('filter.model'), filters.model, [['', t('filter.all')], ...models.map(m => [m.model, m.model])], model => change({ model }))}
  ${choice('watch', t('filter.watch'), filters.watch, ['', 'quota', 'day', 'week'].map(w => [w, t(`filter.watch.${w || 'none'}`)]), watch => change({ watch }))}
  ${choice('sort', t('filter.sort'), filters.sort, ['', 'name', 'lastUsedAt', 'totalConsumed', 'expiresAt'].map(s => [s, t(`filter.sort.${s || 'createdAt'}`)]), sort => change({ sort }))}
</form>`
