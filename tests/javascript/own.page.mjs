// The editor of one's own case: the whole of it over a small model, then the import of a statement.
import { own } from '../../simlib/widgets/static/own.js';
import { makeColumns } from '../../simlib/widgets/static/own-statement.js';
import { makeAsked } from '../../simlib/widgets/static/own-questions.js';
import { key, modelOf, same, shown, test, text, wait, wordsOf, write } from './page.mjs';

const say = () => wordsOf({ lang: 'zh', stop: '。', money: '{yuan}元', stage: wordsOf(), statement: wordsOf(), page: '{from}–{to}/{all}', missing_count: '缺{count}', problem_count: '错{count}' });
const ROLES = [['victim', '受害人'], ['helper', '帮助人']];
const SPEC = {
  kinds: [['found', '法院认定']],
  head: { fields: [{ id: 'title', kind: 'words', label: '名称', must: true }, { id: 'loss_fen', kind: 'money', label: '损失', must: true }, { id: 'known', kind: 'flag', label: '明知' },
    { id: 'pooled', kind: 'flag', label: '合并', default: false }, { id: 'on', kind: 'day', label: '日期' }, { id: 'note', kind: 'line', label: '备注', more: true }] },
  steps: [{ id: 'case', label: '案件', lead: '', tables: [] }, { id: 'parties', label: '当事人', lead: '', tables: ['parties'] }, { id: 'money', label: '转账', lead: '', tables: ['accounts', 'transfers'] }],
  tables: [{ id: 'parties', label: '当事人', one: '人', fields: [{ id: 'id', kind: 'id', label: '代号', technical: true }, { id: 'name', kind: 'words', label: '姓名' }, { id: 'role', kind: 'choice', label: '角色', options: ROLES, must: true }] },
    { id: 'accounts', label: '账户', one: '户', fields: [{ id: 'holder', kind: 'pointer', label: '谁的', homes: ['parties'], must: true }] },
    { id: 'transfers', label: '转账', one: '笔', fields: [{ id: 'payer', kind: 'pointer', label: '付款', homes: ['parties', 'accounts'] }, { id: 'payee', kind: 'pointer', label: '收款', homes: ['parties', 'accounts'] }, { id: 'amount_fen', kind: 'money', label: '金额', must: true }] }],
};
const FIRST = () => ({ title: { zh: '案', en: '案' }, loss_fen: 100_00, parties: [{ id: 'z', role: 'victim', name: { zh: '赵', en: 'Zhao' } }, { id: 'h', role: 'helper', name: { zh: '张', en: 'Zhang' } }],
  accounts: [{ id: 'a', holder: 'h' }], transfers: [{ id: 't1', payer: 'z', payee: 'a', amount_fen: 100_00 }] });

async function editor(first = FIRST()) {
  sessionStorage.clear();
  localStorage.clear();
  const model = modelOf({ words: say(), spec: SPEC, stock: [], labs: [['01-case', '01', '一'], ['02-fault', '02', '二']], colors: {}, blank: {}, first, starts: [['blank', '空白'], ['sample', '示例']], most: 1000, broken: false, linked: false, text: '', links: [1, 2] });
  const el = shown(document.createElement('div'));
  const drop = await own({ model, el });
  const find = (selector) => el.querySelector(selector);
  const checked = (more = {}) => model.tell('msg:custom', { checked: { n: model.sent.filter(({ check }) => check).at(-1).check.n, problems: [], warnings: [], count: 0, lab: '', shut: {}, link: '', text: '', title: '', result: null, ...more } });
  const last = () => model.sent.filter(({ check }) => check).at(-1).check.draft;
  return { model, el, find, drop, checked, last, settled: async () => { await wait(450); return last(); } };
}

test('typing in one field is one step of undo, another field another; redo gives it back', async () => {
  const { find, settled, drop, el } = await editor();
  const name = find('[data-spot="parties/0/name"] input');
  for (const value of ['李', '李某', '李某某']) write(name, value);
  write(find('[data-spot=loss_fen] input'), '200');
  same((await settled()).parties[0].name.zh, '李某某');
  find('[data-id=undo]').click();
  find('[data-id=undo]').click();
  same([(await settled()).parties[0].name.zh, find('[data-id=undo]').ariaDisabled], ['赵', 'true']);
  find('[data-id=redo]').click();
  same((await settled()).parties[0].name.zh, '李某某');
  same(el.querySelectorAll('.own-step:not([hidden])').length, 1);
  drop();
});

