// Exercises, forms, addresses, and what the page around a lesson keeps of how far a reader is.
import { exercises } from '../../simlib/widgets/static/exercise.js';
import { addressOf, form, handOn, heldCase, publish, unheard, wisher } from '../../simlib/widgets/static/lab.js';
import { h } from '../../simlib/widgets/static/draw.js';
import { modelOf, same, shown, test, text, until, wait, wordsOf, write } from './page.mjs';

// ---------------------------------------------------------------- exercises

const SHEET = { name: 'e', seed: 1, facts: ['事实'], steps: [{ id: 's1', ask: '谁？', layer_label: '一层', options: [{ key: 'a', label: '甲' }, { key: 'b', label: '乙' }] }, { id: 's2', ask: '多少？', layer_label: '二层', options: [] }] };

async function exercise() {
  localStorage.clear();
  const columns = Object.fromEntries(['topic', 'name', 'step', 'answers', 'tries', 'right_first', 'points', 'of'].map((each) => [each, each]));
  const model = modelOf({ words: wordsOf({ column: columns, score: '{points}/{of} {first}', done: '{done}', step: '{n}/{of} {layer}' }), topic: 'x', exercises: [['e', '题 "一", =x']], most: 9 });
  const el = shown(document.createElement('div'));
  exercises({ model, el });
  await until(() => model.sent.length);  // the first is opened, and asks
  model.tell('msg:custom', { sheet: SHEET });
  const answer = (given) => {
    const [step] = [...el.querySelectorAll('.simlib-step')].slice(-1);
    const field = step.querySelector(`[value="${given}"]`);
    if (field) field.checked = true; else step.querySelector('input').value = given;
    step.dispatchEvent(new Event('submit', { cancelable: true }));
  };
  const verdict = (step, right, more = {}) => model.tell('msg:custom', { verdict: { name: 'e', seed: 1, step, right, settled: right, counts: true, points: right ? 2 : 0, text: [right ? '对' : '错'], articles: '', key: 'b', model: [], ...more } });
  return { model, el, answer, verdict };
}

test('an exercise goes on when a step is settled, and counts what was right at the first try', async () => {
  const { model, el, answer, verdict } = await exercise();
  same([model.sent, text(el, '.simlib-facts p')], [[{ draw: { name: 'e', seed: 1 } }], ['事实']]);
  answer('a');
  answer('b');  // one answer at a time
  verdict('s1', false);
  answer('b');
  same(model.sent.slice(1).map(({ mark }) => mark.answers), [['a'], ['a', 'b']]);
  verdict('s1', true);
  same([text(el, '.simlib-place'), text(el, '.simlib-score')], [['1/2 一层', '2/2 二层'], ['2/4 0']]);
  answer('5');
  verdict('s2', true);
  same([text(el, '.simlib-score'), text(el, '.simlib-state'), text(el, '.simlib-sentence')], [['4/4 1'], ['4 / 4'], ['2']]);
});

test('nothing is sent without an answer, and a verdict on another variant is not shown', async () => {
  const { model, el, verdict } = await exercise();
  el.querySelector('.simlib-step').dispatchEvent(new Event('submit', { cancelable: true }));
  same([model.sent.length, text(el, '.simlib-feedback p')], [1, ['choose_first']]);
  verdict('s1', true, { seed: 2 });
  same(text(el, '.simlib-place').length, 1);
});

test('the file of scores quotes its cells and runs no formula', async () => {
  const { el, answer, verdict } = await exercise();
  let blob;
  const [make, click] = [URL.createObjectURL, HTMLAnchorElement.prototype.click];
  URL.createObjectURL = (made) => { blob = made; return 'blob:x'; };
  HTMLAnchorElement.prototype.click = () => {};
  answer('b');
  verdict('s1', true);
  answer('=1+1');
  verdict('s2', true);
  el.querySelector('[data-id=score-csv]').click();
  [URL.createObjectURL, HTMLAnchorElement.prototype.click] = [make, click];
  same((await blob.text()).replace('\ufeff', '').split('\r\n'), ['topic,name,step,answers,tries,right_first,points,of', 'x,"题 ""一"", =x",s1,乙,1,1,2,2', 'x,"题 ""一"", =x",s2,\'=1+1,1,1,2,2', '']);
});

