import { RotateDialog } from './rotate-dialog.js'
import { TokenDrawer } from './token-drawer.js'
import { askToDelete } from './delete-dialog.js'
import { copyConnection, copyKey } from './secrets.js'
import { notify } from './notices.js'
import { t } from '../core/messages.js'

/** What can be done with one token, for a menu. `after(what)` is called when something was. */
export const tokenActions = (token, after) => [
  { label: t('token.edit'), picture: 'edit', act: () => edit(token, after) },
  { label: t('copy.key'), picture: 'copy', act: () => copyKey(token.tokenId) },
  { label: t('copy.connection'), picture: 'copy', act: () => copyConnection(token.tokenId) },
  { label: t('token.rotate'), picture: 'rotate', act: () => rotate(token, after) },
  { label: t('token.delete'), picture: 'trash', dangerous: true, act: () => remove(token, after) },
]

export async function edit(token, after) {
  if (await TokenDrawer.open({ token })) {
    after('changed')
  }
}

async function rotate(token, after) {
  if (await RotateDialog.open({ token })) {
    after('rotated')
  }
}

async function remove(token, after) {
  const done = await askToDelete(token)
  if (done) {
    notify(t(`token.${done}`, { name: token.name }))
    after(done)
  }
}
