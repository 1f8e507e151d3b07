// Stage mode: the order of its steps, what a board that asks hides, and whose the arrows are.
import assert from 'node:assert/strict';
import test from 'node:test';
import { load } from './load.mjs';

const { stepsOf, masked, fresh, reserved, wayOf, jumpOf, told, winner, leading, clashOf, unsaid, titleOf, polled, begun, slidesOf, slid } = await load('stage-mode-steps.js');

test('the bet, the reveal, then each scene with its question before its answer', () => {
  const steps = stepsOf([{ id: 'start' }, { id: 'grade' }]);
  assert.deepEqual(steps.map(({ kind }) => kind), ['bet', 'reveal', 'question', 'answer', 'question', 'answer', 'end']);
  assert.deepEqual(steps.map(({ scene }) => scene), ['', '', 'start', 'start', 'grade', 'grade', '']);
});

test('a board that asks gives no amount, no bar and no mark away', () => {
  const cell = { low: 0, high: 1_250_000, text: '0–12500', name: '按份责任，对外，0至12500元', say: 'several|exposure|zhang', kept: null };
  const row = { id: 'several', name: '按份责任', note: '第1172条', authority: 'law in force', ghost: '仅作假设', stamp: '', more: false, changed: true, still: '没有变', cells: { exposure: cell } };
  const board = { rows: [row], top_fen: 2_500_000, answer: { fen: 1_250_000, label: '你的答案' } };
  const hidden = masked(board, '？');
  assert.deepEqual(hidden.rows[0].cells.exposure, { low: 0, high: 0, text: '？', name: '按份责任: ？', say: '', kept: null, was: null });
  assert.doesNotMatch(JSON.stringify(hidden), /12500|1250000|仅作假设|没有变/);
  assert.equal(hidden.rows[0].name, '按份责任');
  assert.equal(board.rows[0].cells.exposure, cell);
});

test('of a board that asks about some rows the others are shown', () => {
  const cells = () => ({ exposure: { low: 0, high: 5, text: '5', name: '', say: 'a', kept: null, was: null } });
  const rows = [{ id: 'gao', name: '高', cells: cells() }, { id: 'du', name: '杜', cells: cells() }];
  assert.deepEqual(masked({ rows, answer: null }, '？', ['gao']).rows.map(({ cells: { exposure } }) => exposure.text), ['？', '5']);
  assert.deepEqual(masked({ rows, answer: null }, '？', []).rows, rows);
});

test('arrows in a knob are the knob’s, page keys always lead on', () => {
  assert.deepEqual(['ArrowRight', 'ArrowLeft', 'PageDown', 'PageUp', 'a'].map((key) => wayOf(key, false)), [1, -1, 1, -1, 0]);
  assert.deepEqual(['ArrowRight', 'ArrowLeft', 'PageDown', 'PageUp'].map((key) => wayOf(key, true)), [0, 0, 1, -1]);
  assert.deepEqual(['ArrowRight', 'ArrowLeft', 'ArrowUp'].map((key) => wayOf(key, true, true)), [1, 0, 0]);  // a typed number
});

test('a column of amounts keeps room for the widest range of its scale', () => {
  const cells = { exposure: { text: '25000' }, received: { text: '12345–25000' } };
  const board = { rows: [{ cells }], columns: [{ id: 'exposure', room: '' }, { id: 'received' }], ticks: [{ text: '0' }, { text: '25000' }] };
  assert.equal(reserved(board, ['exposure']), '12345–25000'.length);
  assert.equal(reserved(board, ['exposure', 'received']), '0–25000'.length);  // a longer one takes two lines
  assert.equal(reserved({ ...board, rows: [] }, ['exposure'], 'en'), '0000–25000'.length);
  const months = { rows: [{ cells: {} }], columns: [{ id: 'document', room: '' }, { id: 'months', room: '没有日期' }], ticks: [{ text: '0' }, { text: '48' }] };
  assert.equal(reserved(months, ['document', 'months']), 8);  // four letters, each as wide as two digits
});

test('a number jumps to the question of its scene, Home and End to both ends', () => {
  const steps = stepsOf([{ id: 'start' }, { id: 'grade' }]);  // bet, reveal, two questions with answers, end
  assert.deepEqual(['1', '2', '3', '0', 'Home', 'End', 'a'].map((key) => jumpOf(key, steps)), [2, 4, null, null, 0, 6, null]);
});

test('of another case numbers lead to slides, each with its rows and bars', () => {
  const slide = { rows: ['joint', 'gone'], columns: ['received', 'burden'], column: 'received' };
  const steps = slidesOf([{ rows: ['auto'], columns: ['exposure'], column: 'exposure' }, slide]);
  assert.deepEqual(['1', '2', '3', 'Home', 'End'].map((key) => jumpOf(key, steps)), [0, 1, null, 0, 1]);
  const board = { column: 'exposure', rows: [{ id: 'auto', more: false }, { id: 'joint', more: true }] };
  assert.deepEqual(slid(board, slide), { column: 'received', rows: [{ id: 'joint', more: false }] });
});

