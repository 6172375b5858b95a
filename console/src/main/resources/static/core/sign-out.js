import { request } from './http.js'

/** Ends the session, and goes where that leads: to the sign-in page, or to an issuer that would remember the person. */
export async function signOut() {
  const answer = await request('POST', '/sign-out').catch(() => null)
  location.assign(answer?.body?.next ?? '/sign-in')
}
