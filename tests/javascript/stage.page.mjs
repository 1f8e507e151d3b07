// The stage: knobs, board, table, tasks, reasons, bet and stage mode, each drawn alone from a model.
import { board } from '../../simlib/widgets/static/stage-board.js';
import { drawer } from '../../simlib/widgets/static/stage-drawer.js';
import { head } from '../../simlib/widgets/static/stage-head.js';
import { knobs } from '../../simlib/widgets/static/stage-knobs.js';
import { talk } from '../../simlib/widgets/static/stage-mode.js';
import { tasks } from '../../simlib/widgets/static/stage-tasks.js';
import '../../simlib/widgets/static/bet.js';
import { h } from '../../simlib/widgets/static/draw.js';
import { key, modelOf, same, shown, test, text, until, wait, wordsOf, write } from './page.mjs';

const column = (id, label) => ({ id, label, note: '', kind: 'bar', brief: false, basis: '', room: '', gloss: '' });
const cell = (low, high, say) => ({ low, high, text: `${low}–${high}`, name: `name of ${say}`, say, kept: null, was: null });
const row = (id, more = {}) => ({ id, name: id, form: '', note: '', authority: 'law', ghost: '', stamp: '', blank: '', mark: '', same: '', own: false,
  more: false, changed: false, still: '', group: '', cells: { exposure: cell(0, 500, `${id}|"a"`), received: cell(1000, 1000, '') }, ...more });
const BOARD = { columns: [column('exposure', '对外'), column('received', '收到')], column: 'exposure', unit: '元', top_fen: 1000, sentence: '一句。', kept: '', picture: '', pictured: '',
  ticks: [{ fen: 0, text: '0' }, { fen: 1000, text: '10' }], rows: [row('a'), row('b', { more: true })], answer: null, larges: {}, legend: [],
  large: { label: '最多', text: '10', say: '', name: '最多10元' } };
const TASK = { id: 't1', title: '第一', question: '多少？', options: [{ value: 'x', label: 'X' }, { value: 'y', label: 'Y' }, { value: 'z', label: 'Z' }], state: 'open', guess: null,
  do: '做', right: null, stale: false, answer: '', verdict: '对', sum: '因为', lines: ['一', '二'], asked: [], knob: 'k', turn: { knob: 'k', label: '转', value: 1 }, link: '' };
const SCENE = { id: 's1', n: 1, of: 2, question: '问', point: '', answer: '答', answered: false, asks: true, moved: '', back: '', columns: [], covered: [], turns: false, assumed: '' };
const RANGE = { kind: 'range', id: 'k', label: '金额', place: 'main', min: 0, max: 30, step: 5, unit: '元', reset: '重置', open: '不知道' };

/** A desk whose words say their key and values, and what was done at it. */
function deskOf(traits = {}) {
  const model = modelOf({ board: BOARD, bet: { open: false, theirs: false, html: '', said: '' }, frame: { lang: 'zh', colors: {}, topic: 'x', question: '题', changed: [] }, tasks: { now: 't1', list: [TASK], set: '', sums: [] },
    scene: SCENE, scenes: [{ id: 's1' }, { id: 's2' }], reveal: {}, drawer: { say: '', title: '', html: '' }, values: { k: 10 }, tags: {}, spec: [RANGE], asked: {}, heard: {}, tools: {}, link: '', ...traits });
  const done = [];
  const note = (kind) => (...said) => { done.push([kind, ...said]); };
  return { model, done, said: (words) => [words], word: (name, values = {}) => [name, ...Object.values(values)].join(' '),
    tell: note('tell'), press: note('press'), change: (id, value) => done.push(['change', id, value]), note: note('note') };
}

// ---------------------------------------------------------------- knobs

function knobOf(item, value, tags = {}) {
  const desk = deskOf({ spec: [{ ...RANGE, ...item }], values: { k: value }, tags });
  const part = knobs(desk);
  shown(h('div', { class: 'stage' }, part.node));
  return { ...desk, node: part.node, slider: part.node.querySelector('input[type=range]'), typed: part.node.querySelector('input[type=number]') };
}

