// @ts-check
// The tools of the stage in one menu: A beside B, link, picture, files, table, stage mode.


import { h } from './draw.js';
import { addressOf, copyText } from './lab.js';

const GROUPS = [['keep', 'swap', 'clear', 'reset', 'talk'], ['copy', 'png', 'csv', 'json', 'table']];
const [BAR, EDGE] = [48, 16];  // pixels: the bar of the page, and what stays free
const TOLD = { keep: 'keep', swap: 'swap', clear: 'clear', csv: 'csv', json: 'json', reset: 'reset:' };

/**
 * @param {Desk} desk
 * @param {HTMLElement} button
 */
async function copyLink({ model, word, note }, button) {
  const text = addressOf(model.get('link'), Boolean(model.get('values').own));
  const done = await copyText(text);
  button.focus();
  if (done) { note(word(model.get('values').own === 'left' ? 'copied_left' : 'copied')); return; }
  const field = h('input', { readonly: true, value: text, 'aria-label': word('copy') });
  button.closest('.stage')?.querySelector('.stage-notice')?.replaceChildren(field);
  field.select();
}

/**
 * Where a key leads in a list of entries.
 * @param {string} key
 * @param {number} now
 * @param {number} count
 */
function moveTo(key, now, count) {
  if (key === 'ArrowDown') return (now + 1) % count;
  if (key === 'ArrowUp') return (now + count - 1) % count;
  if (key === 'Home') return 0;
  return key === 'End' ? count - 1 : -1;
}

/**
 * @param {Desk} desk
 */
export function menu(desk) {
  const button = h('button', { type: 'button', class: 'is-quiet stage-step', 'data-id': 'menu', 'aria-haspopup': 'menu',
    'aria-expanded': 'false', 'aria-label': desk.word('tools'), title: desk.word('tools') }, '⋯');
  const list = h('div', { role: 'menu', class: 'stage-menu', hidden: true, 'aria-label': desk.word('tools') });
  const node = h('div', { class: 'stage-menu-box' }, button, list);
  let table = false;

  /** To the status: what the page alone knows. */
  const say = (/** @type {string} */ key) => void window.dispatchEvent(new CustomEvent('simlib:say', { detail: desk.word(key) }));
  /** @type {Record<string, () => void>} */
  const here = {
    copy: () => void copyLink(desk, button),
    talk: () => window.dispatchEvent(new Event('simlib:talk')),
    png: () => void import('./stage-image.js').then(({ savePicture }) => savePicture(desk)).then(() => say('png_told')),
    table: () => {
      table = !table;
      entries.get('table')?.replaceChildren(desk.word(table ? 'bars_back' : 'table'));
      node.closest('.stage')?.querySelector('.stage-figure')?.dispatchEvent(new Event('stage:table'));
      say(table ? 'table_told' : 'bars_told');
    },
  };
  /** Beside the button, and always whole: moved up as far as the window ends; on a phone a sheet from below. */
  const fit = () => {
    const most = innerHeight - BAR - EDGE;
    list.style.maxHeight = `${most}px`;
    const { top, bottom } = /** @type {HTMLElement} */ (list.offsetParent ?? node).getBoundingClientRect();
    const tall = Math.min(list.scrollHeight + 2, most);
    const wish = innerHeight - bottom >= top - BAR ? bottom + 2 : top - 2 - tall;
    const place = Math.max(BAR + EDGE / 2, Math.min(wish, innerHeight - EDGE / 2 - tall));
    list.style.setProperty('--top', `${place - top}px`);
  };
  const open = (/** @type {boolean} */ on) => {
    list.hidden = !on;
    button.setAttribute('aria-expanded', String(on));
    if (on) {
      fit();
      /** @type {HTMLElement} */ (list.querySelector('[role=menuitem]')).focus();
    }
  };
  const choose = (/** @type {string} */ id) => {
    if (entries.get(id)?.ariaDisabled === 'true') return;
    open(false);
    button.focus();
    if (here[id]) here[id]();
    else desk.press(TOLD[/** @type {keyof typeof TOLD} */ (id)]);
  };
  /** @type {Map<string, HTMLElement>} */
  const entries = new Map();
  for (const group of GROUPS) {
    const box = h('div', { role: 'group' });
    for (const id of group) {
      const entry = h('button', { type: 'button', role: 'menuitem', tabindex: '-1', 'data-id': id }, desk.word(id));
      entry.addEventListener('click', () => choose(id));
      entries.set(id, entry);
      box.append(entry);
    }
    list.append(box);
  }
  const outside = (/** @type {Event} */ event) => {
    if (!list.hidden && event.target instanceof Node && !node.contains(event.target)) open(false);
  };
  button.addEventListener('click', () => open(list.hidden));
  node.addEventListener('keydown', (event) => {
    if (list.hidden) {
      if (event.key === 'ArrowDown') { event.preventDefault(); open(true); }
      return;
    }
    if (event.key === 'Escape') { event.preventDefault(); event.stopPropagation(); open(false); button.focus(); }
    if (event.key === 'Tab') open(false);
    const all = [...entries.values()].filter((each) => each.getClientRects().length);
    const next = moveTo(event.key, all.findIndex((each) => each === document.activeElement), all.length);
    if (next >= 0) { event.preventDefault(); all[next].focus(); }
  });
  document.addEventListener('pointerdown', outside);

  return {
    node,
    /** @param {Record<string, boolean>} can */
    allow: (can) => {
      for (const [id, entry] of entries) if (id in can) entry.ariaDisabled = String(!can[id]);
    },
    drop: () => document.removeEventListener('pointerdown', outside),
  };
}
