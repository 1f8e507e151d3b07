// @ts-check
// Above the board: the question of the scene, the large number, the sentence, and the tools.

import { draw, h, hearing } from './draw.js';
import { addressOf, copyText, onCoursePage, stepOf } from './lab.js';
import { authorityOf } from './stage-measures.js';
import { amount, broken, colour } from './stage-row.js';

// ----------------------------------------------------------------
// The tools of the stage in one menu: A beside B, link, picture, files, table, stage mode.

const GROUPS =
    [['keep', 'swap', 'clear', 'reset', 'talk'], ['copy', 'png', 'csv', 'json', 'table']];
const [BAR, EDGE] = [48, 16];  // pixels: the bar of the page, and what stays free
const TOLD = {
  keep: 'keep',
  swap: 'swap',
  clear: 'clear',
  csv: 'csv',
  json: 'json',
  reset: 'reset:'
};

/** @param {Desk} desk @param {HTMLElement} button */
async function copyLink({ model, word, note }, button) {
  const text = addressOf(model.get('link'), Boolean(model.get('values').own));
  const done = await copyText(text);
  button.focus();
  if (done) { note(word(model.get('values').own === 'left' ? 'copied_left' : 'copied')); return; }
  const field = h('input', { readonly: true, value: text, 'aria-label': word('copy') });
  button.closest('.stage')?.querySelector('.stage-notice')?.replaceChildren(field);
  field.select();
}

// Where a key leads in a list of entries.
/** @param {string} key @param {number} now @param {number} count */
function moveTo(key, now, count) {
  if (key === 'ArrowDown') return (now + 1) % count;
  if (key === 'ArrowUp') return (now + count - 1) % count;
  if (key === 'Home') return 0;
  return key === 'End' ? count - 1 : -1;
}

export function menu(/** @type {Desk} */ desk) {
  const button = h('button', {
    type: 'button',
    class: 'is-quiet stage-step',
    'data-id': 'menu',
    'aria-haspopup': 'menu',
    'aria-expanded': 'false',
    'aria-label': desk.word('tools'),
    title: desk.word('tools')
  },
      '⋯');
  const list =
      h('div', {role: 'menu', class: 'stage-menu', hidden: true, 'aria-label': desk.word('tools')});
  const node = h('div', { class: 'stage-menu-box' }, button, list);
  let table = false;

  /** To the status: what the page alone knows. */
  const say = (/** @type {string} */ key) =>
      void window.dispatchEvent(new CustomEvent('simlib:say', {detail: desk.word(key)}));
  /** @type {Record<string, () => void>} */
  const here = {
    copy: () => void copyLink(desk, button),
    talk: () => window.dispatchEvent(new Event('simlib:talk')),
    png: () => void import('./stage-image.js')
        .then(({savePicture}) => savePicture(desk))
        .then(() => say('png_told')),
    table: () => {
      table = !table;
      entries.get('table')?.replaceChildren(desk.word(table ? 'bars_back' : 'table'));
      node.closest('.stage')
          ?.querySelector('.stage-figure')
          ?.dispatchEvent(new Event('stage:table'));
      say(table ? 'table_told' : 'bars_told');
    },
  };
  /** Beside the button, and always whole: moved up as far as the window ends; on a phone a sheet from below. */
  const fit = () => {
    const most = innerHeight - BAR - EDGE;
    list.style.maxHeight = `${most}px`;
    const {top, bottom} =
        /** @type {HTMLElement} */ (list.offsetParent ?? node).getBoundingClientRect();
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
    const made = group.map((id) => h('button', {
      type: 'button',
      role: 'menuitem',
      tabindex: '-1',
      'data-id': id,
      onclick: () => choose(id)
    },
                               desk.word(id)));
    for (const [n, id] of group.entries()) entries.set(id, made[n]);
    list.append(h('div', { role: 'group' }, made));
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
    if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      open(false);
      button.focus();
    }
    if (event.key === 'Tab') open(false);
    const all = [...entries.values()].filter((each) => each.getClientRects().length);
    const next =
        moveTo(event.key, all.findIndex((each) => each === document.activeElement), all.length);
    if (next >= 0) { event.preventDefault(); all[next].focus(); }
  });
  return {
    node,
    /** @param {Record<string, boolean>} can */
    allow: (can) => {
      for (const [id, entry] of entries) if (id in can) entry.ariaDisabled = String(!can[id]);
    },
    drop: hearing([document, 'pointerdown', outside]),
  };
}

