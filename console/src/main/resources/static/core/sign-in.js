// The way out to the sign-in page and back to where one was.
const PLACE = 'place-before-sign-in'
let csrf

/** From `/api/me`, for where there is no cookie to read it from. */
export function useCsrf(given) {
  csrf = given
}

/** The cookie comes first: it is the newest, also when another tab has signed in since. */
export function csrfHeaders() {
  const cookie = document.cookie.match(/(?:^|; )XSRF-TOKEN=([^;]*)/)
  const token = cookie ? decodeURIComponent(cookie[1]) : csrf?.token
  return token ? { [csrf?.headerName ?? 'X-XSRF-TOKEN']: token } : {}
}

/** @param again true asks for the password of somebody who is signed in already */
export function goToSignIn({ again = false } = {}) {
  sessionStorage.setItem(PLACE, location.hash)
  location.assign(again ? '/sign-in?again' : '/sign-in')
}

/** Once, after coming back: the place one had left. It holds a route and filters, never a secret. */
export function returnToPlace() {
  const place = sessionStorage.getItem(PLACE)
  sessionStorage.removeItem(PLACE)
  if (place && (location.hash === '' || location.hash === '#/')) {
    history.replaceState(null, '', place)
  }
}
