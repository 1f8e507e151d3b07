// @ts-check
// One knob: steps to choose from, a list, a switch, or a quantity (stage-slider.js). Native controls
// throughout, so that keyboard, screen reader and phone work as everywhere else.

/** @typedef {import('./stage-types.js').Item} Item */
/** @typedef {import('./stage-types.js').Desk} Desk */
/** @typedef {import('./stage-types.js').Control} Control */

const query = new URL(import.meta.url).search;
/** @param {string} file */
const at = (file) => new URL(file + query, import.meta.url).href;
/** @type {import('./stage-types.js').Lab} */
const { element, ownCase } = await import(at('lab.js'));
/** @type {typeof import('./stage-scale.js')} */
const { ladder } = await import(at('stage-scale.js'));
/** @type {typeof import('./stage-slider.js')} */
const { range } = await import(at('stage-slider.js'));

let serial = 0;

/**
 * The name of a knob, of what kind its fact is, and the way back.
 * @param {Item} item
 * @param {Desk} desk
 * @param {string} [id] the control it names
 */
function lineOf(item, desk, id) {
  const text = element(id ? 'label' : 'span', { for: id, class: 'knob-label' }, ...desk.said(item.label));
  const line = element('div', { class: 'knob-line' }, text, element('span', { class: 'tag', hidden: true }));
  if (item.reset) {
    const back = element('button', { type: 'button', class: 'knob-back', hidden: true, title: item.reset,
      'aria-label': `${item.reset}：${item.label}`, 'data-focus': `${item.id}:back` }, '↺');
    back.addEventListener('click', () => {
      desk.press('reset:' + item.id);
      /** @type {HTMLElement | null | undefined} */ (line.parentElement?.querySelector('input, select'))?.focus();
    });
    line.append(back);
  }
  if (item.help) line.append(element('small', { class: 'knob-help' }, ...desk.said(item.help)));
  return line;
}

/** @type {Record<string, (item: Item, desk: Desk) => Control>} */
const KINDS = {
  choice(item, desk) {
    const name = `stage-knob-${serial++}`;
    const options = item.options ?? [];
    const radios = options.map(({ value }) => {
      const radio = element('input', { type: 'radio', name, value, 'data-focus': `${item.id}:${value}` });
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
    const steps = radios.map((radio, n) => element('label', {}, radio, element('span', {}, options[n].label)));
    const line = lineOf(item, desk);
    line.id = name;
    const node = element('div', { class: 'knob knob-choice', 'data-id': item.id, role: 'radiogroup', 'aria-labelledby': `${name}-label` },
      line, element('div', { class: 'ladder', 'data-fit': ladder(options) }, ...steps));
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
    const select = element('select', { id, 'data-focus': `${item.id}:list` },
      ...(item.options ?? []).map(({ value, label }) => element('option', { value }, label)));
    // A list that is shut breaks no lines: what is chosen stands under it, in full.
    const chosen = element('span', { 'aria-hidden': 'true' });
    const say = () => { chosen.textContent = select.selectedOptions[0]?.textContent ?? ''; };
    select.addEventListener('change', () => {
      say();
      desk.change(item.id, select.value);
    });
    const node = element('div', { class: 'knob', 'data-id': item.id }, lineOf(item, desk, id), element('div', { class: 'knob-list' }, chosen, select));
    return { node, show: (value) => { select.value = value; say(); } };
  },

  check(item, desk) {
    const id = `stage-knob-${serial++}`;
    const input = element('input', { type: 'checkbox', role: 'switch', id, 'data-focus': `${item.id}:switch` });
    input.addEventListener('change', () => desk.change(item.id, input.checked));
    const node = element('div', { class: 'knob knob-check', 'data-id': item.id }, input, lineOf(item, desk, id));
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