test('the first key on an empty track lays a value down: Home its least, End its most, an arrow its middle', () => {
  for (const [name, value] of [['Home', 0], ['End', 30], ['ArrowLeft', 15]]) {
    const { slider, done } = knobOf({}, null);
    same([key(name, slider), done], [true, [['change', 'k', value]]]);
  }
  const { slider, done } = knobOf({}, 10);
  same([key('End', slider), done], [false, []]);  // a known value: the browser moves it
});

test('a number typed beyond the ends is set to the end, and that is said', () => {
  const { typed, done } = knobOf({}, 10);
  write(typed, '31', 'change');
  write(typed, '-1', 'change');
  write(typed, '', 'change');
  same(done, [['note', 'most 30元'], ['change', 'k', 30], ['note', 'least 0元'], ['change', 'k', 0]]);
});

test('Enter on a number that was not changed changes nothing, also one between two steps', () => {
  for (const value of [10, 12.3, 30]) {
    const { typed, done } = knobOf({}, value);
    write(typed, String(value), 'change');
    key('Enter', typed);
    same(done, []);
  }
  const most = knobOf({}, 30);
  write(most.typed, '31', 'change');  // it is set to the end, where it was
  same(most.done, [['note', 'most 30元']]);
  const { typed, done } = knobOf({}, null);
  write(typed, '15', 'change');  // what is not known has become a value
  key('Enter', typed);
  same(done, [['change', 'k', 15]]);
});

test('what is not known is an empty track that says so, and its button takes a value away and gives it back', () => {
  const { node, slider, done } = knobOf({}, null);
  same([node.querySelector('.knob').classList.contains('is-open'), slider.getAttribute('aria-valuetext')], [true, '不知道']);
  node.querySelector('.knob-open').click();
  node.querySelector('.knob-open').click();
  same(done, [['change', 'k', 15], ['change', 'k', null]]);
});

test('a knob is reset alone, and one that was not moved has no button for it', () => {
  const moved = knobOf({}, 10, { k: ['fact', '法院认定', true] });
  const back = moved.node.querySelector('.knob-back');
  same([back.hidden, moved.node.querySelector('.tag').textContent, back.ariaLabel], [false, '法院认定', '重置：金额']);
  back.click();
  same(moved.done, [['press', 'reset:k']]);
  same(document.activeElement === moved.slider, true);
  same(knobOf({}, 10, { k: ['fact', '', false] }).node.querySelector('.knob-back').hidden, true);
});

test('steps, lists and switches tell what was chosen; Home and End lead to the ends of steps', () => {
  const options = [{ value: 'a', label: 'A' }, { value: 'b', label: 'B' }, { value: 'c', label: 'C' }];
  const steps = knobOf({ kind: 'choice', options }, 'b');
  same([...steps.node.querySelectorAll('input')].map(({ checked }) => checked), [false, true, false]);
  key('End', steps.node.querySelector('input'));
  key('Home', steps.node.querySelector('input'));
  same(steps.done, [['change', 'k', 'c'], ['change', 'k', 'a']]);
  const list = knobOf({ kind: 'select', options }, 'b');
  same(list.node.querySelector('.knob-list span').textContent, 'B');
  write(list.node.querySelector('select'), 'c', 'change');
  const flip = knobOf({ kind: 'check' }, true);
  write(flip.node.querySelector('input'), false, 'change');
  same([list.done, flip.done], [[['change', 'k', 'c']], [['change', 'k', false]]]);
});

test('an answer to what was before the reader’s last wish does not put a knob back', () => {
  const desk = deskOf({ spec: [{ ...RANGE, kind: 'check' }], values: { k: true } });
  const part = knobs(desk);
  const box = part.node.querySelector('input');
  box.checked = false;
  desk.model.set('asked', { k: [2, false, 1] });
  desk.model.set('heard', { k: 1 });
  part.on.values();
  same(box.checked, false);
  desk.model.set('heard', { k: 2 });
  part.on.values();
  same(box.checked, true);
});

