// @ts-check
// The stage on a phone: the board stuck under the bar, and a knob that stays under the finger.

import { h, hearing } from './draw.js';

// ----------------------------------------------------------------
// The board on a phone while it is stuck under the bar: about a third of the window, a line a row, all
// rows if they have room, else those that tell most, among them that of the large number. The page
// below stays where it is: what the board is lower by stands above it.

const NARROW = '(max-width: 759px)';
const ALL = 5;  // rows of a scene
const MOST = 3;  // that tell most, if not all have room
const ASKED = 4;  // rows, if a task asks about as many, or something else is set once it is done
const MOST_PX = 300;
const SHARE = 0.36;  // of the window
const EARLY_PX = 60;  // a row
const REST_MS = 500;  // bars have come to rest, and are not measured in between
const LINE_PX =
    12;  // what ends higher than that above the foot of its cell stands on a line above the number

// The rows that tell most: what the reader is at, what a task asks about, that of the large number,
// then what moved, then what was told so far. Of each group one: that it does not move tells as
// much as that another does.
/** @param {{id: string, group: string, held: boolean, asked: boolean, leads: boolean, changed: boolean, told: boolean}[]} rows
 * @param {number} most */
export function telling(rows, most) {
  const rank = (/** @type {typeof rows[number]} */ row) => [row.held, row.asked, row.leads,
      row.changed, row.told].map((is) => is ? '0' : '1').join('');
  const sorted = [...rows].sort((a, b) => rank(a).localeCompare(rank(b)));
  const chosen = sorted.slice(0, most);
  const alone = (/** @type {typeof rows[number]} */ row) =>
      chosen.filter(({group}) => group === row.group).length < 2;
  for (const row of rows) {  // the first of its group
    if (chosen.some(({ group }) => group === row.group)) continue;
    const least = [...chosen].reverse().find(
        (each) => !each.held && !each.asked && !each.leads && !alone(each));
    if (least) chosen.splice(chosen.indexOf(least), 1, row);
  }
  return new Set(chosen.map(({ id }) => id));
}

// Whether what moved of a row is what a phone shows of it: the column that is drawn, or words.
/** @param {Row} row @param {string} column */
function isSeen({ cells }, column) {
  return Object.entries(cells).some(([id, { was, low }]) => was && (id === column || low === null));
}

// The rows that a task asks about, from its question until something else is set than it speaks of;
// and how many rows there may be.
function wished(/** @type {Desk["model"]} */ model, /** @type {HTMLElement} */ board) {
  const { now, list } = /** @type {Tasks} */ (model.get('tasks'));
  const task =
      list?.find(({id, state}) => id === now && ['open', 'guessed', 'done'].includes(state));
  const asked = task && !task.stale ?
      task.asked.filter((id) => board.querySelector(`.board-row[data-row="${CSS.escape(id)}"]`)) :
      [];
  return { asked, most: task?.stale ? ASKED : Math.max(MOST, Math.min(asked.length, ASKED)) };
}

// The row of the large number, which is out of sight while the board is stuck.
function leader(/** @type {Board} */ { rows, large, larges }) {
  const says = [large, ...Object.values(larges ?? {})].map((each) => each?.say).filter(Boolean);
  return rows?.find(({ cells }) => Object.values(cells).some(({ say }) => says.includes(say)))?.id;
}

// What the amounts were before stands beside each of them, or beside none.
function even(/** @type {HTMLElement} */ board) {
  board.classList.remove('is-uneven');
  const spans = [...board.querySelectorAll(
      '.board-row.is-told .board-cell.is-shown:not(.is-word) > .board-was > span')];
  const above = spans.some((span) => span.parentElement &&
          span.parentElement.getBoundingClientRect().bottom - span.getBoundingClientRect().bottom >
              LINE_PX);
  board.classList.toggle('is-uneven', above);
}

// The rows of a board that are shown while it is stuck are marked.
/** @param {HTMLElement} board @param {Board} now @param {string[]} asked
 * @param {Set<string | undefined>} told @param {number} most */
function choose(board, now, asked, told, most) {
  const column =
      /** @type {HTMLElement | null} */ (board.querySelector('.board-grid'))?.dataset.column ?? '';
  const first = leader(now);
  const moved =
      new Set(now.rows?.filter((row) => row.changed && isSeen(row, column)).map(({id}) => id));
  const nodes = /** @type {HTMLElement[]} */ ([...board.querySelectorAll('.board-row')]);
  const groups = new Map(now.rows?.map(({ id, group }) => [id, group]));
  const chosen = telling(nodes.map((node) => ({
    id: node.dataset.row ?? '',
    group: groups.get(node.dataset.row ?? '') ?? '',
    told: told.has(node.dataset.row),
    asked: asked.includes(node.dataset.row ?? ''),
    leads: node.dataset.row === first,
    changed: moved.has(node.dataset.row ?? ''),
    held:
        node.contains(document.activeElement) || Boolean(node.querySelector('[aria-expanded=true]'))
  })),
      most);
  for (const node of nodes) node.classList.toggle('is-told', chosen.has(node.dataset.row ?? ''));
}

