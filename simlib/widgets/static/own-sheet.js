// What is printed of a case: parties, transfers, loss, who owes what. Drawn when the page is printed,
// and shown only on paper.

import { h } from './draw.js';
import { called, fieldOf, fill, inWords, inYuan, moment, nameOf, wordOf } from './own-names.js';

const money = (fen, say) => (Number.isInteger(fen) ? inYuan(fen, say) : say.unknown);

function table(heads, rows, amounts = []) {
  const cell = (tag, text, n) => h(tag, { class: amounts.includes(n) ? 'is-amount' : null, scope: tag === 'th' ? 'col' : null }, text);
  return h('table', {}, h('thead', {}, h('tr', {}, ...heads.map((text, n) => cell('th', text, n)))),
    h('tbody', {}, ...rows.map((row) => h('tr', {}, ...row.map((text, n) => cell('td', text, n))))));
}

export function makeSheet(context) {
  const { say, spec } = context;
  const node = h('section', { class: 'own-sheet', 'aria-hidden': 'true' });
  const steps = new Map(spec.steps.map((step) => [step.id, step.label]));
  const label = (of, field) => fieldOf(spec, of, field)?.label ?? '';
  const rows = (of) => (Array.isArray(context.draft[of]) ? context.draft[of] : []).map((row) => row ?? {});
  // A fact, and of what kind it is where somebody has said so.
  const fact = (text, kind) => (text && kind ? fill(say.of_kind, { text, kind: new Map(spec.kinds).get(kind) ?? kind }) : text);

  const facts = () => {
    const { draft } = context;
    const loss = money(draft.loss_fen, say);
    const found = [['acted_on', draft.acted_on ?? say.unknown], ['claimant', called(context, draft.claimant ?? rows('parties').find(({ role }) => role === 'victim')?.id)],
      ['loss_fen', loss], ...(draft.recovered_fen ? [['recovered_fen', money(draft.recovered_fen, say)]] : [])];
    return h('dl', {}, ...found.flatMap(([id, text]) => [h('dt', {}, label('', id)), h('dd', {}, fact(text, draft.kinds?.[id]))]));
  };
  const parties = () => table(['name', 'role', 'act', 'grade', 'sued', 'loss_fen'].map((id) => label('parties', id)), rows('parties').map((row, n) => [
    nameOf(context, 'parties', row, n), ...['role', 'act', 'grade'].map((id) => fact(wordOf(context, 'parties', id, row[id]), row.kinds?.[id])),
    ['victim', 'unknown'].includes(row.role) ? '' : row.sued === false ? say.no : say.yes, Number.isInteger(row.loss_fen) ? inYuan(row.loss_fen, say) : '']), [5]);
  const transfers = () => table(['at', 'payer', 'payee', 'amount_fen'].map((id) => label('transfers', id)),
    rows('transfers').map((row) => [moment(row.at), called(context, row.payer), called(context, row.payee), money(row.amount_fen, say)]), [3]);
  const owed = ({ board, refused }) => {
    if (!board) return [h('p', {}, refused)];
    const { columns, unit } = board;
    return [h('p', {}, board.sentence), table([steps.get('parties'), ...columns.map((column) => `${column.label}${say.lang === 'zh' ? '（' : ' ('}${unit}${say.lang === 'zh' ? '）' : ')'}`), ''],
      board.rows.map((row) => [row.name, ...columns.map(({ id }) => row.cells[id]?.text ?? ''), row.note]), [1, 2, 3])];
  };
  const open = ({ wrongs, lacks }) => [h('p', {}, wrongs ? fill(say.problem_count, { count: wrongs }) : fill(say.missing_count, { count: lacks.length }))];

  const draw = () => {
    const { draft, found } = context;
    node.replaceChildren(h('h1', {}, inWords(draft.title, say) || say.label), h('p', { class: 'own-material' }, say.stage.material), h('p', {}, inWords(draft.summary, say)),
      facts(), h('h2', {}, steps.get('parties')), parties(), h('h2', {}, steps.get('money')), transfers(),
      h('h2', {}, say.preview), ...(found?.result ? owed(found.result) : found ? open(found) : []));
  };
  window.addEventListener('beforeprint', draw);
  return { node, draw, drop: () => window.removeEventListener('beforeprint', draw) };
}
