// Money as width, ladders of knobs, lines of the saved picture: every number by hand.
import assert from 'node:assert/strict';
import test from 'node:test';
import { load } from './load.mjs';

const { percent, span, letters, ladder, within, middle, grouped, lines, stamped, marked, sentences, unbroken, withState, isTrying, spread, free, phrases, clauses, authorityOf, clear } = await load('stage-measures.js');

test('an amount is its share of the scale', () => {
  assert.equal(percent(1_250_000, 2_500_000), 50);
  assert.equal(percent(100_000, 5_000_000), 2);  // 1,000 yuan is a fiftieth of 50,000
  assert.equal(percent(0, 2_500_000), 0);
});

test('no bar leaves the scale, and a scale of nothing has none', () => {
  assert.equal(percent(3_000_000, 2_500_000), 100);
  assert.equal(percent(-1, 2_500_000), 0);
  assert.equal(percent(1, 0), 0);
});

test('a band begins where the certain part ends', () => {
  assert.deepEqual(span({ low: 500_000, high: 1_250_000 }, 2_500_000), { solid: 20, band: 30, end: 50 });
  assert.deepEqual(span({ low: 2_500_000, high: 2_500_000 }, 2_500_000), { solid: 100, band: 0, end: 100 });
  assert.deepEqual(span({ low: 0, high: 9_000_000 }, 2_500_000), { solid: 0, band: 100, end: 100 });
});

test('a Chinese letter is as wide as it is high, a Latin one a little more than half', () => {
  assert.equal(letters('重大过失'), 4);
  assert.equal(letters('12500元').toFixed(2), (5 * 0.56 + 1).toFixed(2));
  assert.equal(letters(''), 0);
});

// A step needs 15 px a letter and 14 px beside it; 252 px are one row, 380 px one on a phone.
const steps = (...labels) => labels.map((label) => ({ value: label, label }));

test('few short steps lie in one row, wherever they are shown', () => {
  assert.equal(ladder(steps('是', '否')), 'row');  // 2 × 29 = 58
  assert.equal(ladder(steps('一般', '重大', '明知')), 'row');  // 3 × 44 = 132
});

test('more or longer steps lie in a row on a phone only, or one below the other', () => {
  assert.equal(ladder(steps('一般过失', '重大过失', '明知', '通谋')), 'phone');  // 4 × 74 = 296
  assert.equal(ladder(steps('没有过错', '一般过失', '重大过失', '明知帮助', '通谋共同')), 'phone');  // 370
  assert.equal(ladder(steps('没有过错的', '一般', '重大', '明知', '通谋')), 'tall');  // 5 × 89 = 445
});

test('a number typed out of range becomes the nearest in range', () => {
  assert.equal(within(9, { min: 0, max: 0.95 }), 0.95);
  assert.equal(within(-3, { min: 0, max: 1 }), 0);
  assert.equal(within(0.4, {}), 0.4);
});

test('the middle of a control is one of its steps', () => {
  assert.equal(middle({ min: 0, max: 1, step: 0.05 }), 0.5);
  assert.equal(middle({ min: 0, max: 30_000, step: 500 }), 15_000);
  assert.ok([0.45, 0.5].includes(middle({ min: 0, max: 0.95, step: 0.05 })));  // .475 is none
  // Of two steps as near the higher: 1.5 of 3 is 2.
  for (const [min, max, step, there] of [[0, 3, 1, 2], [0, 30, 5, 15], [1, 4, 1, 3], [0, 5, 2, 2], [-1, 2, 1, 1]])
    assert.equal(middle({ min, max, step }), there);
});

const eight = (text) => text.length * 8;

test('Chinese breaks anywhere, but no line begins with a point', () => {
  assert.deepEqual(lines('张某要赔赵某多少', eight, 32), ['张某要赔', '赵某多少']);
  assert.deepEqual(lines('张某要赔，赵某得', eight, 32), ['张某要赔，', '赵某得']);
});

test('numbers and Latin words stay whole', () => {
  assert.deepEqual(lines('赔12500元', eight, 48), ['赔12500', '元']);
  assert.deepEqual(lines('the helper pays', eight, 80), ['the helper ', 'pays']);
});

