// All words of the page, from one file a language.
const LANGUAGES = ['en', 'zh']
const CHOSEN = 'language'
let texts = {}
let plurals

export const language = chosenLanguage()

/** As numbers and times are written where the reader is: `en-GB` rather than `en`, where the browser says so. */
export const locale = navigator.languages.find(tag => tag.startsWith(language)) ?? language

function chosenLanguage() {
  const wanted = [localStorage.getItem(CHOSEN), ...navigator.languages].filter(Boolean).map(tag => tag.slice(0, 2))
  return wanted.find(tag => LANGUAGES.includes(tag)) ?? 'en'
}

export async function loadMessages() {
  document.documentElement.lang = language
  plurals = new Intl.PluralRules(language)
  texts = await (await fetch(`/messages/${language}.json`)).json()
}

/** Starts the page again in another language: everything is said anew, formats of numbers and times included. */
export function chooseLanguage(tag) {
  localStorage.setItem(CHOSEN, tag)
  location.reload()
}

/** The text of a key with `{names}` filled in; `{count}` chooses between `key.one` and `key.other`. */
export function t(key, values = {}) {
  const text = texts[key] ?? texts[`${key}.${'count' in values ? plurals.select(Number(values.count)) : ''}`] ?? texts[`${key}.other`] ?? key
  return text.replace(/\{(\w+)\}/g, (all, name) => (name === 'count' ? values.count.toLocaleString(locale) : (values[name] ?? all)))
}

export const has = key => key in texts

/** A problem in the reader's language where its code is known, in the service's own words where it is not. */
export function sayProblem(problem) {
  const key = `problem.${problem.code}`
  return has(key) ? t(key) : (problem.errors?.length === 1 ? `${problem.errors[0].field}: ${sayRule(problem.errors[0].rule)}` : problem.message)
}

/** What a field must be, likewise: the rule itself is the key of its text, and the numbers in it fill the blanks. */
export function sayRule(rule) {
  const key = `rule.${rule.replace(/\d+/g, '#')}`
  return has(key) ? t(key, rule.match(/\d+/g) ?? []) : t('field.rule', { rule })
}
