import { html, live, nothing } from '../lib/lit.js'
import { sayRule } from '../core/messages.js'

/** What a problem says of a field, null where it says nothing. */
export function errorText(problem, name) {
  const error = problem.of(name)
  return error ? sayRule(error.rule) : null
}

/**
 * A label, what is typed into, what helps, and what is wrong, tied together for everybody.
 *
 * options: `[{value, label}]` makes it a choice
 */
export function field({ id, name, label, help, error, type = 'text', value = '', required, options, unit, placeholder, mono, input, maxlength, list, autocomplete = 'off', min }) {
  const describedBy = [help && `${id}-help`, error && `${id}-error`].filter(Boolean).join(' ') || nothing
  return html`<div class="field">
    <label for=${id}>${label}</label>
    ${options
      ? html`<select class="input" id=${id} name=${name} ?required=${required} aria-invalid=${error ? 'true' : nothing} aria-describedby=${describedBy} @change=${e => input?.(e.target.value)}>
          ${options.map(o => html`<option value=${o.value} ?selected=${o.value === value}>${o.label}</option>`)}
        </select>`
      : html`<span class=${unit ? 'suffixed' : ''}><input class="input ${mono ? 'mono' : ''}" id=${id} name=${name} type=${type} .value=${input ? live(value) : value} ?required=${required} placeholder=${placeholder ?? nothing}
          maxlength=${maxlength ?? nothing} min=${min ?? nothing} list=${list ?? nothing} autocomplete=${autocomplete} spellcheck="false" aria-invalid=${error ? 'true' : nothing} aria-describedby=${describedBy} @input=${e => input?.(e.target.value)}>${unit ? html`<span class="unit" aria-hidden="true">${unit}</span>` : nothing}</span>`}
    ${help ? html`<p class="help" id="${id}-help">${help}</p>` : nothing}
    ${error ? html`<p class="error" id="${id}-error">${error}</p>` : nothing}
  </div>`
}

/** One of a few, side by side. */
export const segments = ({ name, label, value, options, choose }) => html`<div class="segments" role="radiogroup" aria-label=${label}>
  ${options.map(o => html`<label><input type="radio" name=${name} .checked=${live(o.value === value)} @change=${() => choose(o.value)}><span>${o.label}</span></label>`)}
</div>`