// ---------------------------------------------------------------- the board

test('rows beyond the scene’s are behind a button, and a number nobody can ask about is no button', () => {
  const part = board(deskOf());
  shown(part.node);
  const rows = () => [...part.node.querySelectorAll('.board-row')].map((each) => each.dataset.row);
  same(rows(), ['a']);
  const more = part.node.querySelector('.board-more');
  more.click();
  same([rows(), more.ariaExpanded, more.textContent], [['a', 'b'], 'true', 'less']);
  same([...part.node.querySelectorAll('[data-row=a] .board-amount')].map(({ disabled, ariaLabel }) => [disabled, ariaLabel]), [[false, 'name of a|"a"'], [true, 'name of ']]);
});

test('a bar is as long as its share of the scale, with its band, and the answer marks its place', () => {
  const part = board(deskOf({ board: { ...BOARD, answer: { fen: 250, label: '你', column: 'exposure', row: '' } } }));
  shown(part.node);
  const style = (name) => { const { left, width } = part.node.querySelector(`[data-row=a] .bar-${name}`).style; return [left, width]; };
  same([style('solid'), style('band'), style('answer')], [['', '0%'], ['0%', '50%'], ['25%', '']]);
  write(part.node.querySelector('[value=received]'), true, 'change');
  same([style('solid'), part.node.querySelector('[data-row=a] .bar-answer').hidden], [['', '100%'], true]);
});

test('the legend names the authorities that are drawn, and the usual case stands on the side with room', () => {
  const usual = (low) => ({ exposure: { ...cell(0, 1000, 'u'), usual: { low, high: low, text: '常' } }, received: cell(0, 0, '') });
  const legend = [{ kind: 'authority', key: 'law', label: '现行法' }, { kind: 'authority', key: 'doctrine', label: '学说' }, { kind: 'open', label: '未知' }, { kind: 'ghost', label: '不成立' }];
  const part = board(deskOf({ board: { ...BOARD, legend, rows: [row('a', { cells: usual(800) }), row('b', { cells: usual(600) })] } }));
  shown(part.node);
  same(text(part.node, '.stage-legend li'), ['现行法', '未知']);
  same([...part.node.querySelectorAll('.bar-usual')].map(({ dataset, style }) => [dataset.side, style.left]), [['end', '80%'], ['', '60%']]);
});

test('the board as a table keeps the focus on its number, whatever that is called', () => {
  const desk = deskOf();
  const part = board(desk);
  shown(part.node).dispatchEvent(new Event('stage:table'));
  const number = () => part.node.querySelector('.stage-table .board-amount');
  number().focus();
  desk.model.put('board', { ...BOARD, sentence: '另一句。' });
  part.on.board();
  same([document.activeElement === number(), text(part.node, '.stage-table thead th')], [true, ['row', 'basis', '对外元', '收到元']]);
});

test('a row keeps its nodes while its amounts change', () => {
  const desk = deskOf();
  const part = board(desk);
  shown(part.node);
  const before = part.node.querySelector('[data-row=a]');
  before.querySelector('.board-amount').focus();
  desk.model.put('board', { ...BOARD, rows: [row('a', { cells: { exposure: cell(200, 200, 'n'), received: cell(0, 0, 'm') } })] });
  part.on.board();
  same([part.node.querySelector('[data-row=a]') === before, document.activeElement.textContent, before.querySelector('.bar-solid').style.width], [true, '200–200', '20%']);
});

test('no menu entry that cannot be used is used: a reset of what no knob moves', () => {
  const desk = deskOf({ tools: { undo: false, redo: true, reset: false, keep: true } });
  const part = head(desk);
  shown(h('div', { class: 'stage' }, part.node));
  for (const id of ['undo', 'redo', 'reset', 'keep']) part.node.querySelector(`[data-id=${id}]`).click();
  same(desk.done, [['press', 'redo'], ['press', 'keep']]);
  part.drop();
});

