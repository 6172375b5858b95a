import { html, svg } from '../lib/lit.js'

// Drawn with one pen on a field of 24. Always beside or inside something that says the same in words.
const SHAPES = {
  key: svg`<circle cx="8" cy="15" r="4.5"/><path d="m11.5 11.5 8-8M16 7l3 3M13.5 9.5l2 2"/>`,
  wallet: svg`<rect x="3" y="6" width="18" height="13" rx="2.5"/><path d="M3 10h18M16 14.5h2"/>`,
  people: svg`<circle cx="9" cy="8" r="3.5"/><path d="M2.5 20c.6-3.6 3-5.5 6.500-5.500s5.900 1.900 6.500 5.500M16 5.200a3.500 3.500 0 0 1 0 6.300M18.500 15c1.700.800 2.700 2.500 3 5"/>`,
  building: svg`<path d="M4 21V5l8-2v18M12 9h8v12M2.500 21h19M7.500 8.500h1M7.500 12.500h1M7.500 16.500h1M15.500 13h1M15.500 17h1"/>`,
  list: svg`<path d="M8 6h13M8 12h13M8 18h13M3.500 6h.01M3.500 12h.01M3.500 18h.01"/>`,
  grid: svg`<rect x="3.500" y="3.500" width="7" height="7" rx="1.500"/><rect x="13.500" y="3.500" width="7" height="7" rx="1.500"/><rect x="3.500" y="13.500" width="7" height="7" rx="1.500"/><rect x="13.500" y="13.500" width="7" height="7" rx="1.500"/>`,
  pulse: svg`<path d="M2.500 12h4l3-8 5 16 3-8h4"/>`,
  plus: svg`<path d="M12 5v14M5 12h14"/>`,
  close: svg`<path d="m6 6 12 12M18 6 6 18"/>`,
  copy: svg`<rect x="8.500" y="8.500" width="12" height="12" rx="2"/><path d="M15.500 8.500v-3a2 2 0 0 0-2-2h-8a2 2 0 0 0-2 2v8a2 2 0 0 0 2 2h3"/>`,
  eye: svg`<path d="M2 12s3.600-6.500 10-6.500S22 12 22 12s-3.600 6.500-10 6.500S2 12 2 12Z"/><circle cx="12" cy="12" r="2.800"/>`,
  hide: svg`<path d="M4 4l16 16M9.500 5.900A9.600 9.600 0 0 1 12 5.500c6.400 0 10 6.500 10 6.500a17 17 0 0 1-3 3.700M6 7.500A17 17 0 0 0 2 12s3.600 6.500 10 6.500c1.500 0 2.800-.350 4-.9"/>`,
  more: svg`<path d="M5 12h.01M12 12h.01M19 12h.01" stroke-width="3"/>`,
  menu: svg`<path d="M4 7h16M4 12h16M4 17h16"/>`,
  edit: svg`<path d="M4 20h4L19.500 8.500l-4-4L4 16v4ZM13.500 6.500l4 4"/>`,
  rotate: svg`<path d="M20 11a8 8 0 0 0-14.300-3.900L3.500 9.500M3.500 4v5.500H9M4 13a8 8 0 0 0 14.300 3.900l2.200-2.400M20.500 20v-5.500H15"/>`,
  trash: svg`<path d="M4 6.500h16M9.500 6V4h5v2M6 6.500 7 20h10l1-13.500M10 10.500v6M14 10.500v6"/>`,
  check: svg`<path d="m5 12.500 4.500 4.500L19 7.500"/>`,
  cross: svg`<circle cx="12" cy="12" r="9"/><path d="m9 9 6 6M15 9l-6 6"/>`,
  info: svg`<circle cx="12" cy="12" r="9"/><path d="M12 11v5.500M12 7.500h.01"/>`,
  warn: svg`<path d="M12 3.500 2.500 20h19L12 3.500ZM12 10v4.500M12 17.300h.01"/>`,
  download: svg`<path d="M12 4v11M7.500 11l4.500 4.500 4.500-4.500M4 20h16"/>`,
  out: svg`<path d="M14 4H6v16h8M10 12h11M17.500 8.500 21 12l-3.500 3.500"/>`,
  back: svg`<path d="M15 5l-7 7 7 7"/>`,
  next: svg`<path d="m9 5 7 7-7 7"/>`,
}

export const icon = name => html`<svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.900" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${SHAPES[name]}</svg>`
