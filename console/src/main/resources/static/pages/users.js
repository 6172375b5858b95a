import '../parts/machines-card.js'
import '../parts/people-card.js'
import { Page } from '../core/page.js'
import { define } from '../core/element.js'
import { html } from '../lib/lit.js'
import { pageHead } from '../parts/page-head.js'
import { t } from '../core/messages.js'

/** Who gets in: people by a password, programs by a secret of their own. */
class UsersPage extends Page {
  async load() {}

  render() {
    return html`${pageHead({ title: t('users.title'), lead: t('users.lead') })}<people-card></people-card><machines-card></machines-card>`
  }
}

define('page-users', UsersPage)