// ---------------------------------------------------------------- forms

test('a control whose last wish was not heard is not put back, one that was heard is', () => {
  const model = modelOf({ asked: { a: [2, 5, 1], b: [1, 5, 1] }, heard: { a: 1, b: 1 } });
  same([...unheard(model)], ['a']);
});

test('each wish has a number of its own, and those of one stroke go together', () => {
  const model = modelOf({ asked: {} });
  const change = wisher(model);
  change('a', 1, 7);
  change('a', 2, 7);
  same([model.get('asked'), model.sent.length], [{ a: [2, 2, 7] }, 0]);
  change('b', 1, 8);
  same(model.sent, [{ asked: { a: [2, 2, 7] } }]);
});

test('a number typed into a form stays within its ends, and what is none is not told', () => {
  const model = modelOf({ label: 'f', asked: {}, heard: {}, values: { k: 5 }, spec: [{ kind: 'range', id: 'k', label: 'K', min: 0, max: 10, step: 1, unit: '元' }] });
  const el = shown(document.createElement('div'));
  form({ model, el });
  const [slider, typed] = el.querySelectorAll('input');
  same([slider.value, typed.value, slider.getAttribute('aria-valuetext')], ['5', '5', '5元']);
  write(typed, '11', 'change');
  same(model.get('asked').k[1], 10);
  write(typed, '', 'change');
  same(model.get('asked').k[0], 1);
});

test('movements close together are one stroke, a let go ends it', async () => {
  const hand = handOn(h('input', { type: 'range' }));
  const [one, two] = [hand.move(), hand.move()];
  same(one === two, true);
  await wait(750);
  same(hand.move() === one, true);  // still held
});

// ---------------------------------------------------------------- addresses

test('a case of the reader’s own stands in the fragment only', () => {
  publish('abc', true);
  same([window.simlibState, window.simlibOwnCase], ['abc', true]);
  same([addressOf('a b', true), addressOf('a b')].map((each) => each.replace(location.origin, '')), ['/#s=a%20b', '/?s=a%20b']);
});

test('a draft whose days are over is none', () => {
  const held = (until) => { localStorage.setItem('p', JSON.stringify({ text: 'x', until })); return heldCase('localStorage', 'p')?.text ?? null; };
  same([held(Date.now() - 1), held(Date.now() + 9999), held(undefined)], [null, 'x', 'x']);
  localStorage.setItem('p', '{');
  same(heldCase('localStorage', 'p'), null);
});

// ---------------------------------------------------------------- the page of a lesson

test('a lesson is done once all its tasks are, skipped ones not; what was done stays done', async () => {
  localStorage.clear();
  document.body.dataset.lesson = '01-case';
  const step = (id) => h('li', { 'data-step': id }, h('a', { href: `#${id}` }, id, h('span', { class: 'lesson-count' })));
  document.body.append(h('script', { type: 'application/json', id: 'lesson-words' }, JSON.stringify({ bar: { done: '完成' }, lesson: { opening: '' } })),
    h('header', { id: 'course-header' }, ['bet', 'see', 'tasks', 'depth'].map(step)), h('section', { id: 'opening' }), h('div', { id: 'rendered_cells' }));
  await import('../../simlib/server/template/static/lesson.js');
  const kept = () => JSON.parse(localStorage.getItem('simlib:progress:1') ?? '{}')['01-case'];
  const say = (tasks, bet = true) => { window.dispatchEvent(new CustomEvent('simlib:progress', { detail: { bet, tasks, of: 2, trying: true } })); return [kept().tasks, kept().done]; };
  same(say(['a'], false), [['a'], false]);
  same(say(['a']), [['a'], false]);
  same(text(document.body, '.lesson-count'), ['✓', '✓', '1/2', '']);
  same(say(['a', 'b']), [['a', 'b'], true]);
  same(say(['b']), [['a', 'b'], true]);
});
