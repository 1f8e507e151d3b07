// @ts-check
// The board's twin: the same rows as a table of words and numbers.


import { h } from './draw.js';
import { amount } from './stage-row.js';

/**
 * @param {Desk} desk
 */
export function table(desk) {
  const node = h('div', { class: 'stage-table', hidden: true, tabindex: '0' });
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
      const held = h('td');
      if (!cell) return held;
      const button = h('button', { type: 'button', class: 'board-amount' });
      amount(button, cell);
      held.append(button);
      if (cell.was) held.prepend(h('small', {}, desk.word('was', { text: cell.was.text })));
      if (cell.beside) held.append(h('small', {}, cell.beside));
      if (cell.usual) held.append(h('small', {}, desk.word('usual_mark', { text: cell.usual.text })));
      if (cell.kept && cell.kept.text !== cell.text) held.append(h('small', {}, desk.word('kept_mark', { text: cell.kept.text })));
      return held;
    });
    const own = row.form ? row.name + desk.word('form', { form: row.form }) : row.name;
    const name = row.group ? desk.word('grouped', { group: row.group, row: own }) : own;
    return h('tr', {}, h('th', { scope: 'row' }, name, h('small', {}, said)),
      h('td', {}, basis), ...cells);
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
    const heads = board.columns.map(({ label, kind }) => h('th', { scope: 'col' }, label, kind === 'word' ? '' : h('small', {}, board.unit)));
    const rows = board.rows.filter((row) => wide || !row.more).map((row) => line(board, row));
    node.replaceChildren(h('table', {}, h('caption', { class: 'is-heard' }, desk.word('stage')),
      h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, desk.word('row')), h('th', { scope: 'col' }, desk.word('basis')), ...heads)),
      h('tbody', {}, ...rows)));
    if (say) /** @type {HTMLElement | null} */ (node.querySelector(`[data-say="${CSS.escape(say)}"]`))?.focus();
  };
  /** Show the table, or the bars again. */
  const toggle = () => { on = !on; return on; };
  return { node, show, toggle };
}
