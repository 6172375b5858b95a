// The one place that knows where Lit lies. Addresses are whole and carry the version: an import map would have to stand
// inline in the page, which the content security policy forbids. See docs/decisions/0031.
export { html, svg, nothing, render } from '/webjars/lit-html/3.3.2/lit-html.js'
export { repeat } from '/webjars/lit-html/3.3.2/directives/repeat.js'
export { live } from '/webjars/lit-html/3.3.2/directives/live.js'
export { classMap } from '/webjars/lit-html/3.3.2/directives/class-map.js'
export { ReactiveElement } from '/webjars/lit__reactive-element/2.1.2/reactive-element.js'
