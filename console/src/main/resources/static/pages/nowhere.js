import { Element, define } from '../core/element.js'
import { html } from '../lib/lit.js'
import { pageHead } from '../parts/page-head.js'
import { session } from '../core/session.js'
import { t } from '../core/messages.js'

/** There is no such place, or none for this person. */
class NowherePage extends Element {
  connectedCallback() {
    super.connectedCallback()
    this.classList.add('page')
  }

  render() {
    if (session.me.role === 'gateway') {
      return pageHead({ title: t('nowhere.machine'), lead: t('nowhere.machine.text') })
    }
    return html`${pageHead({ title: t('nowhere.title'), lead: t('nowhere.text') })}<p><a href="#/tokens">${t('nowhere.back')}</a></p>`
  }
}

define('page-nowhere', NowherePage)
