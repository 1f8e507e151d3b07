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
const { masked, reserved, spaced } = await import(at('stage-mode-steps.js'));
/** @type {typeof import('./stage-row.js')} */
const { makeRow } = await import(at('stage-row.js'));
/** @type {typeof import('./stage-board.js')} */
const { drawAxis, drawLegend, fitColumns, grouped, place } = await import(at('stage-board.js'));
/** @type {typeof import('./stage-scale.js')} */
const { letters, percent } = await import(at('stage-scale.js'));

/**
 * What the columns of amounts are, and whose the line across the bars is.
 * @param {Board} board
 * @param {string[]} shown
 * @param {boolean} hidden
 */
function heads({ answer, columns, top_fen }, shown, hidden) {
  const mark = element('span', { class: 'board-answer', hidden: !answer }, answer?.label ?? '');
  const place = percent(answer?.fen ?? 0, top_fen);
  mark.style.left = `${place}%`;
  mark.style.visibility = hidden ? 'hidden' : '';
  mark.dataset.side = place < 20 ? 'start' : place > 80 ? 'end' : 'middle';
  const many = shown.length > 1;
  return [element('div', {}), element('div', { class: 'board-scale' }, mark),
    ...shown.map((id) => element('div', { class: 'talk-head-of' }, many ? columns.find((column) => column.id === id)?.label ?? '' : ''))];
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
  /** @param {Board} board */
  const columnsOf = (board) => {
    const columns = model.get('scene').columns.length ? model.get('scene').columns : [board.column];
    const now = [model.get('scene').id, ...columns].join();
    if (of !== now) { [made, of, letter] = [new Map(), now, 0]; }
    letter = Math.max(letter, reserved(board, columns));
    fitColumns(grid, board.columns.filter(({ id }) => columns.includes(id)));
    grid.style.setProperty('--letters', String(letter));
    grid.classList.toggle('is-many', columns.length > 1);
    return columns;
  };
  /** @param {boolean} hidden */
  const show = (hidden) => {
    const whole = /** @type {Board} */ (model.get('board'));
    const board = hidden ? masked(whole, words.hidden) : whole;
    const columns = columnsOf(whole);
    const { label = '', note = '' } = board.columns.find(({ id }) => id === board.column) ?? {};
    column.textContent = columns.length > 1 ? `(${board.unit})` : `${label} · ${note} (${board.unit})`;
    head.hidden = columns.length === 1 && !whole.answer;
    head.replaceChildren(...heads(whole, columns, hidden));
    const seen = board.rows.filter((row) => !row.more);
    const nodes = seen.map((row) => {
      const found = made.get(row.id) ?? makeRow(whole.columns.filter(({ id }) => columns.includes(id)), desk);
      made.set(row.id, found);
      found.show(row, board, board.column);
      return found.node;
    });
    place(rows, grouped(seen, nodes));
    if (whole.picture !== drawn) picture.innerHTML = drawn = whole.picture;
    picture.hidden = hidden || !whole.picture;
    legend.replaceChildren(...drawLegend(whole, seen, board.column, desk));
  };
  /** The scale, once it is known how large everything is. */
  const scale = () => {
    const board = /** @type {Board} */ (model.get('board'));
    const widest = Math.max(...board.ticks.map(({ text }) => letters(text))) * parseFloat(getComputedStyle(axis).fontSize);
    axis.replaceChildren(...drawAxis({ ...board, ticks: spaced(board.ticks, board.top_fen, axis.clientWidth / widest) }));
  };
  return { node: element('div', { class: 'talk-board' }, picture, column, grid, legend), show, scale };
}
