// @ts-check
// One row of the board: its name, its bar, its amounts. A row keeps its nodes, so that bars move and
// the focus stays where it is.


import { h } from './draw.js';
import { span, percent, stamped, free, phrases, unbroken } from './stage-measures.js';

const FLASH_MS = 1400;

// The button of an amount: what it opens, and how it is called in full. Words that nothing can be
// asked about are none.
/** @param {HTMLButtonElement} button @param {{say: string, name: string, text: string}} shown */
export function amount(button, { say, name, text }) {
  button.dataset.say = say;
  button.disabled = !say;
  button.setAttribute('aria-label', name);
  if (button.textContent !== text) button.textContent = text;
}

// The colour of an authority.
/** @param {string} authority @param {Desk} desk */
export function colour(authority, { model }) {
  return model.get('frame').colors[authority] ?? 'var(--ruling)';
}

// Words that break between words only: nodes, with the text unchanged.
export function broken(/** @type {string} */ text, /** @type {string} */ lang) {
  return phrases(text, lang).flatMap((each, n) => n ? [h('wbr'), each] : [each]);
}

// Words that break between words only and keep a number with its unit.
export function said(/** @type {string} */ text, /** @type {string} */ lang) {
  return broken(unbroken(text), lang);
}

// Whether the reader's answer speaks of a row, in a column.
/** @param {Board} board @param {Row} row @param {string} column */
export function isAnswered({ answer }, row, column) {
  return answer?.column === column && (!answer.row || answer.row === row.id);
}

function makeCell(/** @type {Board["columns"][number]} */ { id, kind, label }) {
  const button = h('button', { type: 'button', class: 'board-amount' });
  const [was, beside, kept] = ['was', 'beside', 'kept'].map((name) => h('small', { class: `board-${name}` }));
  const node = h('div', { class: kind === 'word' ? 'board-cell is-word' : 'board-cell', role: 'cell', 'data-column': id, 'data-label': label }, was, button, beside, kept);
  const show = (/** @type {Cell | undefined} */ cell, /** @type {Desk} */ desk) => {
    button.hidden = !cell;
    if (cell) amount(button, cell);
    button.classList.toggle('is-range', cell?.low !== cell?.high);
    was.replaceChildren(...cell?.was ? [h('span', {}, desk.word('was', { text: cell.was.text }))] : []);
    was.dataset.now = cell?.text ?? '';
    beside.textContent = unbroken(cell?.beside ?? '');
    kept.textContent = cell?.kept && cell.kept.text !== cell.text ? desk.word('kept_mark', { text: cell.kept.text }) : '';
  };
  return { node, show };
}

