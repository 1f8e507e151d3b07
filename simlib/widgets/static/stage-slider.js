// @ts-check
// A quantity: a slider and the same number to type. What is not known is an empty track without a
// handle; what has no end is a full one. A click or an arrow key gives it a value, a small button
// takes it away again.


import { h } from './draw.js';
import { handOn } from './lab.js';
import { within, middle, grouped } from './stage-measures.js';

const MOVES = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'PageUp', 'PageDown', 'Home', 'End'];

/**
 * Where the first key leads on an empty track.
 * @param {string} key
 * @param {Item} item
 */
function firstValue(key, item) {
  if (key === 'Home') return item.min ?? 0;
  return key === 'End' ? item.max ?? 1 : middle(item);
}

/**
 * @param {Item} item
 * @param {string} id
 * @param {Desk} desk
 * @param {HTMLElement} line its label and tag
 * @returns {Control}
 */
export function range(item, id, desk, line) {
  const { lang } = desk.model.get('frame');
  const bounds = { min: item.min, max: item.max, step: item.step };
  const slider = h('input', { type: 'range', id, ...bounds, 'data-focus': `${item.id}:slider` });
  const typed = h('input', { type: 'number', ...bounds, inputmode: 'decimal', placeholder: item.endless && item.open || '', 'aria-label': item.label, 'data-focus': `${item.id}:typed` });
  const open = item.open ? h('button', { type: 'button', class: item.endless ? 'knob-open is-end' : 'knob-open', 'data-focus': `${item.id}:open`,
    'aria-label': desk.word('make_open', { label: item.label, word: item.open }) }, item.open) : null;
  const unit = item.unit ? h('span', { class: 'knob-unit' }, item.unit) : '';
  const ends = h('span', { class: 'knob-ends', 'aria-hidden': 'true' },
    ...[item.min, item.max].map((end) => h('span', {}, grouped(Number(end), lang))));
  const node = h('div', { class: 'knob knob-range', 'data-id': item.id }, line,
    h('div', { class: 'knob-track' }, slider, ends),
    h('div', { class: 'knob-typed' }, h('span', {}, typed, unit), open ?? ''));
  const hand = handOn(slider);
  let unknown = false;
  let known = middle(item);  // the last value there was

  const accept = (/** @type {string | number} */ text, /** @type {number} */ stroke) => {
    const value = Number(text);
    if (text === '' || !Number.isFinite(value)) return;
    draw(within(value, item));
    desk.change(item.id, within(value, item), stroke);
  };
  const draw = (/** @type {number | null} */ value) => {
    unknown = value === null;
    if (value !== null) known = value;
    node.classList.toggle('is-open', unknown && !item.endless);
    node.classList.toggle('is-endless', unknown && Boolean(item.endless));
    if (open) open.setAttribute('aria-pressed', String(unknown));
    slider.setAttribute('aria-valuetext', unknown ? item.open ?? '' : `${grouped(Number(value), lang)}${item.unit ?? ''}`);
    const share = (Number(value) - (item.min ?? 0)) / ((item.max ?? 1) - (item.min ?? 0));
    slider.style.setProperty('--at', `${unknown ? Number(Boolean(item.endless)) * 100 : share * 100}%`);
  };
  /** @param {number | null} value */
  const show = (value) => {
    draw(value);
    if (!hand.moving()) slider.value = String(value ?? middle(item));
    if (document.activeElement !== typed) typed.value = value === null ? '' : String(value);
  };
  slider.addEventListener('input', () => accept(slider.value, hand.move()));
  // On an empty track a click where the hidden handle lies moves nothing, and is a value all the same.
  slider.addEventListener('click', () => { if (unknown) accept(slider.value, hand.move()); });
  slider.addEventListener('keydown', (event) => {
    if (event.key === ' ') event.preventDefault();  // or the page scrolls
    if (!unknown || !MOVES.includes(event.key)) return;
    event.preventDefault();
    slider.value = String(firstValue(event.key, item));
    accept(slider.value, hand.move());
  });
  /** A typed number beyond the knob's ends is set to the end; and that is said. */
  const bounded = () => {
    const [wish, end] = [Number(typed.value), within(Number(typed.value), item)];
    const key = wish > Number(item.max) ? 'most' : wish < Number(item.min) ? 'least' : '';
    if (key) desk.note(desk.word(key, { amount: `${grouped(end, lang)}${item.unit ?? ''}` }));
  };
  typed.addEventListener('change', () => {
    if (typed.value === '') return;
    bounded();
    accept(typed.value, hand.move());
  });
  typed.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    if (typed.value === '') return;
    bounded();
    typed.value = String(within(Number(typed.value), item));
    accept(typed.value, hand.move());
    typed.select();
  });
  // Pressed again it gives back the value there was; the focus stays.
  open?.addEventListener('click', () => {
    if (unknown) { accept(known, hand.move()); return; }
    draw(null);
    desk.change(item.id, null);
  });
  return { node, show };
}