/** @param {Desk} desk @param {HTMLElement} figure the board and what is below it @returns {Part} */
export function stuck({ model }, figure) {
  const narrow = matchMedia(NARROW);
  const above = h('div', {class: 'board-above', 'aria-hidden': 'true'});  // where the board begins
  const board = /** @type {HTMLElement} */ (figure.querySelector('.stage-board'));
  figure.prepend(above);
  let [whole, small] = [0, 0];  // how high the board is, and how high it is stuck
  let timer = 0;
  const isStuck = () => board.classList.contains('is-stuck');
  /** Without its picture and its scale, and then with fewer rows, if it were too high with them. */
  const shrink = () => {
    const most = Math.min(MOST_PX, SHARE * innerHeight);
    board.classList.remove('is-bare');
    board.classList.add('is-stuck');
    const { asked, most: first } = wished(model, board);
    const told = new Set([...board.querySelectorAll('.board-row.is-told')].map(
        (row) => /** @type {HTMLElement} */ (row).dataset.row));
    choose(board, model.get('board'), asked, told, first);
    board.classList.toggle('is-bare', board.offsetHeight > most);
    for (let rows = asked.length ? first : ALL; rows;
        rows = rows === ALL ? first : rows - 1) {  // all or the most telling
      choose(board, model.get('board'), asked, told, rows);
      if (board.offsetHeight <= most) break;
    }
    even(board);
    small = board.offsetHeight;
  };
  const free = () => {
    board.classList.remove('is-stuck', 'is-bare', 'is-uneven');
    whole = board.offsetHeight;
  };
  const lay = () => {
    above.style.height = isStuck() ? `${whole - small}px` : '';
    board.style.setProperty('--board-over', `${Math.max(0, whole - small)}px`);
    /** @type {HTMLElement | null} */ (figure.closest('.stage'))?.style.setProperty('--board-height', `${small}px`);
  };
  /** Stuck as soon as little more of the board is in sight than there is of it while it is stuck: three rows stay. */
  const follow = () => {
    if (timer) {
      measure();
      return;
    }  // who scrolls before bars have come to rest does not wait for it
    if (!small) return;
    const bar = parseFloat(getComputedStyle(board).getPropertyValue('--bar-height'));
    const on = whole > small && above.getBoundingClientRect().top + whole - small - EARLY_PX < bar;
    if (on !== isStuck()) {
      if (on)
        shrink();
      else
        free();
    }
    lay();
  };
  const measure = () => {
    window.clearTimeout(timer);
    timer = 0;
    free();
    small = 0;
    if (narrow.matches && board.offsetParent) {
      shrink();
      board.classList.remove('is-stuck', 'is-bare', 'is-uneven');
    }
    lay();
    follow();
  };
  /** While it is stuck only what is in it changes: the page stays where it is. */
  const rest = () => {
    window.clearTimeout(timer);
    timer = 0;
    if (isStuck()) { shrink(); lay(); } else timer = window.setTimeout(measure, REST_MS);
  };
  const watcher = new ResizeObserver(rest);
  watcher.observe(board);
  figure.addEventListener('stage:column', rest);  // the board was drawn anew
  const silence = hearing([window, 'scroll', follow, {passive: true}], [window, 'resize', measure]);
  return { on: { tasks: rest }, drop: () => {
    watcher.disconnect();
    window.clearTimeout(timer);
    silence();
  } };
}

// ----------------------------------------------------------------
// On a phone the board stands above the knobs: what changes in it never moves the knob that is held,
// or was let go a moment ago. The reader's own scrolling moves it, and nothing else.

const HELD_MS = 3000;  // until Python has answered, and bars have come to rest

/** @param {HTMLElement} root the stage @returns {Part} */
export function hold(root) {
  const narrow = matchMedia(NARROW);
  /** @type {{node: HTMLElement, top: number, at: number, till: number} | null} */
  let held = null;
  let frame = 0;
  const topOf = (/** @type {HTMLElement} */ node) => node.getBoundingClientRect().top;
  /** Back to where it was taken hold of, if something else than the reader moved it. */
  const keep = () => {
    frame = 0;
    if (!held || !held.node.isConnected || performance.now() > held.till) { held = null; return; }
    const off = topOf(held.node) - held.top;
    if (Math.abs(off) >= 1) scrollBy({ top: off, behavior: /** @type {any} */ ('instant') });
    held.at = scrollY;
    frame = requestAnimationFrame(keep);
  };
  const take = (/** @type {Event} */ {target}) => {
    if (!narrow.matches || !(target instanceof HTMLElement) ||
        !target.closest('.stage-knobs .knob'))
      return;
    const till = performance.now() + HELD_MS;
    if (held?.node === target)
      held.till = till;
    else
      held = {node: target, top: topOf(target), at: scrollY, till};
    frame ||= requestAnimationFrame(keep);
  };
  /** The reader scrolls: the knob is where he puts it. */
  const scrolled = () => {
    if (!held) return;
    const by = scrollY - held.at;
    const top = topOf(held.node);
    if (by && Math.abs(top - (held.top - by)) <= 1) held.top = top;
    held.at = scrollY;
  };
  const events = ['pointerdown', 'input', 'change'];
  for (const event of events) root.addEventListener(event, take, { capture: true, passive: true });
  const silence = hearing([window, 'scroll', scrolled, { passive: true }]);
  return { on: {}, drop: () => { cancelAnimationFrame(frame); silence(); } };
}
