// @ts-check
// The board of stage mode: the rows of a scene under the columns it asks for, their scale and what
// its marks mean. Nothing in it moves when a question becomes its answer.

import { draw, h, press } from './draw.js';
import { begun, fresh, masked, reserved, slid, titleOf } from './stage-mode-steps.js';
import { clear, letters, stamped } from './stage-measures.js';
import { drawRow, grouped } from './stage-row.js';
import { drawAxis, drawLegend, fitColumns } from './stage-board.js';

// ----------------------------------------------------------------
// Pictures on the wall: their small words as large as the last row needs them, nothing empty around.

const LEAST = 28.8 / 1920;  // the smallest letters, of a 16:9 window's width
const EDGE = 4;  // what is left free around a picture, of its own units
const ROUNDS = 3;  // larger words make it wider, and then it is drawn smaller

// Words of a picture that would be too small are made larger.
export function legible(/** @type {SVGSVGElement} */ drawn) {
  const least = LEAST * Math.min(innerWidth, innerHeight * 16 / 9) / (drawn.getScreenCTM()?.a || 1);
  for (const text of drawn.querySelectorAll('text')) {
    text.dataset.size ??= String(parseFloat(getComputedStyle(text).fontSize));
    text.style.fontSize = `${Math.max(Number(text.dataset.size), least)}px`;
  }
}

// A picture fills its room.
export function enlarged(/** @type {SVGSVGElement} */ drawn) {
  for (let round = 0; round < ROUNDS; round++) {
    legible(drawn);
    const { x, y, width, height } = drawn.getBBox();
    drawn.setAttribute(
        'viewBox', [x - EDGE, y - EDGE, width + 2 * EDGE, height + 2 * EDGE].join(' '));
  }
}

// ----------------------------------------------------------------
// Why a number is what it is, large, above or below its row and not over it; the knobs stay in sight.

const GAP = 20;

/** @param {Desk} desk @param {Record<string, string>} words @param {() => void} closed */
export function whyOf({ model, tell }, words, closed) {
  const title = h('h3', { tabindex: '-1' });
  const body = h('div', { class: 'stage-reasons', tabindex: '0' });
  const node = h('section', {class: 'talk-why', hidden: true, 'aria-label': words.why},
      h('header', {}, title, press(null, '×', () => close(), {'aria-label': words.close})), body);
  /** @param {string} say */
  const numberOf = (say) => /** @type {HTMLElement | null} */ (
      node.closest('dialog')?.querySelector(`.talk-scene [data-say="${CSS.escape(say)}"]`));
  // Where there is more room, above the number's row or below it, between the title and the keys.
  const place = (/** @type {HTMLElement | null} */ number) => {
    const boxOf = (/** @type {string} */ part) =>
        node.closest('dialog')?.querySelector(part)?.getBoundingClientRect();
    const [head, keys, knobs, row] = [
      boxOf('.talk-head'), boxOf('.talk-keys'), boxOf('.talk-knobs'),
      number?.closest('.board-row')?.getBoundingClientRect()
    ];
    const area = { top: head?.bottom ?? GAP, bottom: keys?.top ?? innerHeight - GAP };
    const room = row ? clear(row, area) : { ...area, under: true };
    const right = knobs?.width ? innerWidth - knobs.left + GAP : GAP;
    node.style.inset = `${room.under ? `${room.top}px` : 'auto'} ${right}px ${
        room.under ? 'auto' : `${innerHeight - room.bottom}px`} ${GAP}px`;
    node.style.maxHeight = `${room.bottom - room.top}px`;
  };
  let asked = '';
  const show = () => {
    const why = /** @type {Why} */ (model.get('drawer'));
    const fresh = Boolean(why.say) && (node.hidden || why.say !== asked);
    asked = why.say || asked;
    node.hidden = !why.say;
    title.textContent = titleOf(model.get('board'), why.say) || why.title;
    if (body.innerHTML !== why.html) body.innerHTML = why.html;
    if (fresh) { place(numberOf(why.say)); title.focus(); }
  };
  /** Whether there was something to close; the number has the focus again. */
  const close = () => {
    if (node.hidden) return false;
    node.hidden = true;
    closed();
    tell({ say: '' });
    numberOf(asked)?.focus();
    return true;
  };
  return { node, show, close };
}

// ----------------------------------------------------------------