// ---------------------------------------------------------------- reasons

test('reasons open at the number that was asked about, and Esc leads back to it', async () => {
  const desk = deskOf();
  const number = h('button', { 'data-say': 'a|"x"' }, '5');
  const root = shown(h('div', { class: 'stage' }, h('div', { class: 'stage-main' }, number)));
  const part = drawer(desk, root);
  root.append(part.node);
  await wait();
  number.click();
  desk.model.put('drawer', { say: 'a|"x"', title: '为什么', html: '<p>因为</p>' });
  part.on.drawer();
  same([part.node.classList.contains('is-open'), number.ariaExpanded, document.activeElement.textContent, text(part.node, 'p')], [true, 'true', '为什么', ['因为']]);
  key('Escape', document.body);
  same([part.node.classList.contains('is-open'), document.activeElement === number, desk.done.at(-1)], [false, true, ['tell', { say: '' }]]);
  part.drop();
});

// ---------------------------------------------------------------- tasks

test('arrows go round the options of a task and decide nothing; a press decides once', () => {
  const desk = deskOf();
  const part = tasks(desk);
  shown(h('div', { class: 'stage' }, h('div'), part.node));
  const options = [...part.node.querySelectorAll('[role=radio]')];
  same(options.map(({ tabIndex }) => tabIndex), [0, -1, -1]);
  options[0].focus();
  key('ArrowLeft');
  same([document.activeElement.textContent, options.map(({ tabIndex }) => tabIndex)], ['Z', [-1, -1, 0]]);
  key('ArrowRight');
  same([document.activeElement.textContent, desk.done], ['X', []]);
  options[1].click();
  options[2].click();
  same([desk.done, options.map(({ ariaChecked }) => ariaChecked)], [[['tell', { task: 't1', do: 'guess', value: 'y' }]], ['false', 'true', 'false']]);
  part.drop();
});

test('a task that is done says what it came to, and leads on', () => {
  const desk = deskOf({ tasks: { now: 't1', list: [{ ...TASK, state: 'done', guess: 'x', right: true }, { ...TASK, id: 't2', title: '第二', state: 'new' }], set: '', sums: [] } });
  const part = tasks(desk);
  shown(h('div', { class: 'stage' }, h('div'), part.node));
  same([text(part.node, '.task-verdict'), text(part.node, '.task-told li'), text(part.node, '.task-dots label > span')], [['对'], ['一', '二'], ['✓', '第一pausestate_done', '2', '第二pausestate_new']]);
  part.node.querySelector('[data-id=again]').click();
  part.node.querySelector('[data-id=next]').click();
  same(desk.done, [['tell', { task: 't1', do: 'again' }], ['tell', { task: 't2', do: 'start' }]]);
  part.drop();
});

// ---------------------------------------------------------------- the bet

const betForm = (amount) => {
  document.body.insertAdjacentHTML('beforeend', `<form data-bet data-missing="还有：{list}" data-between="、" data-empty="没有" data-clashes='[{"id":"d","value":"ruling","amount":"n","pays":true,"said":"裁定不判钱"}]'>
    <fieldset data-id="d"><legend>文书</legend><label><input type="radio" name="d" value="ruling"><span>裁定</span></label><label><input type="radio" name="d" value="judgment"><span>判决</span></label></fieldset>
    <div class="bet-amount is-empty" data-id="n" data-beyond="最多25000元"><label for="n">多少（元）</label><input type="range" min="0" max="25000" step="500"><input id="n" type="number" min="0" max="25000"><div class="bet-ends"><span>0</span><span>25000元</span></div></div>
    <p class="bet-said"></p><div class="bet-buttons"><button data-id="commit" aria-disabled="true">下注<small data-left="还有{n}"></small></button></div></form>`);
  const form = document.querySelector('form[data-bet]');
  const send = () => { window.simlibBet.wish = ''; form.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true })); return [window.simlibBet.wish, form.querySelector('.bet-said').textContent]; };
  for (const id of ['d', 'n']) delete window.simlibBet.values[id];
  if (amount !== undefined) write(form.querySelector('#n'), amount);
  return { form, send };
};

