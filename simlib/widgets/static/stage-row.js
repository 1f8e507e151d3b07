// @ts-check
// One row of the board: its name, its bar, its amounts, drawn from what Python says of it.

import { h } from './draw.js';
import { free, percent, phrases, span, stamped, unbroken } from './stage-measures.js';

const FLASH_MS = 1400;

// The button of an amount: what it opens, and how it is called in full. Words that nothing can be
// asked about are none.
/** @param {{say: string, name: string, text: string}} shown @param {Props} props */
export const amount = ({say, name, text}, props) => h('button',
    {type: 'button', 'data-say': say, disabled: !say, 'aria-label': name, ...props}, text);

/** The colour of an authority. */
export function colour(/** @type {string} */ authority, /** @type {Desk} */ { model }) {
  return model.get('frame').colors[authority] ?? 'var(--ruling)';
}

/** Words that break between words only: nodes, with the text unchanged. */
export function broken(/** @type {string} */ text, /** @type {string} */ lang) {
  return phrases(text, lang).flatMap((each, n) => n ? [h('wbr'), each] : [each]);
}

/** Words that break between words only and keep a number with its unit. */
export function said(/** @type {string} */ text, /** @type {string} */ lang) {
  return broken(unbroken(text), lang);
}

// Whether the reader's answer speaks of a row, in a column.
/** @param {Board} board @param {Row} row @param {string} column */
export function isAnswered({ answer }, row, column) {
  return answer?.column === column && (!answer.row || answer.row === row.id);
}

/** @param {Board["columns"][number]} column @param {Cell | undefined} cell @param {Desk} desk */
function drawCell({ id, kind, label }, cell, desk) {
  const small = (/** @type {string} */ name, /** @type {Child} */ text, props = {}) =>
      h('small', {class: `board-${name}`, ...props}, text);
  const kept = cell?.kept && cell.kept.text !== cell.text ?
      desk.word('kept_mark', {text: cell.kept.text}) :
      '';
  return h('div', {
    class: kind === 'word' ? 'board-cell is-word' : 'board-cell',
    role: 'cell',
    key: id,
    'data-column': id,
    'data-label': label
  },
      small('was', cell?.was && h('span', {}, desk.word('was', {text: cell.was.text})),
          {'data-now': cell?.text ?? ''}),
      amount(cell ?? {say: '', name: '', text: ''}, {
        class: cell?.low !== cell?.high ? 'board-amount is-range' : 'board-amount',
        hidden: !cell
      }),
      small('beside', unbroken(cell?.beside ?? '')), small('kept', kept));
}

/** @param {Row} row @param {Board} board @param {string} column @param {Desk} desk */
function drawBar(row, board, column, desk) {
  const cell = row.cells[column];
  const at = (/** @type {number | null | undefined} */ fen) => percent(fen ?? 0, board.top_fen);
  const { solid, band, end } = span(cell ?? { low: 0, high: 0, text: '' }, board.top_fen);
  const kept = cell?.kept && span(cell.kept, board.top_fen);
  const was = cell?.was && cell.was.low !== null ? at(cell.was.high) : null;
  const answer = isAnswered(board, row, column) ? at(board.answer?.fen) : null;
  const { over, said } = stamped(row, board.columns, column, desk.model.get('frame').lang);
  const text = cell ? over : row.blank;
  const clear = free([was, answer, kept?.solid, kept?.end].flatMap(
      (each) => (typeof each === 'number' ? [each] : [])));
  const look = [['ghost', row.ghost], ['none', !cell], ['nil', end === 0], ['own', row.own]]
                   .filter(([, is]) => is)
                   .map(([name]) => ` is-${name}`)
                   .join('');
  const mark = (/** @type {string} */ name, /** @type {Props} */ style, props = {}) =>
      h('i', {class: `bar-${name}`, style, ...props});
  const bar =
      h('div', {class: `bar${look}`}, mark('solid', {width: `${row.ghost ? end : solid}%`}),
          mark('band', {left: `${solid}%`, width: `${band}%`}),
          mark('was', {width: `${cell?.was ? at(cell.was.high) : 0}%`}, {hidden: was === null}),
          mark(kept?.band === 0 ? 'kept is-point' : 'kept',
              kept ? {left: `${kept.solid}%`, width: `${kept.band}%`} : {}, {hidden: !kept}),
          mark('usual', {left: `${at(cell?.usual?.low)}%`}, {
            'aria-hidden': 'true',
            hidden: !cell?.usual,
            'data-text': cell?.usual ? desk.word('usual_mark', {text: cell.usual.text}) : '',
            'data-side': at(cell?.usual?.low) > 75 ? 'end' : ''
          }),
          mark('answer', {left: `${at(board.answer?.fen)}%`}, {hidden: answer === null}),
          h('span', {
            class: cell ? 'bar-stamp' : 'bar-stamp is-blank',
            style: {'--clear': `calc(${clear}% + ${
                        clear    ? 6 :
                            cell ? 2 :
                                   0}px)`}
          },
              text && h('span', {}, text)));
  const brief = said.split(/[；，：:;]/).pop()?.trim();  // where there is room for a few words only
  const kind = board.legend.find(({key}) => key === row.authority)?.label;
  const words =
      h('div', {class: 'board-words', 'data-kind': kind}, [['same', row.same], ['note', row.note],
        ['mark', row.mark]].map(([name, each]) => h('small', {class: `board-${name}`}, each)),
          h('small', {class: 'board-ghost', 'data-brief': brief}, said && h('span', {}, said)));
  return h('div', { class: 'board-bar', role: 'cell' }, bar, words);
}