function makeBar(/** @type {Desk} */ desk) {
  const solid = h('i', { class: 'bar-solid' });
  const band = h('i', { class: 'bar-band' });
  const [was, kept] = ['was', 'kept'].map((name) => h('i', { class: `bar-${name}` }));
  const usual = h('i', { class: 'bar-usual', 'aria-hidden': 'true' });
  const answer = h('i', { class: 'bar-answer' });
  const stamp = h('span', { class: 'bar-stamp' });
  const bar = h('div', { class: 'bar' }, solid, band, was, kept, usual, answer, stamp);
  const [note, ghost, mark, same] = ['note', 'ghost', 'mark', 'same'].map((name) => h('small', { class: `board-${name}` }));
  const words = h('div', { class: 'board-words' }, same, note, mark, ghost);
  const node = h('div', { class: 'board-bar', role: 'cell' }, bar, words);
  /** @param {Row} row @param {Board} board @param {string} column */
  const show = (row, board, column) => {
    const cell = row.cells[column];
    const top = board.top_fen;
    const drawn = span(cell ?? { low: 0, high: 0, text: '' }, top);
    bar.classList.toggle('is-ghost', Boolean(row.ghost));
    bar.classList.toggle('is-none', !cell);
    bar.classList.toggle('is-nil', drawn.end === 0);
    solid.style.width = `${row.ghost ? drawn.end : drawn.solid}%`;
    band.style.left = `${drawn.solid}%`;
    band.style.width = `${drawn.band}%`;
    was.hidden = !cell?.was || cell.was.low === null;
    was.style.width = `${cell?.was ? span(cell.was, top).end : 0}%`;
    kept.hidden = !cell?.kept;
    if (cell?.kept) {
      const held = span(cell.kept, top);
      kept.classList.toggle('is-point', held.band === 0);
      kept.style.left = `${held.solid}%`;
      kept.style.width = `${held.band}%`;
    }
    usual.hidden = !cell?.usual;
    usual.style.left = `${percent(cell?.usual?.low ?? 0, top)}%`;
    usual.dataset.text = cell?.usual ? desk.word('usual_mark', { text: cell.usual.text }) : '';
    usual.dataset.side = percent(cell?.usual?.low ?? 0, top) > 75 ? 'end' : '';
    bar.classList.toggle('is-own', Boolean(row.own));
    answer.hidden = !isAnswered(board, row, column);
    answer.style.left = `${percent(board.answer?.fen ?? 0, top)}%`;
    const { over, said } = stamped(row, board.columns, column, desk.model.get('frame').lang);
    const text = cell ? over : row.blank;
    stamp.replaceChildren(...text ? [h('span', {}, text)] : []);
    stamp.classList.toggle('is-blank', !cell);
    const marks = [was, answer].filter((each) => !each.hidden).map((each) => parseFloat(each === was ? each.style.width : each.style.left));
    const held = cell?.kept ? [span(cell.kept, top).solid, span(cell.kept, top).end] : [];
    const clear = free([...marks, ...held]);
    stamp.style.setProperty('--clear', `calc(${clear}% + ${clear ? 6 : cell ? 2 : 0}px)`);
    note.textContent = row.note;
    ghost.replaceChildren(...said ? [h('span', {}, said)] : []);
    ghost.dataset.brief = said.split(/[；，：:;]/).pop()?.trim();  // where there is room for a few words only
    mark.textContent = row.mark;
    same.textContent = row.same;
  };
  return { node, show, words };
}

/** Whether the reader wants things to stand still. */
const calm = () => matchMedia('(prefers-reduced-motion: reduce)').matches;

export function makeRow(/** @type {Board["columns"]} */ columns, /** @type {Desk} */ desk) {
  const name = h('b');
  const head = h('div', { class: 'board-name', role: 'rowheader' }, name);
  const bar = makeBar(desk);
  const cells = columns.map((column) => makeCell(column));
  /** @type {{amounts: Record<string, string>, ghost: string}} */
  let face = { amounts: {}, ghost: '' };
  let moved = new Set(columns.map(({ id }) => id));
  let failed = false;  // its premise holds no more, or holds again
  const node = h('div', { class: 'board-row', role: 'row' }, head, bar.node, ...cells.map((cell) => cell.node));
  /** @param {Row} row @param {Board} board @param {string} column */
  const show = (row, board, column) => {
    const amounts = Object.fromEntries(Object.entries(row.cells).map(([id, { low, high, text }]) => [id, low === null ? text : `${low}-${high}`]));
    moved = new Set(columns.map(({ id }) => id).filter((id) => amounts[id] !== face.amounts[id]));
    failed = row.ghost !== face.ghost;
    face = { amounts, ghost: row.ghost };
    node.dataset.row = row.id;
    node.style.setProperty('--bar', colour(row.authority, desk));
    const called = broken(row.name, desk.model.get('frame').lang);
    const [, mark, space, form] = (row.form && /^(\S?)(\s*)(.*)$/.exec(desk.word('form', { form: row.form }))) || [];  // a line ends with the mark
    name.replaceChildren(...form ? [h('span', {}, ...called, mark), space, h('span', {}, form)] : called);
    bar.show(row, board, column);
    cells.forEach((cell, n) => cell.show(row.cells[columns[n].id], desk));
  };
  /** What moved is marked: the row with its amounts that are in sight, or only the words of a premise that holds no more. */
  const flash = () => {
    const seen = cells.some((cell, n) => moved.has(columns[n].id) && cell.node.checkVisibility());
    if (calm() || !seen && !failed) return;
    (seen ? node : bar.words).animate([{ backgroundColor: '#fdf0d2' }, { backgroundColor: '#fdf0d200' }], { duration: FLASH_MS, easing: 'ease-out' });
  };
  return { node, show, flash };
}