test('a bet at its maximum is sent, one beyond it is asked back', () => {
  const { form, send } = betForm('25000');
  form.querySelector('[value=judgment]').click();
  same([send(), window.simlibBet.values], [['send', ''], { n: 25000, d: 'judgment' }]);
  write(form.querySelector('#n'), '25001');
  same(send(), ['', '最多25000元']);
  write(form.querySelector('#n'), '-1');
  same(send(), ['', '最多25000元']);
});

test('a bet names a question not answered without its mark and its unit, not cut at a bracket inside', () => {
  const { form, send } = betForm();
  form.dataset.missing = '还没有答：{list}。';
  form.querySelector('legend').textContent = '论文（§1）说的是哪一种？';
  form.querySelector('label[for=n]').textContent = '超过多少元，钱才不同？（单位：元）';
  same(send(), ['', '还没有答：论文（§1）说的是哪一种、超过多少元，钱才不同。']);
});

test('a bet says what is not answered, and what contradicts itself', () => {
  const { form, send } = betForm();
  same(send(), ['', '还有：文书、多少']);
  form.querySelector('[value=ruling]').click();
  same(form.querySelector('[data-id=commit] small').textContent, '还有1');
  write(form.querySelector('#n'), '1');
  same([send(), form.querySelector('[data-id=commit]').ariaDisabled], [['', '裁定不判钱'], 'false']);
  write(form.querySelector('#n'), '0');
  same(send(), ['send', '']);
});

test('the first key on the empty track of a bet lays an answer down', () => {
  const { form } = betForm();
  const slider = form.querySelector('input[type=range]');
  same([key('End', slider), window.simlibBet.values.n, form.querySelector('#n').value, slider.getAttribute('aria-valuetext')], [true, 25000, '25000', '25000元']);
  same([key('Tab', slider), form.querySelector('.bet-amount').className], [false, 'bet-amount']);
});

// ---------------------------------------------------------------- stage mode

test('stage mode leads from the reveal through question and answer, and back', async () => {
  const desk = deskOf({ reveal: { columns: [{ id: 'court', label: '法院', value: '25000元', note: '' }], sentence: '因为。', rule: '规则' } });
  shown(h('script', { type: 'application/json', id: 'lesson-words' }, JSON.stringify({ talk: { hidden: '？', scene: '{n}/{of}', spoken: '{label}{value}{note}', keys: '键', bars: '{column}', voted: '{parts}', count: '{option}', vote_of: '', vote_join: '', vote_and: '' } })));
  const silence = talk(desk.model, desk);
  window.dispatchEvent(new Event('simlib:talk'));
  await until(() => document.querySelector('dialog.talk[open]'));  // the whole screen was asked for
  const dialog = document.querySelector('dialog.talk');
  same([dialog.open, text(dialog, 'h2')[0], text(dialog, 'dd b')], [true, '题', ['25000\u2060元']]);
  const told = () => desk.done.filter(([kind]) => kind === 'tell').map(([, said]) => said);
  const edge = (way) => dialog.querySelector(`.talk-edge.is-${way}`).click();
  edge('on');
  same([told(), text(dialog, '.talk-place')], [[{ scene: 's1' }], ['1/2']]);
  same(text(dialog, '.board-amount'), ['？']);  // it asks: no amount is given away
  edge('on');
  edge('back');
  same(told(), [{ scene: 's1' }, { scene: 's1', turned: true }, { scene: 's1' }]);
  key('b', document.body);
  same(dialog.querySelector('.talk-black').hidden, false);
  key('Escape', document.body);
  key('Escape', document.body);
  same([document.querySelector('dialog.talk'), desk.done.at(-1)], [null, ['press', 'presented']]);
  silence();
  same(desk.model.listeners(), 0);
});
