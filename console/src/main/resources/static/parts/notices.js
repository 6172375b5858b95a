import { Element, define } from '../core/element.js'
import { html, nothing, repeat } from '../lib/lit.js'
import { icon } from './icon.js'
import { sayProblem, t } from '../core/messages.js'

const SHOWN_MS = 6_000
const STEP_MS = 300

/** Tells what came of an action, to eyes and to screen readers; a popover, so that it lies above dialogs. */
class NoticeArea extends Element {
  static properties = { notices: { state: true } }

  constructor() {
    super()
    this.notices = []
  }

  render() {
    return html`<div class="notices" popover="manual">
      <div role="status" aria-live="polite">${this.#list('said')}</div>
      <div role="alert">${this.#list('bad')}</div>
    </div>`
  }

  add(notice) {
    this.notices = [...this.notices.slice(-3), notice]
    const area = this.querySelector('.notices')
    // Shown anew, it lies above whatever dialog was opened since.
    if (area.matches(':popover-open')) {
      area.hidePopover()
    }
    area.showPopover()
    setTimeout(() => this.#remove(notice), notice.kind === 'bad' ? SHOWN_MS * 2 : SHOWN_MS)
  }

  #list(kind) {
    return repeat(
      this.notices.filter(n => n.kind === kind),
      n => n,
      n => html`<div class="notice ${kind}"><span>${n.text}</span><button aria-label=${t('close')} @click=${() => this.#remove(n)}>${icon('close')}</button></div>`,
    )
  }

  #remove(notice) {
    this.notices = this.notices.filter(n => n !== notice)
    if (this.notices.length === 0) {
      setTimeout(() => this.notices.length === 0 && this.querySelector('.notices')?.hidePopover(), STEP_MS)
    }
  }
}

define('notice-area', NoticeArea)

const area = () => document.querySelector('notice-area')

export const notify = text => area().add({ kind: 'said', text })
export const alarm = text => area().add({ kind: 'bad', text })

/** For a problem that belongs to no field. */
export const alarmOf = problem => alarm(sayProblem(problem))

/** A problem where a part of a page should be, with a way to try again. */
export const problemBox = (problem, again) => html`<div class="message bad" role="alert">
  ${icon('warn')}
  <div><strong>${t('problem.title')}</strong>${sayProblem(problem)}
    ${again ? html`<p><button class="button small" @click=${again}>${t('again')}</button></p>` : nothing}
  </div>
</div>`
