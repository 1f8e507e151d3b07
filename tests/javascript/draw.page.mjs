// Drawing from data: what stays, what changes, and what a reader has done to it.
import { choose, draw, h, press, tick } from '../../simlib/widgets/static/draw.js';
import { key, same, shown, test, text, wait } from './page.mjs';

test('an element has the attributes that are there, its classes, styles and children', () => {
  const node = h('p', { class: 'a b', title: '"<b>', hidden: false, id: null, tabindex: 0, open: true, style: { left: '5%', '--bar': 'red' } }, 'x', 0, null, false, '', ['y', [h('b')]]);
  same(node.outerHTML, '<p class="a b" title="&quot;&lt;b&gt;" tabindex="0" open="" style="left: 5%; --bar: red;">x0y<b></b></p>');
});

test('text is never markup, and markup of our own is not drawn twice', () => {
  same(h('p', {}, '<b>x</b>').innerHTML, '&lt;b&gt;x&lt;/b&gt;');
  const host = h('div');
  draw(host, h('p', { html: '<i>1</i>' }));
  const inner = host.querySelector('i');
  draw(host, h('p', { html: '<i>1</i>' }));
  same(host.querySelector('i') === inner, true);
  draw(host, h('p', { html: '<i>2</i>' }));
  same(host.innerHTML, '<p><i>2</i></p>');
});

test('what has the focus keeps it, with its caret, while all around it changes', () => {
  const host = shown(h('div'));
  const view = (names) => names.map((name) => h('label', { key: name }, name, h('input', { type: 'text', value: name })));
  draw(host, view(['a', 'b']));
  const field = host.querySelectorAll('input')[1];
  field.focus();
  field.setSelectionRange(1, 1);
  draw(host, view(['c', 'b', 'd', 'a']));
  same(document.activeElement === field, true);
  same([field.selectionStart, text(host, 'label')], [1, ['c', 'b', 'd', 'a']]);
  draw(host, view(['a']));
  same(field.isConnected, false);
});

test('what is being typed is the reader’s, what a control else holds is the data’s', () => {
  const host = shown(h('div'));
  const view = (value, checked) => [h('input', { type: 'text', value }), h('input', { type: 'checkbox', checked })];
  draw(host, view('a', true));
  const [typed, box] = host.querySelectorAll('input');
  typed.focus();
  [typed.value, box.checked] = ['ab', false];
  draw(host, view('a', true));
  same([typed.value, box.checked], ['ab', true]);
  typed.blur();
  draw(host, view('a', false));
  same([typed.value, box.checked], ['a', false]);
});

test('a fold stays as the reader has it, a class and an attribute as others have set them', () => {
  const host = shown(h('div'));
  const view = (look) => h('details', { class: look, 'aria-label': look }, h('summary', {}, 'x'));
  draw(host, view('is-a'));
  const fold = host.firstChild;
  fold.open = true;
  fold.classList.add('is-told');
  fold.setAttribute('aria-expanded', 'true');
  draw(host, view('is-b'));
  same([fold.open, fold.className, fold.ariaExpanded, fold.ariaLabel, host.firstChild === fold], [true, 'is-told is-b', 'true', 'is-b', true]);
});

test('an attribute or style that is there no more goes, and scroll stays', () => {
  const host = shown(h('div'));
  const view = (props) => h('div', { ...props, style: { height: '20px', overflow: 'auto', ...props.style } }, h('p', { style: { height: '200px' } }));
  draw(host, view({ title: 't', style: { left: '1px' } }));
  host.firstChild.scrollTop = 50;
  draw(host, view({}));
  same([host.firstChild.title, host.firstChild.style.left, host.firstChild.scrollTop], ['', '', 50]);
});

test('the last listener is heard, once, and none when it is gone', () => {
  const host = h('div');
  const heard = [];
  draw(host, h('button', { onclick: () => heard.push(1) }));
  draw(host, h('button', { onclick: () => heard.push(2) }));
  host.firstChild.click();
  draw(host, h('button'));
  host.firstChild.click();
  same(heard, [2]);
});

test('a node its maker keeps stays itself', () => {
  const [host, kept] = [h('div'), h('p', { key: 'kept' }, 'x')];
  draw(host, h('p', {}, 'y'));
  draw(host, kept, h('p', {}, 'z'));
  same([host.firstChild === kept, host.innerHTML], [true, '<p>x</p><p>z</p>']);
});

test('a button that is said to be disabled does nothing, and keeps its place', () => {
  const heard = [];
  const button = press('go', 'Go', () => heard.push(1), { 'aria-disabled': 'true' });
  button.click();
  button.ariaDisabled = 'false';
  button.click();
  same([heard, button.outerHTML.includes('data-id="go"'), button.type], [[1], true, 'button']);
});

test('a list holds its value once its options are there, and tells the next', () => {
  const heard = [];
  const list = choose([['a', 'A'], ['b', 'B']], 'b', (value) => heard.push(value), { id: 'l' });
  same([list.value, list.selectedOptions[0].textContent], ['b', 'B']);
  list.value = 'a';
  list.dispatchEvent(new Event('change'));
  const box = shown(tick('t', 'T', true, (on) => heard.push(on)));
  box.firstChild.click();
  same([heard, box.htmlFor], [['a', false], 't']);
});

test('a number is held within ends that are said after it', () => {
  same(h('input', { type: 'range', value: 300, min: 0, max: 500 }).value, '300');
});
