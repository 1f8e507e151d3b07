// @ts-check
// The stage of a lesson: bet, reveal, board, knobs, tasks and reasons on one screen. State lives in
// Python; the parts here show the synced traits and send back what the reader does.

import { h, hearing, styled } from './draw.js';
import { handed, pressed, publish, saveFile, tell, unheard, wisher } from './lab.js';
import { broken, said } from './stage-row.js';
import { isTrying, withState } from './stage-measures.js';
import { bet, ending, reveal } from './stage-bet.js';
import { head } from './stage-head.js';
import { board } from './stage-board.js';
import { tasks } from './stage-tasks.js';
import { knobs } from './stage-knobs.js';
import { drawer } from './stage-drawer.js';
import { talk } from './stage-mode.js';
import { hold, stuck } from './stage-phone.js';
import { terms } from './stage-terms.js';

// ----------------------------------------------------------------
// What the last change came to, for a screen reader: one sentence, when the hand has come to rest and
// Python has answered everything that was wished. That a task is done comes first, and why last, both once.

const REST_MS = 300;
const LONG_MS = 8000;  // an answer that has not come by then is not waited for

/** @param {Desk} desk @returns {Part} */
export function status({ model }) {
  const node = h('p', { class: 'stage-status is-heard', role: 'status' });
  let last = model.get('told').n;
  let past = '';  // the task of which it was said that it is done
  let moved = -Infinity;
  let timer = 0;
  const rest = () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(speak, REST_MS);
  };
  const speak = () => {
    const { n, text, done = '', why = '' } = model.get('told');
    if (n === last) return;
    if (unheard(model).size && performance.now() - moved < LONG_MS) { rest(); return; }
    last = n;
    const [first, reason] = done === past ? ['', ''] : [done, why];
    past = done;
    if (document.documentElement.classList.contains('is-talk'))
      node.textContent = '';  // stage mode speaks itself
    else
      node.textContent = [first, text, reason].filter(Boolean).join(
          document.documentElement.lang.startsWith('zh') ? '' : ' ');
  };
  const say = (/** @type {any} */ {detail}) => {
    node.textContent = detail;
  };  // the page around the stage
  const silence = hearing([window, 'simlib:say', say]);
  const move = () => { moved = performance.now(); rest(); };
  return {
    node,
    on: {told: rest, asked: move},
    drop: () => {
      window.clearTimeout(timer);
      silence();
    }
  };
}

// ----------------------------------------------------------------
// The page's opening tells of the case that is open: another case than the lesson's own, such as
// the reader's, comes with its own picture and story; the lesson's own stands in the page already.

/** @param {Desk} desk @returns {Part} */
export function opening({ model }) {
  const picture = document.querySelector('.lesson-picture');
  const story = document.querySelector('.lesson-story');
  if (!picture || !story) return { on: {} };
  const own = { picture: picture.innerHTML, story: [...story.childNodes] };
  let told = '';
  const show = () => {
    const other = model.get('frame').opening ?? {};
    if (JSON.stringify(other) === told) return;
    told = JSON.stringify(other);
    picture.innerHTML = other.picture ?? own.picture;
    story.replaceChildren(...(other.title ?
            [
              h('h1', {}, ...broken(other.title, model.get('frame').lang)), h('p', {}, other.story)
            ] :
            own.story));
  };
  show();
  return { on: { frame: show } };
}

// ----------------------------------------------------------------

styled('tokens.css', 'stage.css');

const NOTE_MS = 6000;

const LET_GO_MS = 2000;  // after a key, until it is a release: a hand looks where the knob stands

// While a task waits for the first try, which is its guess, a wish goes when the hand lets go.
/** @param {Model} model @param {Change} change */
function untilReleased(model, change) {
  let down = false;
  let timer = 0;
  /** @type {Parameters<Change> | null} */
  let waits = null;
  const go = () => {
    clearTimeout(timer);
    if (waits) change(...waits);
    waits = null;
  };
  const tries = () => model.get('tasks').list?.some(
      (/** @type {Task} */ { by_hand: hand, state }) => hand && state === 'open');
  const drop = hearing([window, 'pointerdown', () => { down = true; }, true],
      [window, 'pointerup', () => { down = false; go(); }],
      [window, 'pointercancel', () => { down = false; waits = null; }]);  // the browser scrolls: no try
  return {
    drop,
    pending: (/** @type {string} */ id) => waits?.[0] === id ? waits[1] : undefined,
    /** @type {Change} */
    change: (...wish) => {
      if (!tries()) { go(); change(...wish); return; }
      waits = wish;
      clearTimeout(timer);
      if (!down) timer = window.setTimeout(go, LET_GO_MS);
    }
  };
}

/** @param {Model} model
 * @param {HTMLElement} line where words of the moment stand, and what was refused
 * @returns {Desk} */
