import { Element } from './element.js'

/**
 * A dialog that asks and answers. `await X.open({…})` shows it and gives what it was closed with, undefined where it was
 * dismissed. The browser's own dialog keeps the keyboard inside, closes on Escape, and gives the focus back.
 * A subclass renders one `<dialog>`.
 */
export class Modal extends Element {
  static open(properties = {}) {
    const modal = new this()
    Object.assign(modal, properties)
    document.body.append(modal)
    return new Promise(resolve => {
      modal.answer = resolve
    })
  }

  firstUpdated() {
    this.dialog = this.querySelector('dialog')
    this.dialog.addEventListener('close', () => {
      this.remove()
      this.answer(this.result)
    })
    this.dialog.showModal()
    // Who opens a form wants to fill it in; the browser would begin at what closes it.
    requestAnimationFrame(() => this.querySelector('.dialog-body :is(input, select, textarea)')?.focus())
  }

  close(result) {
    this.result = result
    this.dialog.close()
  }
}
