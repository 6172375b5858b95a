// What people paste into the box for addresses.

/** Entries between commas, semicolons, spaces and lines, without repeats. */
export const entries = text => [...new Set(text.split(/[\s,;]+/).filter(Boolean))]

/** @returns the first entry that is no address and no range, undefined where all are */
export const firstBad = list => list.find(entry => !isRange(entry))

function isRange(entry) {
  const [address, prefix, ...more] = entry.split('/')
  const bits = isIpv4(address) ? 32 : isIpv6(address) ? 128 : -1
  return bits > 0 && more.length === 0 && (prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= bits))
}

function isIpv4(text) {
  const parts = text.split('.')
  return parts.length === 4 && parts.every(part => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255)
}

function isIpv6(text) {
  if (!/^[0-9a-f:.]+$/i.test(text) || !text.includes(':') || /:::/.test(text)) {
    return false
  }
  try {
    // The browser knows the whole grammar.
    return new URL(`http://[${text}]/`).hostname.length > 2
  } catch {
    return false
  }
}