test('the only transfer goes along with the loss, and an answer to an older draft says nothing', async () => {
  const { find, model, settled, checked, drop } = await editor();
  write(find('[data-spot=loss_fen] input'), '2,500.50');
  same([(await settled()).transfers[0].amount_fen, find('.own-followed') !== null], [250_050, true]);
  checked({ n: 1, problems: [{ spot: ['loss_fen'], said: '太大', missing: false }], count: 1 });
  same(text(find('.own-form'), '.own-problem'), []);
  same(model.sent.length > 1, true);
  drop();
});

test('what is lacking stands at its step as lacking, what is wrong at its field as wrong', async () => {
  const { el, find, checked, drop } = await editor();
  checked({ count: 2, problems: [{ spot: ['loss_fen'], said: '太大', missing: false, path: 'loss_fen', code: 'x', file: 'f' }, { spot: ['parties', 1, 'role'], said: '缺', missing: true }] });
  const badge = (step) => { const each = find(`.own-steps [data-step=${step}] .own-badge`); return [each.textContent, each.classList.contains('is-lacking')]; };
  same([badge('case'), badge('parties'), badge('money')[0]], [['1', false], ['1', true], '']);
  const field = find('[data-spot=loss_fen] input');
  same([text(find('[data-spot=loss_fen]'), '.own-problem'), field.getAttribute('aria-invalid'), field.getAttribute('aria-describedby')], [['太大。'], 'true', 'own-problem-0']);
  same([find('.own-status').textContent.includes('problem_heard'), text(find('.own-list'), 'h2')], [true, ['错1']]);
  find('.own-lacks .own-jump').click();
  same([find('.own-steps [aria-current]').dataset.step, document.activeElement.closest('[data-spot]').dataset.spot], ['parties', 'parties/1/role']);
  checked();
  same([badge('case')[0], field.hasAttribute('aria-invalid'), text(el, '.own-form .own-problem')], ['', false, []]);
  drop();
});

test('a lesson is open once the case is whole, and a link that no server takes is none', async () => {
  const { find, checked, drop } = await editor();
  checked({ problems: [{ spot: ['loss_fen'], said: '', missing: true }], count: 1 });
  const first = () => find('.own-labs a');
  same([first().ariaDisabled, first().hasAttribute('href'), find('#own-labs-shut').textContent], ['true', false, 'labs_missing']);
  checked({ lab: 'L', link: '' });
  same([first().hasAttribute('aria-disabled'), first().href.endsWith('01-case#s=L')], [false, true]);
  checked({ lab: 'L', shut: { '01-case': 'no helper' } });
  same([first().ariaDisabled, first().hasAttribute('href'), find('#own-shut-01').textContent], ['true', false, 'no helper']);
  find('[data-id=copy]').click();
  same(find('.own-said').textContent, 'too_long');
  drop();
});

test('what must be given says so itself, what need not does not', async () => {
  const { find, drop } = await editor();
  const must = (spot) => find(`[data-spot="${spot}"] :is(input, select)`).getAttribute('aria-required');
  same([must('title'), must('loss_fen'), must('on')], ['true', 'true', null]);
  same([find('[data-spot=known] label').htmlFor, find('[data-spot=title] small').ariaHidden], [find('[data-spot=known] select').id, 'true']);
  drop();
});

test('yes, no and nobody knows are three answers; a tick that is usual is not written', async () => {
  const { find, settled, drop } = await editor();
  const known = find('[data-spot=known] select');
  const given = [];
  for (const value of ['yes', 'no', '']) { write(known, value, 'change'); given.push((await settled()).known); }
  same(given, [true, false, undefined]);
  write(find('[data-spot=pooled] input'), true, 'change');
  same((await settled()).pooled, true);
  write(find('[data-spot=pooled] input'), false, 'change');
  same('pooled' in await settled(), false);
  drop();
});

test('no amount is guessed from what is none, and a day that is not there says so', async () => {
  const { find, settled, drop } = await editor();
  write(find('[data-spot=loss_fen] input'), '2万');
  same((await settled()).loss_fen, '2万');
  write(find('[data-spot=loss_fen] input'), ' ');
  same('loss_fen' in await settled(), false);
  same(find('[data-spot=on] [data-blank]').textContent, 'unknown');
  write(find('[data-spot=on] input'), '2024-01-02');
  same([(await settled()).on, find('[data-spot=on] [data-blank]').textContent], ['2024-01-02', '']);
  drop();
});

