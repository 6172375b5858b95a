// Runs in every document before anything of it: tells when the list of tokens can be used, which tasks were long and which
// frames were late. In the document `/theme.js` it shows the floor, if it was given one.
{
  const FRAME_MS = 1000 / 60
  const watch = (window.pageWatch = { usableAt: null, longTasks: [], gaps: [] })
  new PerformanceObserver(list => list.getEntries().forEach(task => watch.longTasks.push(task.duration))).observe({ type: 'longtask', buffered: true })

  // After a frame was painted: the task that follows its callbacks.
  const painted = () => new Promise(done => requestAnimationFrame(() => setTimeout(done)))

  const canBeClicked = element => {
    if (!element) {
      return false
    }
    const { left, top, width, height } = element.getBoundingClientRect()
    return width > 0 && element.contains(document.elementFromPoint(left + width / 2, top + height / 2))
  }
  const usable = () => document.querySelector('.tokens-table tbody tr') && canBeClicked(document.querySelector('.page-head .primary'))

  let last = null
  const eachFrame = now => {
    if (last !== null) {
      watch.gaps.push(now - last)
    }
    last = now
    if (watch.usableAt === null && usable()) {
      watch.usableAt = 0
      setTimeout(() => (watch.usableAt = performance.now()))
    }
    requestAnimationFrame(eachFrame)
  }
  requestAnimationFrame(eachFrame)

  watch.begin = () => {
    watch.longTasks.length = 0
    watch.gaps.length = 0
  }

  /** Since `begin`: what somebody who looked would have felt. */
  watch.felt = async () => {
    await painted()
    return {
      frames: watch.gaps.length,
      dropped: watch.gaps.reduce((sum, gap) => sum + Math.max(0, Math.round(gap / FRAME_MS) - 1), 0),
      longestGapMs: Math.max(0, ...watch.gaps),
      longTasks: watch.longTasks.length,
      longestTaskMs: Math.max(0, ...watch.longTasks),
    }
  }

  /** How long it takes from an act until the page shows something else, painted. */
  watch.timed = async (act, shown) => {
    const before = shown()
    const since = performance.now()
    act()
    while (shown() === before) {
      await new Promise(requestAnimationFrame)
    }
    await painted()
    return performance.now() - since
  }

  /** What the page was made of, and what it looks like without anything that moves. */
  watch.floor = () => ({
    files: performance.getEntriesByType('resource').map(entry => entry.name).filter(name => name.startsWith(location.origin) && !name.includes('/live') && !name.endsWith('.css')),
    styles: [...document.querySelectorAll('link[rel=stylesheet]')].map(link => link.href),
    html: document.body.innerHTML,
  })

  addEventListener('DOMContentLoaded', async () => {
    const floor = location.pathname === '/theme.js' && window.pageFloor
    if (!floor) {
      return
    }
    const files = floor.files.map(file => fetch(file, { cache: file.includes('/api/') ? 'no-store' : 'default' }).then(answer => answer.arrayBuffer()))
    const styles = floor.styles.map(href => {
      const link = Object.assign(document.createElement('link'), { rel: 'stylesheet', href })
      document.head.append(link)
      return new Promise(done => (link.onload = done))
    })
    await Promise.all([...files, ...styles])
    document.body.innerHTML = floor.html
  })
}