// Which column the bars draw, and what the columns of amounts are.
/** @param {Board} board @param {string[]} shown @param {string} bars the words for it */
function heads({ column, columns, unit }, shown, bars) {
  const columnOf = (/** @type {string} */ id) => columns.find((each) => each.id === id);
  const labelOf = (/** @type {string} */ id) => columnOf(id)?.label ?? '';
  const headOf = (/** @type {string} */ id) =>
      columnOf(id)?.kind === 'word' ? 'talk-head-of is-word' : 'talk-head-of';
  const drawn = columnOf(column)?.kind === 'word' ?
      '' :
      bars.replace('{column}', labelOf(column)).replace('{unit}', unit);
  return [
    h('div', {}), h('div', {class: 'talk-bars-of'}, drawn),
    ...shown.map((id) => h('div', {class: headOf(id)}, labelOf(id),
                     h('small', {class: 'board-basis'}, columnOf(id)?.basis ?? '')))
  ];
}

const BESIDE = 2;  // so many columns of amounts or words stand beside bars that reach far enough

/** @param {Row} row @param {Board} board @returns {string} of what kind its authority is; empty: its name says that */
function basisOf({ authority, name }, { legend }) {
  const label = legend.find(({ kind, key }) => kind === 'authority' && key === authority)?.label ?? '';
  const [one, other] = [name.toLowerCase(), label.toLowerCase()];
  return one.includes(other) || other.includes(one) ? '' : label;
}

// Which columns of words stand under the bars, each with its name: there is no room beside them.
/** @param {Board["columns"]} columns @param {string} lang @returns {string[]} */
function below(columns, lang) {
  if (!columns.some(({ kind }) => kind === 'bar') || columns.some(({ brief }) => brief)) return [];
  const beside = lang === 'zh' ? BESIDE : 1;  // an English word is longer than a Chinese one
  return columns.slice(0, -beside).filter(({ kind }) => kind === 'word').map(({ id }) => id);
}

const LINE = { zh: 7, en: 13 };  // so many letters go under a name in one line
const STACKED = 3;  // rows: so few leave room for two lines of words under each bar
const NAMED = ['authority', 'own', 'usual'];  // signs that are named where they stand

// The signs of the wall, where an authority is a word in its row.
/** @param {HTMLElement[]} marks */
function signs(marks) {
  return marks.filter((mark) => !NAMED.includes(mark.querySelector('i')?.dataset.kind ?? ''));
}