/** @param {Row} row @param {Desk} desk @param {string[]} facts */
function drawName(row, desk, facts) {
  const called = broken(row.name, desk.model.get('frame').lang);
  const [, mark, space, form] =
      (row.form && /^(\S?)(\s*)(.*)$/.exec(desk.word('form', {form: row.form}))) ||
      [];  // a line ends with the mark
  return h('div', {class: 'board-name', role: 'rowheader'},
      h('b', {}, form ? [h('span', {}, called, mark), space, h('span', {}, form)] : called),
      facts.filter(Boolean).map((fact) => h('small', {class: 'board-fact'}, fact)));
}

/** @param {Row} row @param {Board} board @param {string} column whose bars are drawn
 * @param {Board["columns"]} columns @param {Desk} desk @param {Props} [props]
 * @param {string[]} [facts] what stands under its name */
export function drawRow(row, board, column, columns, desk, props = {}, facts = []) {
  return h('div', {
    class: 'board-row',
    role: 'row',
    key: row.id,
    'data-row': row.id,
    style: {'--bar': colour(row.authority, desk)},
    ...props
  },
      drawName(row, desk, facts), drawBar(row, board, column, desk),
      columns.map((each) => drawCell(each, row.cells[each.id], desk)));
}

/** Rows with the headings of their groups before them, one node a row. */
export function grouped(/** @type {Row[]} */ rows, /** @type {Node[]} */ nodes) {
  return rows.map(({group}, n) => [group && group !== rows[n - 1]?.group &&
                          h('div', {class: 'board-group', role: 'row', key: `group ${group}`},
                              h('div', {role: 'rowheader'}, group)),
                      nodes[n]]);
}

// What moved is marked: a row with its amounts that are in sight, or only the words of a premise that
// holds no more.
/** @param {HTMLElement} node @param {Row} row @param {Row} before */
export function flash(node, row, before) {
  const said = (/** @type {Cell | undefined} */ cell) =>
      cell && (cell.low === null ? cell.text : `${cell.low}-${cell.high}`);
  const cells = /** @type {HTMLElement[]} */ ([...node.querySelectorAll('.board-cell')]);
  const seen = cells.some((cell) => said(row.cells[cell.dataset.column ?? '']) !==
              said(before.cells[cell.dataset.column ?? '']) &&
          cell.checkVisibility());
  if (matchMedia('(prefers-reduced-motion: reduce)').matches || !seen && row.ghost === before.ghost)
    return;
  (seen ? node : node.querySelector('.board-words'))
      ?.animate([{backgroundColor: '#fdf0d2'}, {backgroundColor: '#fdf0d200'}],
          {duration: FLASH_MS, easing: 'ease-out'});
}