test('rows come twenty at a time; the last page has none after it, the first none before', async () => {
  const many = { ...FIRST(), transfers: Array.from({ length: 40 }, (_, n) => ({ id: `t${n}`, payer: 'z', payee: 'a', amount_fen: n })) };
  const { find, el, drop } = await editor(many);
  const pages = () => { const [before, after] = el.querySelectorAll('[data-table=transfers] .own-pager button'); return [before.ariaDisabled, text(el, '[data-table=transfers] .own-pager span')[0], after.ariaDisabled]; };
  same(pages(), ['true', '1–20/40', 'false']);
  el.querySelectorAll('[data-table=transfers] .own-pager button')[1].click();
  same(pages(), ['false', '21–40/40', 'true']);
  el.querySelectorAll('[data-table=transfers] .own-pager button')[1].click();
  same([pages()[1], find('[data-row="20"]') !== null], ['21–40/40', true]);
  drop();
});

test('rows are added, doubled, moved and removed, each with an id of its own', async () => {
  const { find, settled, drop } = await editor();
  find('[data-id=add-parties]').click();
  const press = (row, id) => find(`[data-table=parties] [data-row="${row}"] [data-id=${id}]`).click();
  press(2, 'double');
  press(3, 'up');
  press(2, 'up');
  same((await settled()).parties.map(({ id }) => id), ['z', 'p4', 'h', 'p3']);
  press(1, 'remove');
  same((await settled()).parties.map(({ id, role }) => [id, role]), [['z', 'victim'], ['h', 'helper'], ['p3', 'helper']]);
  drop();
});

test('Ctrl+Z undoes, but where one types it is the browser’s own', async () => {
  const { find, settled, drop } = await editor();
  write(find('[data-spot=known] select'), 'yes', 'change');
  same(key('z', find('[data-spot=loss_fen] input'), { ctrlKey: true }), false);
  same([key('z', find('[data-spot=known] select'), { ctrlKey: true }), (await settled()).known], [true, undefined]);
  same(key('y', document.body, { ctrlKey: true }), true);
  drop();
});

test('a draft is kept where the reader said, and nowhere before', async () => {
  const { find, model, drop } = await editor();
  const kept = () => [sessionStorage, localStorage].map((storage) => JSON.parse(storage.getItem('simlib:own:1') ?? 'null')?.draft.loss_fen ?? null);
  write(find('[data-spot=loss_fen] input'), '3');
  await wait(450);
  same([kept(), find('.own-place-ask').hidden], [[null, null], false]);
  find('[data-id=keep-days]').click();
  same([kept(), find('.own-place-ask').hidden, find('[data-id=keep-in-days]').checked], [[null, 300], true, true]);
  write(find('[data-id=keep-in-visit]'), true, 'change');
  same(kept(), [300, null]);
  find('[data-id=forget]').click();
  same([kept(), find('[data-id=forget]').textContent], [[300, null], 'forget_sure']);
  find('[data-id=forget]').click();
  same([kept(), model.sent.at(-1)], [[null, null], { start: 'blank' }]);
  drop();
  same(model.listeners(), 0);
});

// ---------------------------------------------------------------- a statement

const VIEW = () => ({ columns: [{ role: 'date', header: '日期', doubts: [] }, { role: '', header: '金额', doubts: ['可疑'] }], roles: [['date', '日期'], ['amount', '金额']], rows: [{ row: 2, cells: ['1', '2'], state: 'taken' }],
  table: 0, tables: ['一', '二'], statements: [0], first: 1, more: 5, header_row: 1, headers: [[1, 'a']], unit: 'yuan', positive: 'ask', negative: 'refuse', negatives: 0, marks: [['借', '']], words: [], year: null, yearless: true,
  order: '', owed: false, owned: true, account: '', holder: '', signs: null, notes: ['n1', 'n2', 'n3', 'n4'], lines: [], told: [], error: '', read: 1, taken: 1, layout: '' });