// The rows of the scene and their scale.
export function boardOf(/** @type {Desk} */ desk, /** @type {Record<string, string>} */ words) {
  const { model } = desk;
  const column = h('div', { class: 'talk-column' });
  const head = h('div', { class: 'board-heads', 'aria-hidden': 'true' });
  const rows = h('div', { class: 'board-rows', role: 'rowgroup' });
  const axis = h('div', { class: 'board-axis', 'aria-hidden': 'true' });
  const grid =
      h('div', {class: 'board-grid', role: 'table', 'aria-label': words.board}, head, rows, axis);
  const legend = h('ul', { class: 'stage-legend' });
  const picture = h('div', { class: 'stage-picture' });
  let [of, drawn] = ['', ''];
  let letter = 0;
  /** @type {Set<string>} */
  const tall = new Set();  // rows whose word of authority has taken two lines in this scene
  let covered = false;
  /** @type {Board | null} */
  let after = null;  // what came of a board that was covered
  // The board; without marks of what was before it, where that was covered, or was an answer.
  /** @param {boolean} hidden @param {boolean} begins @param {Slide} [slide] */
  const read = (hidden, begins, slide) => {
    const all = /** @type {Board} */ (model.get('board'));
    const now = slide ? slid(all, slide) : all;
    if (covered && !hidden) after = now;
    covered = hidden;
    return begins ? begun(now) : now === after ? fresh(now) : now;
  };
  // Words below a bar, now or when it is uncovered: a row keeps its place for them. One without has
  // its bar in its middle.
  /** @param {Row} row @param {Board} board */
  const isWorded = (row, {columns, column}) =>
      Boolean(row.mark || row.same || stamped(row, columns, column, model.get('frame').lang).said);
  /** @param {Board} board @param {Slide} [slide] @returns {string[]} */
  const columnsOf = (board, slide) => {
    const {columns: known} = slide ?? model.get('scene');
    const columns = known.length ? known : [board.column];
    const now = [slide?.rows ?? model.get('scene').id, ...columns].join();
    if (of !== now) {
      [of, letter] = [now, 0];
      tall.clear();
      rows.replaceChildren();
      legend.style.minHeight = '';
    }
    const { lang } = /** @type {{lang: "zh" | "en"}} */ (model.get('frame'));
    letter = Math.max(letter, reserved(board, columns, lang));
    for (const row of board.rows) if (letters(basisOf(row, board)) > LINE[lang]) tall.add(row.id);
    const shown = board.columns.filter(({ id }) => columns.includes(id));
    const under = below(shown, model.get('frame').lang);
    fitColumns(grid, shown.filter(({ id }) => !under.includes(id)));
    grid.classList.toggle('is-under', under.length > 0);
    grid.classList.toggle('is-stacked', under.length > 1 && board.rows.filter((row) => !row.more).length <= STACKED);
    grid.style.setProperty('--letters', String(letter));
    grid.classList.toggle('is-many', columns.length > 1);
    grid.classList.toggle('is-three', columns.length > 2);
    return columns;
  };
  /** The place of what a knob will add to the legend, so that nothing else moves then. */
  const room = () => {
    const kept = h('li', { 'aria-hidden': 'true' }, h('i'), desk.word('legend_was'));
    kept.style.visibility = 'hidden';
    return kept;
  };
  /** @param {boolean} hidden all that there is @param {string[]} rowsHidden what of it, else
   * @param {boolean} [begins] it stands as its question has it: what is before it is the answer
   * @param {Slide} [slide] what of a case that no scene speaks of */
  const show = (hidden, rowsHidden, begins = false, slide = undefined) => {
    // The line of one reader's answer is not for a class.
    const whole = /** @type {Board} */ ({ ...read(hidden, begins, slide), answer: null });
    const board = hidden ? masked(whole, words.hidden) : masked(whole, words.hidden, rowsHidden);
    const columns = columnsOf(whole, slide);
    const shown = whole.columns.filter(({ id }) => columns.includes(id));
    const under = below(shown, model.get('frame').lang);
    const {label = '', note = '', kind = 'bar'} =
        board.columns.find(({id}) => id === board.column) ?? {};
    // Groups say it, and in English they need the line.
    const told = model.get('frame').lang === 'en' && board.rows.some(({ group }) => group);
    column.textContent = kind === 'word' || label.includes(board.unit) ?
        label :
        `${label}${told ? '' : ` · ${note}`}${desk.word('of_unit', {unit: board.unit})}`;
    column.hidden = columns.length > 1;
    head.hidden = columns.length === 1;
    head.replaceChildren(...head.hidden ? [] : heads(whole, columns.filter((/** @type {string} */ id) => !under.includes(id)), words.bars));
    const seen = board.rows.filter((row) => !row.more);
    // English rows are as high as their names: a line is kept for a word that comes with the answer.
    const kept =
        model.get('frame').lang === 'en' && seen.some((row) => basisOf(row, whole)) ? '\u00a0' : '';
    const worded =
        new Set(whole.rows.filter((row) => model.get('scene').turns || isWorded(row, whole))
                .map(({id}) => id));
    draw(rows,
        grouped(seen,
            seen.map((row) => drawRow(row, board, board.column, shown, desk,
                         {class: letters(row.name) > 7 ? 'board-row is-long' : 'board-row'},
                         [basisOf(row, board) || kept]))));
    for (const row of rows.children) {
      const {row: id = ''} = /** @type {HTMLElement} */ (row).dataset;
      if (worded.has(id)) row.classList.add('is-worded');
      if (tall.has(id)) row.classList.add('is-tall');
    }
    for (const id of under)
      for (const cell of rows.querySelectorAll(`[data-column="${id}"]`)) cell.classList.add('is-under');
    if (whole.picture !== drawn) picture.innerHTML = drawn = whole.picture;
    picture.hidden = !whole.picture;
    // A drawing is the case, unless it shows what becomes of a row; anything else would answer. Its place is kept, as all other places are.
    const answers = hidden ? whole.pictured || !picture.querySelector('svg') :
                             rowsHidden.includes(whole.pictured);
    picture.classList.toggle('is-covered', Boolean(answers));
    picture.dataset.sign = words.hidden;
    const all = drawLegend(whole, whole.rows.filter((row) => !row.more), board.column, desk);
    const marks = signs(all);
    if (!marks.some((mark) => mark.querySelector('[data-kind=was]'))) marks.push(room());
    legend.replaceChildren(...marks);
    const bars = seen.some(
        ({id, cells}) => !rowsHidden.includes(id) && (cells[board.column]?.low ?? null) !== null);
    legend.style.visibility = hidden || rowsHidden.length && !bars ?
        'hidden' :
        '';  // it would tell what the bars will show
  };
  /** The scale and the words of a picture, once it is known how large everything is. */
  const scale = () => {
    legend.style.minHeight = `${legend.offsetHeight}px`;  // a scene's legend gets no shorter
    for (const chart of picture.querySelectorAll('svg'))
      if (chart.getClientRects().length) legible(chart);
    const board = /** @type {Board} */ (model.get('board'));
    for (const ghost of rows.querySelectorAll('.board-ghost')) {
      ghost.classList.remove('is-cut');
      ghost.classList.toggle('is-cut', ghost.scrollWidth > ghost.clientWidth + 1);
    }
    axis.replaceChildren(
        ...drawAxis(board, axis.clientWidth, parseFloat(getComputedStyle(axis).fontSize)));
  };
  return { node: h('div', { class: 'talk-board' }, picture, column, grid), legend, show, scale };
}