function deskOf(model, line) {
  let timer = 0;
  const clear = () => { if (line.matches('.is-note')) line.replaceChildren(); };
  return {
    model,
    word: (key, values = {}) => (model.get('words')[key] ?? key)
        .replace(/\{(\w+)\}/g,
            (/** @type {string} */ _, /** @type {string} */ name) => String(values[name])),
    said: (text) => said(text, model.get('frame').lang),
    tell: (content) => tell(model, content),
    press: (action) => pressed(model, action),
    ...untilReleased(model, wisher(model)),
    note: (text) => {
      clearTimeout(timer);
      line.textContent = text;
      line.classList.add('is-note');
      timer = window.setTimeout(clear, NOTE_MS);
    },
  };
}

// What was refused, and short words of the tools; above the bet as long as the stage is shut.
/** @param {Model} model @param {HTMLElement} line @param {HTMLElement} root */
function notice(model, line, root) {
  const place = () => {
    const bet = model.get('bet').open ? document.querySelector('.lesson-bet') : null;
    (bet ?? root.querySelector('.stage-grid'))?.before(line);
  };
  const show = () => {
    line.classList.remove('is-note');
    line.innerHTML = model.get('notice');
  };
  line.addEventListener('click', ({target}) => {
    const button = /** @type {Element} */ (target).closest('[data-press]');
    if (button instanceof HTMLElement) pressed(model, button.dataset.press ?? '');
  });
  place();
  show();
  return { on: { notice: show, bet: place }, drop: () => line.remove() };
}

// The page's address keeps the state; a class in front of it (stage mode) leaves it alone.
function address(/** @type {Model} */ model) {
  const show = () => {
    if (document.documentElement.classList.contains('is-talk')) return;
    publish(model.get('link'), Boolean(model.get('values').own));
  };
  const watcher = new MutationObserver(show);
  watcher.observe(document.documentElement, { attributeFilter: ['class'] });
  show();
  return { on: { link: show }, drop: () => watcher.disconnect() };
}

// What the page keeps of how far the reader has come.
function progress(/** @type {Model} */ model) {
  let said = '';
  const show = () => {
    const { list } = /** @type {Tasks} */ (model.get('tasks'));
    const all = list ?? [];
    const home = Boolean(model.get('scene').id);  // of another case nothing is asked
    const detail = { bet: home && !model.get('bet').open && !model.get('bet').theirs,
      tasks: withState(all, ['done']), of: all.length, trying: isTrying(all) };
    if (JSON.stringify(detail) === said) return;
    said = JSON.stringify(detail);
    window.dispatchEvent(new CustomEvent('simlib:progress', { detail }));
  };
  show();
  return { on: { tasks: show, bet: show, scene: show } };
}

// Somebody else's link: what he did of the tasks is not the reader's, who begins them himself. A
// link to a task that still asks for the bet was made for the reader, and stays as it is.
function fresh(/** @type {Model} */ model, /** @type {Desk} */ desk) {
  const { list } = /** @type {Tasks} */ (model.get('tasks'));
  const begun = (list ?? []).some(({ state }) => state !== 'new');
  if (!begun || model.get('bet').open || !(/** @type {any} */ (window).simlibCame)) return;
  window.dispatchEvent(new Event('simlib:fresh'));
  desk.press('fresh');
}

// A file that Python made is saved.
function files(/** @type {Model} */ model) {
  const hear = (/** @type {any} */ message) => { if (message?.file) saveFile(message.file); };
  model.on('msg:custom', hear);
  return { on: {}, drop: () => model.off('msg:custom', hear) };
}

/** @param {{model: Model, el: HTMLElement}} view @returns {Promise<() => void>} */
export async function stage({ model, el }) {
  await handed(model);
  const line = h('div', { class: 'stage-notice', role: 'alert' });
  const desk = deskOf(model, line);
  const root = h('div', { class: 'stage', 'data-topic': model.get('frame').topic });
  /** @type {Part[]} */
  const shown = [
    bet(desk, root), reveal(desk), head(desk), tasks(desk), board(desk), knobs(desk),
    drawer(desk, root), status(desk), ending(desk)
  ];
  const [ask, told, top, card, bars, turn, why, heard, end] =
      shown.map(({node}) => node ?? h('div'));
  root.append(ask, told, line, h('div', { class: 'stage-grid' },
    turn, h('div', { class: 'stage-main' }, top, card, bars)), end, why, heard);
  el.append(root);
  /** @type {Part[]} */
  const parts = [
    ...shown, stuck(desk, bars), hold(root), opening(desk), notice(model, line, root),
    address(model), progress(model), files(model), terms()
  ];
  const wired = parts.flatMap((part) => Object.entries(part.on));
  for (const [trait, act] of wired) model.on('change:' + trait, act);
  const silence = talk(model, desk);
  fresh(model, desk);
  return () => {
    silence();
    desk.drop();
    for (const [trait, act] of wired) model.off('change:' + trait, act);
    for (const part of parts) part.drop?.();
  };
}