test('thousands stand apart in English only', () => {
  assert.equal(grouped(30000, 'en'), '30,000');
  assert.equal(grouped(30000, 'zh'), '30000');
});

test('a stamp stands over an empty bar only; under a full one it says of which column it is', () => {
  const columns = [{ label: '对外' }, { label: '收到' }];
  const cells = { exposure: { low: 0, high: 0, text: '0' }, received: { low: 0, high: 2_500_000, text: '25000' } };
  const row = { stamp: '判决驳回', ghost: '', cells };
  assert.deepEqual(stamped(row, columns, 'exposure', 'zh'), { over: '判决驳回', said: '' });
  assert.deepEqual(stamped(row, columns, 'received', 'zh'), { over: '', said: '对外：判决驳回' });
  assert.deepEqual(stamped({ ...row, ghost: '仅作假设' }, columns, 'received', 'zh'), { over: '', said: '对外：判决驳回；仅作假设' });
  assert.deepEqual(stamped({ ...row, stamp: 'nothing' }, [{ label: 'Outward' }], 'received', 'en'), { over: '', said: 'Outward: nothing' });
  assert.deepEqual(stamped({ ...row, stamp: '', ghost: '仅作假设' }, columns, 'received', 'zh'), { over: '', said: '仅作假设' });
});

test('a skipped task is not a done one; the reader tries from the first begun to the last settled', () => {
  const at = (...states) => states.map((state, n) => ({ id: `${n}`, state }));
  assert.deepEqual(withState(at('done', 'skipped', 'guessed'), ['done']), ['0']);
  assert.equal(isTrying(at('new', 'new')), false);
  assert.equal(isTrying(at('open', 'new')), true);
  assert.equal(isTrying(at('done', 'new')), true);
  assert.equal(isTrying(at('done', 'skipped')), true);
});

test('a legend names what the bars of the column show, and no more', () => {
  const row = { authority: 'doctrine', ghost: 'premise fails', cells: { exposure: { low: 0, high: 5, text: '' }, received: { low: 0, high: 0, text: '' } } };
  const law = { authority: 'law', ghost: '', cells: { exposure: { low: 1, high: 5, text: '' } } };
  assert.deepEqual(marked([row], 'exposure'), { authorities: new Set(['doctrine']), open: true, ghost: true, own: false });
  assert.deepEqual(marked([row, law], 'received'), { authorities: new Set(), open: false, ghost: false, own: false });
  assert.deepEqual(marked([law], 'exposure'), { authorities: new Set(['law']), open: true, ghost: false, own: false });
  const borne = { ...law, own: true };  // by the victim: his colour, not that of an authority
  assert.deepEqual(marked([borne], 'exposure'), { authorities: new Set(), open: true, ghost: false, own: true });
});

test('a text falls into its sentences, and no article number ends one', () => {
  assert.deepEqual(sentences('现行法由1元变为2元。各行没有变。 学说有争议；见下。'), ['现行法由1元变为2元。', '各行没有变。 ', '学说有争议；见下。']);
  assert.deepEqual(sentences('By art. 519(3) he pays. The rest is CNY 1.5 or so.'), ['By art. 519(3) he pays. ', 'The rest is CNY 1.5 or so.']);
});

test('the large number rests on the authority of the row that says it', () => {
  const rows = [{ authority: 'statute', cells: { owed: { say: 'auto|owed' } } }, { authority: 'foreign', cells: { back: { say: 'fifo|back' } } }];
  assert.equal(authorityOf({ rows }, { say: 'fifo|back' }), 'foreign');
  assert.equal(authorityOf({ rows }, { say: 'loss|happens' }), '');
  assert.equal(authorityOf({ rows: [...rows, { authority: 'teaching', cells: { owed: { say: '' } } }] }, { say: '' }), '');
});

test('no line breaks inside an amount', () => {
  assert.equal(unbroken('0至6583元'), '0\u2060至\u20606583\u2060元');
  assert.equal(unbroken('0 to 6,583'), '0\u00a0to\u00a06,583');
  assert.equal(unbroken('0%–30%'), '0\u2060%\u2060–\u206030\u2060%');
});

