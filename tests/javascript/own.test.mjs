// Amounts as typed, names of things, another id, drafts of before: plain functions of the editor.
import assert from 'node:assert/strict';
import test from 'node:test';
import { load } from './load.mjs';

const { besideName, modern, nameOf, renamed, toFen, toYuan } = await load('own-names.js');

const say = { lang: 'zh', row: '第 {n} 项', account_of: '{who}的账户', account_nth: '{who}的账户 {n}', transfer: '{payer} → {payee}', money: '{yuan}元' };
const spec = { head: { fields: [{ id: 'claimant', homes: ['parties'] }] }, tables: [
  { id: 'parties', fields: [{ id: 'role', options: [['helper', '帮助人']] }] },
  { id: 'accounts', fields: [{ id: 'holder', homes: ['parties'] }] },
  { id: 'transfers', fields: [{ id: 'payer', homes: ['parties', 'accounts'] }, { id: 'payee', homes: ['parties', 'accounts'] }] },
  { id: 'positions', fields: [] },
  { id: 'recoveries', fields: [{ id: 'payer', homes: ['parties'], also: [['pool', '公安返还']] }] },
] };
const draft = () => ({
  claimant: 'z', parties: [{ id: 'z', role: 'victim', name: { zh: '赵某', en: 'Zhao' } }, { id: 'h', role: 'helper', name: { zh: '张某', en: 'Zhang' } }],
  accounts: [{ id: 'a1', holder: 'h' }, { id: 'a2', holder: 'h' }, { id: 'a3', holder: 'z' }],
  transfers: [{ id: 't1', payer: 'z', payee: 'a2', amount_fen: 2_500_050 }],
  positions: [{ id: 'base', set: { 'h.grade': 'slight', 'h.proof.fault': 0.5, loss_fen: 1 } }],
});
const context = (held, lang = 'zh') => ({ say: { ...say, lang }, spec, draft: held });

test('yuan as typed are whole fen, and what is no amount stays', () => {
  assert.equal(toFen('25000'), 2_500_000);
  assert.equal(toFen('２５，０００元'), 2_500_000);
  assert.equal(toFen('25,000.00'), 2_500_000);
  assert.equal(toFen('￥25,000.00元'), 2_500_000);
  assert.equal(toFen('1234.5'), 123_450);
  assert.equal(toFen('-0.01'), -1);
  assert.equal(toFen('2万'), '2万');
  assert.equal(toFen('1.234'), '1.234');
  assert.equal(toYuan(2_500_050), '25000.50');
  assert.equal(toYuan(-1), '-0.01');
  assert.equal(toYuan('2万'), '2万');
});

test('nothing is called by its id', () => {
  const held = draft();
  const called = (table, n, lang) => nameOf(context(held, lang), table, held[table][n], n);
  assert.equal(called('parties', 1), '张某');
  assert.equal(called('parties', 1, 'en'), 'Zhang');
  assert.equal(called('accounts', 1), '张某的账户 2');
  assert.equal(called('accounts', 2), '赵某的账户');
  assert.equal(called('transfers', 0), '赵某 → 张某的账户 2');
  assert.equal(nameOf(context(held), 'recoveries', { payer: 'pool' }, 0), '公安返还');
  assert.equal(nameOf(context(held), 'transfers', {}, 0), '？ → ？');
  assert.equal(nameOf(context(held), 'parties', {}, 4), '第 5 项');
});

test('beside a name stand its role and its amount', () => {
  const held = draft();
  assert.equal(besideName(context(held), 'parties', held.parties[1]), '帮助人');
  assert.equal(besideName(context(held), 'transfers', held.transfers[0]), '25000.50元');
  assert.equal(besideName(context(held, 'en'), 'transfers', held.transfers[0]), '25,000.50元');
});

test('another id goes wherever the old one stood, and nowhere if it is still used', () => {
  const held = draft();
  renamed(context(held), 'parties', 'h', 'zhang');
  assert.equal(held.parties[1].id, 'h');  // still a row's: nothing moves
  held.parties[1].id = 'zhang';
  renamed(context(held), 'parties', 'h', 'zhang');
  assert.deepEqual(held.accounts.map(({ holder }) => holder), ['zhang', 'zhang', 'z']);
  assert.deepEqual(held.positions[0].set, { 'zhang.grade': 'slight', 'zhang.proof.fault': 0.5, loss_fen: 1 });
  assert.equal(held.claimant, 'z');
});

test('settings that a browser kept as lines are facts by path', () => {
  const held = modern({ positions: [{ set: '"h.grade" = "slight"\nh.fault = 0.5\nfiled_on = 2024-01-10\n\nnothing' }, { set: { 'h.sued': false } }] });
  assert.deepEqual(held.positions[0].set, { 'h.grade': 'slight', 'h.fault': 0.5, filed_on: '2024-01-10' });
  assert.deepEqual(held.positions[1].set, { 'h.sued': false });
  assert.deepEqual(modern({}), {});
});