// ----------------------------------------------------------------

const KEYS = { undo: 'Control+Z Meta+Z', redo: 'Control+Shift+Z Meta+Shift+Z Control+Y' };
const TITLES = { undo: 'Ctrl+Z / ⌘Z', redo: 'Ctrl+Shift+Z / ⇧⌘Z' };
const SIGNS = { undo: '↶', redo: '↷' };

// Undo or redo.
function stepButton(/** @type {"undo" | "redo"} */ action, /** @type {Desk} */ desk) {
  const label = desk.word(action);
  // A button with nothing to do stays in the order of the keyboard: focus is never lost.
  return h('button', {
    type: 'button',
    class: 'is-quiet stage-step',
    'data-id': action,
    'aria-label': label,
    title: `${label}  ${TITLES[action]}`,
    'aria-keyshortcuts': KEYS[action],
    onclick: ({currentTarget: button}) => {
      if (/** @type {HTMLElement} */ (button).ariaDisabled !== 'true')
        desk.press(action);
      else
        window.dispatchEvent(new CustomEvent('simlib:say', {detail: desk.word(`no_${action}`)}));
    }
  },
      SIGNS[action]);
}

/** @param {Desk} desk @returns {Part} */
export function head(desk) {
  const { model } = desk;
  const title = h('h2', { class: 'stage-question', tabindex: '-1' });
  const rule = h('p', { class: 'stage-does', hidden: '' });
  const number = h('div', { class: 'stage-large' });
  const sentence = h('p', { class: 'stage-sentence' });
  const kept = h('p', { class: 'stage-a' });
  const steps = /** @type {("undo" | "redo")[]} */ (['undo',
    'redo']).map((action) => stepButton(action, desk));
  const tools = menu(desk);
  const node = h('div', {class: 'stage-head'},
      h('div', {class: 'stage-top'}, title, h('div', {class: 'stage-tools'}, ...steps, tools.node)),
      h('div', {class: 'stage-say'}, rule, number, h('div', {}, sentence, kept)));

  let picked = '';  // the column whose bars are drawn
  const show = () => {
    const board = /** @type {Board} */ (model.get('board'));
    const large = board.larges?.[picked] ?? board.large;
    const asked = model.get('scene').question || model.get('frame').opening?.title ||
        '';  // another case has its own
    if (title.textContent !== asked)
      title.replaceChildren(...broken(asked, model.get('frame').lang));
    const does = large?.rule ?? '';
    rule.hidden = !does;
    rule.replaceChildren(...desk.said(does));
    const authority = authorityOf(board, large);
    if (large)
      draw(number, h('small', {}, large.label),
          amount(large,
              {class: 'stage-number', style: {color: authority && colour(authority, desk)}}));
    sentence.replaceChildren(...desk.said(board.sentence ?? ''));
    kept.textContent = board.kept ?? '';
  };
  const allow = () => {
    const open = model.get('tools');
    for (const step of steps) step.ariaDisabled = String(!open[step.dataset.id ?? '']);
    tools.allow(open);
  };
  const keys = (/** @type {KeyboardEvent} */ event) => {
    const step = event.defaultPrevented ? null : stepOf(event);
    const button = steps.find((each) => each.dataset.id === step);
    if (!button?.offsetParent) return;
    const inside = event.target instanceof Node && node.closest('.stage')?.contains(event.target);
    if (!onCoursePage() && !inside) return;
    event.preventDefault();
    button.click();
  };
  const hear = (/** @type {Event} */ event) => {
    const { detail, target } = /** @type {CustomEvent<string>} */ (event);
    if (detail === picked || !(target instanceof Node && node.closest('.stage')?.contains(target)))
      return;
    picked = detail;
    show();
  };
  const silence = hearing([document, 'keydown', keys], [document, 'stage:column', hear]);
  show();
  allow();
  return {
    node,
    on: {board: show, scene: show, frame: show, tools: allow},
    drop: () => {
      silence();
      tools.drop();
    }
  };
}
