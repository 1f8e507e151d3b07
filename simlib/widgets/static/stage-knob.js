// @ts-check
// One knob: steps to choose from, a list, a switch, or a quantity (stage-slider.js). Native controls
// throughout, so that keyboard, screen reader and phone work as everywhere else.


import { h } from './draw.js';
import { ownCase } from './lab.js';
import { ladder } from './stage-measures.js';
import { range } from './stage-slider.js';

let serial = 0;

/**
 * The name of a knob, of what kind its fact is, and the way back.
 * @param {Item} item
 * @param {Desk} desk
 * @param {string} [id] the control it names
 */
function lineOf(item, desk, id) {
  const text = h(id ? 'label' : 'span', { for: id, class: 'knob-label' }, ...desk.said(item.label));
  const line = h('div', { class: 'knob-line' }, text, h('span', { class: 'tag', hidden: true }));
  if (item.reset) {
    const back = h('button', { type: 'button', class: 'knob-back', hidden: true, title: item.reset,
      'aria-label': `${item.reset}：${item.label}`, 'data-focus': `${item.id}:back` }, '↺');
    back.addEventListener('click', () => {
      desk.press('reset:' + item.id);
      /** @type {HTMLElement | null | undefined} */ (line.parentElement?.querySelector('input, select'))?.focus();
    });
    line.append(back);
  }
  if (item.help) line.append(h('small', { class: 'knob-help' }, ...desk.said(item.help)));
  return line;
}

/** @type {Record<string, (item: Item, desk: Desk) => Control>} */
const KINDS = {
  choice(item, desk) {
    const name = `stage-knob-${serial++}`;
    const options = item.options ?? [];
    const radios = options.map(({ value }) => {
      const radio = h('input', { type: 'radio', name, value, 'data-focus': `${item.id}:${value}` });
      radio.addEventListener('change', () => desk.change(item.id, value));
      return radio;
    });
    const leap = (/** @type {KeyboardEvent} */ event) => {
      const end = { Home: radios[0], End: radios[radios.length - 1] }[event.key];
      if (!end) return;
      event.preventDefault();
      end.focus();
      end.click();
    };
    const steps = radios.map((radio, n) => h('label', {}, radio, h('span', {}, options[n].label)));
    const line = lineOf(item, desk);
    line.id = name;
    const node = h('div', { class: 'knob knob-choice', 'data-id': item.id, role: 'radiogroup', 'aria-labelledby': `${name}-label` },
      line, h('div', { class: 'ladder', 'data-fit': ladder(options) }, ...steps));
    line.firstElementChild?.setAttribute('id', `${name}-label`);
    node.addEventListener('keydown', leap);
    const show = (/** @type {unknown} */ value) => {
      const held = radios.some((radio) => radio === document.activeElement);
      for (const radio of radios) radio.checked = radio.value === value;
      if (held) radios.find((radio) => radio.checked)?.focus({ preventScroll: true });  // after an undo, too
    };
    return { node, show };
  },

  select(item, desk) {
    const id = `stage-knob-${serial++}`;
    const select = h('select', { id, 'data-focus': `${item.id}:list` },
      ...(item.options ?? []).map(({ value, label }) => h('option', { value }, label)));
    // A list that is shut breaks no lines: what is chosen stands under it, in full.
    const chosen = h('span', { 'aria-hidden': 'true' });
    const say = () => { chosen.textContent = select.selectedOptions[0]?.textContent ?? ''; };
    select.addEventListener('change', () => {
      say();
      desk.change(item.id, select.value);
    });
    const node = h('div', { class: 'knob', 'data-id': item.id }, lineOf(item, desk, id), h('div', { class: 'knob-list' }, chosen, select));
    return { node, show: (value) => { select.value = value; say(); } };
  },

  check(item, desk) {
    const id = `stage-knob-${serial++}`;
    const input = h('input', { type: 'checkbox', role: 'switch', id, 'data-focus': `${item.id}:switch` });
    input.addEventListener('change', () => desk.change(item.id, input.checked));
    const node = h('div', { class: 'knob knob-check', 'data-id': item.id }, input, lineOf(item, desk, id));
    return { node, show: (value) => { input.checked = value; } };
  },

  range(item, desk) {
    const id = `stage-knob-${serial++}`;
    return range(item, id, desk, lineOf(item, desk, id));
  },

  own: (item, { model }) => ownCase(item, model),
};

/**
 * @param {Item} item
 * @param {Desk} desk
 * @returns {Control}
 */
export function makeKnob(item, desk) {
  return KINDS[item.kind](item, desk);
}
