// @ts-check
// The board of stage mode: the rows of a scene under the columns it asks for, their scale and what
// its marks mean. Nothing in it moves when a question becomes its answer.

/** @typedef {import('./stage-types.js').Desk} Desk */
/** @typedef {import('./stage-types.js').Board} Board */

const query = new URL(import.meta.url).search;
/** @param {string} file */
const at = (file) => new URL(file + query, import.meta.url).href;
/** @type {import('./stage-types.js').Lab} */
const { element } = await import(at('lab.js'));
/** @type {typeof import('./stage-mode-steps.js')} */
const { begun, fresh, masked, reserved } = await import(at('stage-mode-steps.js'));
/** @type {typeof import('./stage-row.js')} */
const { makeRow } = await import(at('stage-row.js'));
/** @type {typeof import('./stage-board.js')} */
const { drawAxis, drawLegend, fitColumns, grouped, place } = await import(at('stage-board.js'));
/** @type {typeof import('./stage-mode-picture.js')} */
const { legible } = await import(at('stage-mode-picture.js'));
/** @type {typeof import('./stage-scale.js')} */
const { letters, stamped } = await import(at('stage-scale.js'));

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
  return [element('div', {}), element('div', { class: 'talk-bars-of' }, drawn),
    ...shown.map((id) => element('div', { class: headOf(id) }, labelOf(id), element('small', { class: 'board-basis' }, columnOf(id)?.basis ?? '')))];
}

/**
 * The rows of the scene and their scale.
 * @param {Desk} desk
 * @param {Record<string, string>} words
 */
export function boardOf(desk, words) {
  const { model } = desk;
  const column = element('div', { class: 'talk-column' });
  const head = element('div', { class: 'board-heads', 'aria-hidden': 'true' });
  const rows = element('div', { class: 'board-rows', role: 'rowgroup' });
  const axis = element('div', { class: 'board-axis', 'aria-hidden': 'true' });
  const grid = element('div', { class: 'board-grid', role: 'table', 'aria-label': words.board }, head, rows, axis);
  const legend = element('ul', { class: 'stage-legend' });
  /** @type {Map<string, ReturnType<typeof makeRow>>} */
  let made = new Map();
  const picture = element('div', { class: 'stage-picture' });
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
   * @param {import('./stage-types.js').Row} row
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
    const kept = element('li', { 'aria-hidden': 'true' }, element('i'), desk.word('legend_was'));
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
  return { node: element('div', { class: 'talk-board' }, picture, column, grid), legend, show, scale };
}
