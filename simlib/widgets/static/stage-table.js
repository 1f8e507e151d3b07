// @ts-check
// The board's twin: the same rows as a table of words and numbers.

/** @typedef {import('./stage-types.js').Board} Board */
/** @typedef {import('./stage-types.js').Row} Row */
/** @typedef {import('./stage-types.js').Desk} Desk */

const query = new URL(import.meta.url).search;
/** @param {string} file */
const at = (file) => new URL(file + query, import.meta.url).href;
/** @type {import('./stage-types.js').Lab} */
const { element } = await import(at('lab.js'));
/** @type {typeof import('./stage-row.js')} */
const { amount } = await import(at('stage-row.js'));

/**
 * @param {Desk} desk
 */
export function table(desk) {
  const node = element('div', { class: 'stage-table', hidden: true, tabindex: '0' });
  let on = false;

  /**
   * @param {Board} board
   * @param {Row} row
   */
  const line = (board, row) => {
    const said = [row.same, row.note, row.stamp, row.ghost, row.still].filter(Boolean).join('；');
    const basis = board.legend.find(({ key }) => key === row.authority)?.label ?? '';
    const cells = board.columns.map(({ id }) => {
      const cell = row.cells[id];
      const held = element('td');
      if (!cell) return held;
      const button = element('button', { type: 'button', class: 'board-amount' });
      amount(button, cell);
      held.append(button);
      if (cell.was) held.prepend(element('small', {}, desk.word('was', { text: cell.was.text })));
      if (cell.beside) held.append(element('small', {}, cell.beside));
      if (cell.usual) held.append(element('small', {}, desk.word('usual_mark', { text: cell.usual.text })));
      if (cell.kept && cell.kept.text !== cell.text) held.append(element('small', {}, desk.word('kept_mark', { text: cell.kept.text })));
      return held;
    });
    const own = row.form ? row.name + desk.word('form', { form: row.form }) : row.name;
    const name = row.group ? desk.word('grouped', { group: row.group, row: own }) : own;
    return element('tr', {}, element('th', { scope: 'row' }, name, element('small', {}, said)),
      element('td', {}, basis), ...cells);
  };

  /**
   * @param {Board} board
   * @param {boolean} wide whether every row is shown
   */
  const show = (board, wide) => {
    node.hidden = !on;
    if (!on) return;
    const focused = document.activeElement;
    const say = focused instanceof HTMLElement && node.contains(focused) ? focused.dataset.say : undefined;
    const heads = board.columns.map(({ label, kind }) => element('th', { scope: 'col' }, label, kind === 'word' ? '' : element('small', {}, board.unit)));
    const rows = board.rows.filter((row) => wide || !row.more).map((row) => line(board, row));
    node.replaceChildren(element('table', {}, element('caption', { class: 'is-heard' }, desk.word('stage')),
      element('thead', {}, element('tr', {}, element('th', { scope: 'col' }, desk.word('row')), element('th', { scope: 'col' }, desk.word('basis')), ...heads)),
      element('tbody', {}, ...rows)));
    if (say) /** @type {HTMLElement | null} */ (node.querySelector(`[data-say="${CSS.escape(say)}"]`))?.focus();
  };
  /** Show the table, or the bars again. */
  const toggle = () => { on = !on; return on; };
  return { node, show, toggle };
}