test('a column holds one thing and a thing one column; an answer to what was said before is not drawn', async () => {
  const sent = [];
  const made = makeColumns({ say: wordsOf(), send: (said) => sent.push(said), go: () => sent.push('go') });
  shown(made.node);
  made.draw(VIEW());
  write(made.node.querySelector('[data-key=column-1]'), 'date', 'change');
  await wait(5);
  same([sent[0].map.columns, sent[0].map.n], [{ date: 2 }, 1]);
  made.draw({ ...VIEW(), n: 0, layout: 'x' });
  write(made.node.querySelector('[data-key=positive]'), 'in', 'change');
  await wait(5);
  const heads = () => text(made.node, '.own-col-name');
  made.draw({ ...VIEW(), n: 1, columns: [] });
  same(heads(), ['日期', '金额']);
  made.draw({ ...VIEW(), n: 2, columns: VIEW().columns.slice(0, 1) });
  same([heads(), sent[1].map.positive], [['日期'], 'in']);
  made.node.querySelector('[data-id=statement-insert]').click();
  same(sent.at(-1), 'go');
});

test('while a statement is drawn anew the field that is typed in keeps focus and words, the fold stays open', async () => {
  const made = makeColumns({ say: wordsOf(), send() {}, go() {} });
  shown(made.node);
  made.draw(VIEW());
  made.node.querySelector('[data-fold=others]').open = true;
  const year = made.node.querySelector('[data-key=year]');
  year.focus();
  write(year, '202');
  made.draw({ ...VIEW(), error: '读不了', positive: 'out', year: '20' });
  same([document.activeElement === year, year.value, made.node.querySelector('[data-fold=others]').open, text(made.node, '.own-warn')], [true, '202', true, ['读不了']]);
  same([text(made.node, 'ul li'), year.labels[0].textContent], [['n1', 'n2', 'n3', 'n4'], 'year']);
});

function questions() {
  const model = modelOf({});
  const replaced = [];
  const page = { say: wordsOf({ ask_claimant: '谁起诉', ask_lender: '谁出借' }), ui: { lang: 'zh' }, model, draft: { parties: [], transfers: [] }, isBlank: true, lesson: 'L', replace: (draft, said) => replaced.push([draft, said]) };
  const made = makeAsked({ page, back() {}, onto() {}, again() {} });
  shown(made.node);
  const people = ['赵', '张', '李'].map((name, n) => ({ n, name, there: [], accounts: [], own: false, only_name: false }));
  made.begin({ listed: people, more: 0 });
  return { model, made, replaced, go: (id) => made.node.querySelector(`[data-id=statement-${id}]`).click(), pick: (id, n) => made.node.querySelector(`#statement-${id}-${n}`) };
}

test('one person sues and several may have lent; who has one part is not asked about another', () => {
  const { model, made, go, pick } = questions();
  go('replace');
  write(pick('claimant', 0), true, 'change');
  write(pick('claimant', 1), true, 'change');
  go('next');
  same(text(made.node, '.own-tick strong'), ['赵', '李']);
  for (const n of [0, 1]) write(pick('lender', n), true, 'change');
  write(pick('lender', 0), false, 'change');
  go('next');
  write(made.node.querySelector('#statement-unknown'), true, 'change');
  go('next');
  const { roles, unknown, mode } = model.sent.at(-1).insert;
  same([roles, unknown, mode], [[[1, 'victim'], [2, 'lender']], true, 'replace']);
});

test('a question can be skipped and gone back to, and the focus follows the question', () => {
  const { made, go, pick } = questions();
  go('replace');
  write(pick('claimant', 0), true, 'change');
  go('skip');
  same([document.activeElement.tagName, text(made.node, '.own-tick').length], ['LEGEND', 3]);
  go('before');
  same([pick('claimant', 0).checked, pick('claimant', 0).type], [false, 'radio']);
  go('before');
  same(made.node.querySelector('[data-id=statement-replace]').className, 'own-strong');
});

test('rules that changed since are named once, and set back into the draft', async () => {
  const { model, el, find, checked, settled, drop } = await editor();
  same(model.sent.filter(({ check }) => check).at(-1).check.links, 1);
  checked({ earlier: { said: '旧规则', rules: { pieces: 'off' } } });
  same(el.textContent.includes('旧规则'), true);
  find('[data-id=rules-then]').click();
  same([(await settled()).rules, model.sent.filter(({ check }) => check).at(-1).check.links], [{ pieces: 'off' }, 2]);
  checked({ earlier: null });
  same(find('[data-id=rules-then]').closest('div[role=status]').hidden, true);
  drop();
});
