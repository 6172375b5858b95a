import { Element, define } from '../core/element.js'
import { html, live, nothing, repeat } from '../lib/lit.js'
import { icon } from './icon.js'
import { segments } from './field.js'
import { t } from '../core/messages.js'

const NAME = /^[!-~]{1,200}$/

/** Which models a token may use: chosen from the catalog, and named by hand where the catalog is open. */
class ModelsField extends Element {
  static properties = { value: {}, catalog: {}, closed: {}, error: {}, sought: { state: true }, mistake: { state: true } }

  constructor() {
    super()
    this.sought = ''
  }

  check() {
    return this.value !== null && this.value.length === 0 ? t('models.none') : null
  }

  render() {
    const some = this.value !== null
    return html`<fieldset class="group">
      <legend class="label">${t('models.label')}</legend>
      <p class="help small soft">${t('models.help')}</p>
      ${segments({
        name: 'models-kind',
        label: t('models.label'),
        value: some,
        options: [{ value: false, label: t('models.any') }, { value: true, label: t('models.some') }],
        choose: wanted => this.#tell(wanted ? [] : null),
      })}
      ${some ? this.#some() : nothing}
    </fieldset>`
  }

  #some() {
    const known = [...new Set([...this.value, ...this.catalog])].sort()
    const shown = known.filter(m => m.toLowerCase().includes(this.sought.toLowerCase()))
    const error = this.mistake ?? this.error
    const addable = this.sought && !known.includes(this.sought) && !this.closed
    return html`<div class="field">
      <label for="model-search">${t('models.search')}</label>
      <span class="buttons">
        <input class="input mono" id="model-search" autocomplete="off" spellcheck="false" .value=${live(this.sought)} placeholder=${t('models.search.placeholder')} aria-invalid=${error ? 'true' : nothing} aria-describedby="models-said"
          @input=${e => this.#seek(e.target.value)} @keydown=${this.#enter}>
        ${addable ? html`<button type="button" class="button small" @click=${this.#add}>${icon('plus')}${t('models.add', { name: this.sought })}</button>` : nothing}
      </span>
      ${shown.length
        ? html`<ul class="picker">${repeat(shown, m => m, m => html`<li><label class="choice"><input type="checkbox" .checked=${live(this.value.includes(m))} @change=${e => this.#choose(m, e.target.checked)}><span class="mono break">${m}</span>${this.catalog.includes(m) ? nothing : html`<span class="soft small">${t('models.unlisted')}</span>`}</label></li>`)}</ul>`
        : nothing}
      <p class="help" id="models-said" aria-live="polite">${shown.length ? t('models.chosen', { count: this.value.length }) : t(this.closed ? 'models.closed' : 'models.unknown')}</p>
      ${error ? html`<p class="error">${error}</p>` : nothing}
    </div>`
  }

  #seek(text) {
    this.sought = text.trim()
    this.mistake = null
  }

  // Enter chooses here and does not send the form.
  #enter(e) {
    if (e.key !== 'Enter') {
      return
    }
    e.preventDefault()
    const exact = this.catalog.find(m => m === this.sought)
    if (exact) {
      this.#choose(exact, true)
      this.sought = ''
    } else if (this.sought && !this.closed) {
      this.#add()
    }
  }

  #add() {
    if (!NAME.test(this.sought)) {
      this.mistake = t('models.invalid')
      return
    }
    this.#choose(this.sought, true)
    this.sought = ''
  }

  #choose(model, chosen) {
    this.#tell(chosen ? [...this.value.filter(m => m !== model), model] : this.value.filter(m => m !== model))
  }

  #tell(value) {
    this.value = value
    this.error = null
    this.dispatchEvent(new CustomEvent('models', { detail: { models: value } }))
  }
}

define('models-field', ModelsField)