const scaleOf = (step, last) => Array.from({ length: last / step + 1 }, (_, n) => ({ fen: n * step, text: String(n * step) }));
const told = (ticks) => ticks.map(({ text }) => text);

test('the words of a scale leave each other room: five digits are 39 px wide at 14 px', () => {
  // 250 px, a step is 50: 39 + 14 = 53, so not every one; every second would miss the end, and what is left are the ends
  assert.deepEqual(told(spread(scaleOf(5000, 25_000), 25_000, 250)), ['0', '25000']);
  assert.deepEqual(told(spread(scaleOf(5000, 25_000), 25_000, 560)), ['0', '5000', '10000', '15000', '20000', '25000']);
  assert.deepEqual(told(spread(scaleOf(20_000, 80_000), 80_000, 214)), ['0', '40000', '80000']);  // evenly
  assert.deepEqual(told(spread(scaleOf(5000, 25_000), 25_000, 0)).length, 6);  // not laid out yet
  const odd = [...scaleOf(5000, 10_000), { fen: 14_000, text: '14000' }];  // 40 px a step at 112: every second would end 32 px before the end
  assert.deepEqual(told(spread(odd, 14_000, 420)), ['0', '5000', '10000', '14000']);
  assert.deepEqual(told(spread(odd, 14_000, 112)), ['0', '14000']);
});

test('words over an empty bar stand where the widest space between its marks begins', () => {
  assert.equal(free([]), 0);
  assert.equal(free([50]), 50);  // as wide on both sides: where it is open to the right
  assert.equal(free([70]), 0);
  assert.equal(free([30, 100]), 30);
  assert.equal(free([0]), 0);
});

test('a title breaks where a clause ends', () => {
  assert.deepEqual(clauses('三个人都要负责：请求多少，收到多少？', 'zh'), ['三个人都要负责：', '请求多少，', '收到多少？']);
  assert.deepEqual(clauses('How much, and why?', 'en'), ['How much, and why?']);
});

test('a name breaks at its comma or bracket, a long one between words', () => {
  assert.deepEqual(phrases('原告举证，实质审查', 'zh'), ['原告举证，', '实质审查']);
  assert.deepEqual(phrases('现行法（多数评注）', 'zh'), ['现行法', '（多数评注）']);
  assert.deepEqual(phrases('为什么是一般过失', 'zh'), ['为什么是', '一般', '过失']);
  assert.deepEqual(phrases(unbroken('为什么可以向乙请求3750元'), 'zh').slice(-1), ['请求3750\u2060元']);
  assert.ok(phrases('是否「足以反驳」，有两种读法', 'zh').includes('反驳」，'));  // no point begins a line
  assert.ok(phrases('高某：提供第一张收款卡', 'zh').includes('第一张'));
  assert.deepEqual(phrases('只有30000元进了高某的卡', 'zh')[0], '只有30000元');
  assert.deepEqual(phrases('several liability, art. 1172', 'en'), ['several liability, art. 1172']);
  assert.equal(phrases('风险—收益比例责任', 'zh').join(''), '风险—收益比例责任');
});

test('a panel lies where there is more room beside a row, and stays there while there is some', () => {
  const area = { top: 50, bottom: 800 };
  const row = (top) => ({ top, bottom: top + 70 });
  assert.deepEqual(clear(row(200), area), { under: true, top: 270, bottom: 800 });  // 150 above, 530 below
  assert.deepEqual(clear(row(600), area), { under: false, top: 50, bottom: 600 });  // 550 above, 130 below
  assert.deepEqual(clear(row(390), area), { under: true, top: 460, bottom: 800 });  // 340 on both sides
  assert.deepEqual(clear(row(500), area, true), { under: true, top: 570, bottom: 800 });  // 230 are enough
  assert.deepEqual(clear(row(600), area, true), { under: false, top: 50, bottom: 600 });
  assert.deepEqual(clear(row(300), area, false), { under: false, top: 50, bottom: 300 });
  assert.deepEqual(clear(row(-90), area), { under: true, top: 50, bottom: 800 });  // scrolled out of sight
  assert.deepEqual(clear(row(900), area), { under: false, top: 50, bottom: 800 });
});