test('hands are told option by option, and the most of them win unless two are alike', () => {
  const words = { voted: '开场时你们：{parts}', vote_of: '{option} {n}', vote_join: '、' };
  const counts = { '0元': 9, 一部分: 20, '25000元': 31 };
  assert.equal(told({ chosen: {}, counts }, words), '开场时你们：0元 9、一部分 20、25000元 31');
  assert.equal(told({ chosen: { amount: '0元' }, counts: {} }, words), '开场时你们：0元');
  assert.equal(told({ chosen: {}, counts: {} }, words), '');
  assert.equal(winner(counts), '25000元');
  assert.equal(winner({ a: 2, b: 2 }), '');
});

test('every question that was counted has its hands, as parts of all of them', () => {
  const asked = { kept: '还在吗？', helps: '哪一样最有用？', other: '？' };
  const vote = { chosen: {}, heads: 'kept', counts: { 在: 31, 不在: 29 }, also: { helps: { 快: 5, 保全: 15 }, other: {} }, asked };
  assert.deepEqual(polled(vote).map(({ asked, of }) => [asked, of]), [['还在吗？', 60], ['哪一样最有用？', 20]]);
  const words = { voted: '开场时你们：{parts}', vote_of: '{option} {n}', vote_join: '、', vote_and: '；' };
  assert.equal(told(vote, words), '开场时你们：在 31、不在 29；快 5、保全 15');
  assert.equal(told({ ...vote, counts: {}, also: {}, chosen: { helps: '快', kept: '在' } }, words), '开场时你们：在、快');
  assert.deepEqual(polled({ chosen: {}, counts: { a: 0 } }), []);
});

test('a board after one that was covered draws nothing of before', () => {
  const board = { rows: [{ id: 'several', cells: { exposure: { text: '0', was: { low: 0, high: 5, text: '5' } } } }] };
  assert.deepEqual(fresh(board).rows[0].cells.exposure, { text: '0', was: null });
  assert.equal(board.rows[0].cells.exposure.was.text, '5');
});

test('a question that is come back to says nothing of its answer', () => {
  const row = { id: 'several', changed: true, still: '没有变。', same: '没有变', cells: { exposure: { text: '0', was: { low: 0, high: 5, text: '5' } } } };
  const [now] = begun({ rows: [row] }).rows;
  assert.deepEqual([now.changed, now.still, now.same, now.cells.exposure], [false, '', '', { text: '0', was: null }]);
});

test('counts decide which option is the class’s, a click where two have as many', () => {
  const counts = { '0元': 31, 一部分: 9, '25000元': 5 };
  assert.equal(leading({ chosen: { amount: '一部分' }, counts }, 'amount'), '0元');
  assert.equal(leading({ chosen: { amount: '一部分' }, counts: {} }, 'amount'), '一部分');
  assert.equal(leading({ chosen: { amount: 'b' }, counts: { a: 2, b: 2, c: 1 } }, 'amount'), 'b');
  assert.equal(leading({ chosen: { amount: 'c' }, counts: { a: 2, b: 2, c: 1 } }, 'amount'), '');
});

test('a ruling that orders an amount contradicts itself, and a judgment that orders none', () => {
  const clashes = [{ id: 'document', value: 'ruling', amount: 'amount', pays: true, said: '裁定' }, { id: 'document', value: 'judgment', amount: 'amount', pays: false, said: '判决' }];
  assert.equal(clashOf(clashes, { document: 'ruling', amount: '25000元' }), '裁定');
  assert.equal(clashOf(clashes, { document: 'ruling', amount: '一部分' }), '裁定');
  assert.equal(clashOf(clashes, { document: 'ruling', amount: 'CNY 0' }), '');
  assert.equal(clashOf(clashes, { document: 'judgment', amount: '0元' }), '判决');
  assert.equal(clashOf(clashes, { document: 'judgment', amount: '' }), '');  // not voted on
});

test('amounts that were said are not listed once more, and what else is said stays', () => {
  const sentence = '现在支付：甲15625元、乙9375元；受害人收到25000元，未受偿0元。';
  const moved = '甲：由0元变为15625元。乙：由20000元变为9375元。受害人自己承受：由5000元变为0元。';
  assert.equal(unsaid(sentence, moved), '受害人收到25000元，未受偿0元。');
  assert.equal(unsaid(sentence, '没有变。'), sentence);
  assert.equal(unsaid('Now: A 3, B 4; C has more.', 'A: 3. B: 4.'), 'C has more.');
  assert.equal(unsaid('C has more; A 3, B 4.', 'A: 3. B: 4.'), 'C has more.');
});

test('a number is named with its unit, and words without one', () => {
  const columns = [{ id: 'document', label: '文书' }, { id: 'months', label: '何时判决' }];
  const cells = { document: { text: '裁定中止', low: null, say: 'law|document|' }, months: { text: '5–35', low: 500, say: 'law|months|' } };
  const board = { rows: [{ name: '依法中止', cells }], columns, unit: '个月' };
  assert.equal(titleOf(board, 'law|months|'), '依法中止 · 何时判决 · 5–35个月');
  assert.equal(titleOf(board, 'law|document|'), '依法中止 · 文书 · 裁定中止');
  assert.equal(titleOf(board, 'law|large|'), '');
});
