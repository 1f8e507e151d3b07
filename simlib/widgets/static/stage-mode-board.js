// @ts-check
// The board of stage mode: the rows of a scene under the columns it asks for, their scale and what
// its marks mean. Nothing in it moves when a question becomes its answer.


import { h } from './draw.js';
import { begun, fresh, masked, reserved } from './stage-mode-steps.js';
import { makeRow } from './stage-row.js';
import { drawAxis, drawLegend, fitColumns, grouped, place } from './stage-board.js';
import { legible } from './stage-mode-picture.js';
import { letters, stamped } from './stage-measures.js';

/**
 * Which column the bars draw, and what the columns of amounts are.
 * @param {Board} board
 * @param {string[]} shown
 * @param {string} bars the words for it
 */
function heads({ column, columns, unit }, shown, bars) {
  const columnOf = (/** @type {string} */ id) => columns.find((each) => each.id === id);
  const labelOf = (/** @type {string} */ id) => columnOf(id)?.label ?? '';
  const headOf = (/** @type {string} */ id) => columnOf(id)?.kind === 'word' ? 'talk-head-of is-word' : 'talk-head-of';
  const drawn = columnOf(column)?.kind === 'word' ? '' : bars.replace('{column}', labelOf(column)).replace('{unit}', unit);
  return [h('div', {}), h('div', { class: 'talk-bars-of' }, drawn),
    ...shown.map((id) => h('div', { class: headOf(id) }, labelOf(id), h('small', { class: 'board-basis' }, columnOf(id)?.basis ?? '')))];
}

/**
 * The rows of the scene and their scale.
 * @param {Desk} desk
 * @param {Record<string, string>} words
 */
export function boardOf(desk, words) {
  const { model } = desk;
  const column = h('div', { class: 'talk-column' });
  const head = h('div', { class: 'board-heads', 'aria-hidden': 'true' });
  const rows = h('div', { class: 'board-rows', role: 'rowgroup' });
  const axis = h('div', { class: 'board-axis', 'aria-hidden': 'true' });
  const grid = h('div', { class: 'board-grid', role: 'table', 'aria-label': words.board }, head, rows, axis);
  const legend = h('ul', { class: 'stage-legend' });
  /** @type {Map<string, ReturnType<typeof makeRow>>} */
  let made = new Map();
  const picture = h('div', { class: 'stage-picture' });
  let [of, drawn] = ['', ''];
  let letter = 0;
  let covered = false;
  /** @type {Board | null} */
  let after = null;  // what came of a board that was covered
  /**
   * The board; without marks of what was before it, where that was covered, or was an answer.
   * @param {boolean} hidden
   * @param {boolean} begins
   */
  const read = (hidden, begins) => {
    const now = /** @type {Board} */ (model.get('board'));
    if (covered && !hidden) after = now;
    covered = hidden;
    return begins ? begun(now) : now === after ? fresh(now) : now;
  };
  /**
   * Words below a bar, now or when it is uncovered: a row keeps its place for them. One without has
   * its bar in its middle.
   * @param {Row} row
   * @param {Board} board
   */
  const isWorded = (row, { columns, column }) => Boolean(row.mark || row.same || stamped(row, columns, column, model.get('frame').lang).said);
  /** @param {Board} board */
  const columnsOf = (board) => {
    const columns = model.get('scene').columns.length ? model.get('scene').columns : [board.column];
    const now = [model.get('scene').id, ...columns].join();
    if (of !== now) { [made, of, letter] = [new Map(), now, 0]; legend.style.minHeight = ''; }
    letter = Math.max(letter, reserved(board, columns));
    fitColumns(grid, board.columns.filter(({ id }) => columns.includes(id)));
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
  /**
   * @param {boolean} hidden all that there is
   * @param {string[]} rowsHidden what of it, else
   * @param {boolean} [begins] it stands as its question has it: what is before it is the answer
   */
  const show = (hidden, rowsHidden, begins = false) => {
    // The line of one reader's answer is not for a class.
    const whole = /** @type {Board} */ ({ ...read(hidden, begins), answer: null });
    const board = hidden ? masked(whole, words.hidden) : masked(whole, words.hidden, rowsHidden);
    const columns = columnsOf(whole);
    const { label = '', note = '', kind = 'bar' } = board.columns.find(({ id }) => id === board.column) ?? {};
    column.textContent = kind === 'word' ? label : label.includes(board.unit) ? label : `${label} · ${note}${desk.word('of_unit', { unit: board.unit })}`;
    column.hidden = columns.length > 1;
    head.hidden = columns.length === 1;
    head.replaceChildren(...head.hidden ? [] : heads(whole, columns, words.bars));
    const seen = board.rows.filter((row) => !row.more);
    const nodes = seen.map((row) => {
      const found = made.get(row.id) ?? makeRow(whole.columns.filter(({ id }) => columns.includes(id)), desk);
      made.set(row.id, found);
      found.show(row, board, board.column);
      found.node.classList.toggle('is-long', letters(row.name) > 7);
      if (model.get('scene').turns || whole.rows.some((each) => each.id === row.id && isWorded(each, whole))) found.node.classList.add('is-worded');
      return found.node;
    });
    place(rows, grouped(seen, nodes));
    if (whole.picture !== drawn) picture.innerHTML = drawn = whole.picture;
    picture.hidden = !whole.picture;
    // A drawing is the case, unless it shows what becomes of a row; anything else would answer. Its place is kept, as all other places are.
    const answers = hidden ? whole.pictured || !picture.querySelector('svg') : rowsHidden.includes(whole.pictured);
    picture.classList.toggle('is-covered', Boolean(answers));
    picture.dataset.sign = words.hidden;
    const marks = drawLegend(whole, whole.rows.filter((row) => !row.more), board.column, desk);
    if (!marks.some((mark) => mark.querySelector('[data-kind=was]'))) marks.push(room());
    legend.replaceChildren(...marks);
    const bars = seen.some(({ id, cells }) => !rowsHidden.includes(id) && (cells[board.column]?.low ?? null) !== null);
    legend.style.visibility = hidden || rowsHidden.length && !bars ? 'hidden' : '';  // it would tell what the bars will show
  };
  /** The scale and the words of a picture, once it is known how large everything is. */
  const scale = () => {
    legend.style.minHeight = `${legend.offsetHeight}px`;  // a scene's legend gets no shorter
    for (const chart of picture.querySelectorAll('svg')) if (chart.getClientRects().length) legible(chart);
    const board = /** @type {Board} */ (model.get('board'));
    axis.replaceChildren(...drawAxis(board, axis.clientWidth, parseFloat(getComputedStyle(axis).fontSize)));
  };
  return { node: h('div', { class: 'talk-board' }, picture, column, grid), legend, show, scale };
}
