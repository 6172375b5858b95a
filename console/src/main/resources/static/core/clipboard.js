/** Copies a text. The field is for pages that came over plain http from another machine, where browsers have no clipboard. */
export async function copy(text) {
  if (navigator.clipboard) {
    return navigator.clipboard.writeText(text)
  }
  const field = document.createElement('textarea')
  field.value = text
  field.className = 'off-screen'
  ;(document.querySelector('dialog[open]') ?? document.body).append(field)
  field.select()
  const copied = document.execCommand('copy')
  field.remove()
  if (!copied) {
    throw new Error('the browser does not let this page copy')
  }
}
