// @ts-check
// What can be set: the three main knobs, the others folded by group, and above them the case.

import { h, press } from './draw.js';
import { handOn, ownCase, unheard } from './lab.js';
import { grouped, ladder, middle, nextOf, percent, within } from './stage-measures.js';

// ----------------------------------------------------------------
// A quantity: a slider and the same number to type. What is not known is an empty track without a
// handle; what has no end is a full one. A click or an arrow key gives it a value, a small button
// takes it away again.

const MOVES =
    ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'PageUp', 'PageDown', 'Home', 'End'];

// Where the first key leads on an empty track.
function firstValue(/** @type {string} */ key, /** @type {Item} */ item) {
  if (key === 'Home') return item.min ?? 0;
  return key === 'End' ? item.max ?? 1 : middle(item);
}

// A tick at each telling value, for the wall.
function ticks(/** @type {Item} */ { marks = [], min = 0, max = 1 }) {
  const at = (/** @type {number} */ value) => `${percent(value - min, max - min)}%`;
  return h('span', { class: 'knob-ticks', 'aria-hidden': 'true' },
      marks.map((value) => h('i', {style: {left: at(value)}})));
}

// Where an arrow key leads on the wall: to the next telling value, with Shift one step; null: the
// browser's own way.
/** @param {KeyboardEvent} event @param {HTMLInputElement} slider @param {Item} item */
function leap({ key, shiftKey }, slider, item) {
  const way = { ArrowRight: 1, ArrowLeft: -1 }[key];
  if (!way) return null;
  const now = Number(slider.value);
  return shiftKey ? within(now + way * (item.step ?? 1), item) : nextOf(item.marks ?? [], now, way);
}

/** @param {Item} item @param {string} id @param {Desk} desk
 * @param {HTMLElement} line its label and tag @returns {Control} */
function range(item, id, desk, line) {
  const { lang } = desk.model.get('frame');
  const bounds = { min: item.min, max: item.max, step: item.step };
  const move = () => accept(slider.value, hand.move());
  const slider = h('input', {
    type: 'range',
    id,
    ...bounds,
    'data-focus': `${item.id}:slider`,
    oninput: move,
    // On an empty track a click where the hidden handle lies moves nothing, and is a value all the same.
    onclick: () => {
      if (unknown) move();
    },
    onkeydown: (event) => {
      if (event.key === ' ') event.preventDefault();  // or the page scrolls
      if (!MOVES.includes(event.key)) return;
      const onWall = Boolean(slider.closest('.talk'));
      if (onWall && event.key.startsWith('Page')) return;  // leads to another scene
      const to = unknown ? firstValue(event.key, item) : onWall ? leap(event, slider, item) : null;
      if (to === null) return;
      event.preventDefault();
      slider.value = String(to);
      move();
    }
  });
  const typed = h('input', {
    type: 'number',
    ...bounds,
    inputmode: 'decimal',
    placeholder: item.endless && item.open || '',
    'aria-label': item.label,
    'data-focus': `${item.id}:typed`,
    onchange: () => take(),
    onkeydown: (event) => {
      if (event.key !== 'Enter') return;
      event.preventDefault();
      if (take()) typed.select();
    }
  });
  // Pressed again it gives back the value there was; the focus stays.
  const leave = () => {
    if (unknown) { accept(known, hand.move()); return; }
    draw(null);
    desk.change(item.id, null);
  };
  const open = item.open && press(null, item.open, leave, {
    class: item.endless ? 'knob-open is-end' : 'knob-open',
    'data-focus': `${item.id}:open`,
    'aria-label': desk.word('make_open', {label: item.label, word: item.open})
  });
  const ends = h('span', {class: 'knob-ends', 'aria-hidden': 'true'},
      [item.min, item.max].map((end) => h('span', {}, grouped(Number(end), lang))));
  const node = h('div', {class: 'knob knob-range', 'data-id': item.id}, line,
      h('div', {class: 'knob-track'}, slider, ticks(item), ends),
      h('div', {class: 'knob-typed'},
          h('span', {}, typed, item.unit && h('span', {class: 'knob-unit'}, item.unit)), open));
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
    slider.setAttribute('aria-valuetext',
        unknown ? item.open ?? '' : `${grouped(Number(value), lang)}${item.unit ?? ''}`);
    const share = (Number(value) - (item.min ?? 0)) / ((item.max ?? 1) - (item.min ?? 0));
    slider.style.setProperty(
        '--at', `${unknown ? Number(Boolean(item.endless)) * 100 : share * 100}%`);
  };
  const show = (/** @type {number | null} */ value) => {
    draw(value);
    if (!hand.moving()) slider.value = String(value ?? middle(item));
    if (document.activeElement !== typed) typed.value = value === null ? '' : String(value);
  };
  // A typed number; one beyond the knob's ends is set to the end, and that is said. One that is there
  // already is no change: what the case says does not become the reader's by a press of Enter.
  const take = () => {
    if (typed.value === '') return false;
    const [wish, end] = [Number(typed.value), within(Number(typed.value), item)];
    if (!unknown && wish === known) return true;
    const key = wish > Number(item.max) ? 'most' : wish < Number(item.min) ? 'least' : '';
    if (key) desk.note(desk.word(key, { amount: `${grouped(end, lang)}${item.unit ?? ''}` }));
    typed.value = String(end);
    if (unknown || end !== known) accept(end, hand.move());
    return true;
  };
  return { node, show };
}

// ----------------------------------------------------------------
// One knob: steps to choose from, a list, a switch, or a quantity. Native controls
// throughout, so that keyboard, screen reader and phone work as everywhere else.

let serial = 0;

// The name of a knob, of what kind its fact is, and the way back.
/** @param {Item} item @param {Desk} desk @param {string} [id] the control it names */
function lineOf(item, desk, id) {
  const back = () => {
    desk.press('reset:' + item.id);
    /** @type {HTMLElement | null | undefined} */ (line.parentElement?.querySelector('input, select'))?.focus();
  };
  const line = h('div', { class: 'knob-line' }, h(id ? 'label' : 'span', { for: id, class: 'knob-label' }, desk.said(item.label)), h('span', { class: 'tag', hidden: true }),
    item.reset && press(null, '↺', back, { class: 'knob-back', hidden: true, title: item.reset, 'aria-label': `${item.reset}：${item.label}`, 'data-focus': `${item.id}:back` }),
    item.help && h('small', { class: 'knob-help' }, desk.said(item.help)));
  return line;
}

/** @type {Record<string, (item: Item, desk: Desk) => Control>} */
const KINDS = {
  choice(item, desk) {
    const name = `stage-knob-${serial++}`;
    const options = item.options ?? [];
    const radios = options.map(({value}) => h('input', {
      type: 'radio',
      name,
      value,
      'data-focus': `${item.id}:${value}`,
      onchange: () => desk.change(item.id, value)
    }));
    const leap = (/** @type {KeyboardEvent} */ event) => {
      const end = { Home: radios[0], End: radios[radios.length - 1] }[event.key];
      if (!end) return;
      event.preventDefault();
      end.focus();
      end.click();
    };
    const line = lineOf(item, desk);
    line.id = name;
    line.firstElementChild?.setAttribute('id', `${name}-label`);
    const node = h('div', {
      class: 'knob knob-choice',
      'data-id': item.id,
      role: 'radiogroup',
      'aria-labelledby': `${name}-label`,
      onkeydown: leap
    },
        line,
        h('div', {class: 'ladder', 'data-fit': ladder(options)},
            radios.map((radio, n) => h('label', {}, radio, h('span', {}, options[n].label)))));
    const show = (/** @type {unknown} */ value) => {
      const held = radios.some((radio) => radio === document.activeElement);
      for (const radio of radios) radio.checked = radio.value === value;
      if (held)
        radios.find((radio) => radio.checked)?.focus({preventScroll: true});  // after an undo, too
    };
    return { node, show };
  },

  select(item, desk) {
    const id = `stage-knob-${serial++}`;
    // A list that is shut breaks no lines: what is chosen stands under it, in full.
    const chosen = h('span', { 'aria-hidden': 'true' });
    const say = () => { chosen.textContent = select.selectedOptions[0]?.textContent ?? ''; };
    const select = h('select', {
      id,
      'data-focus': `${item.id}:list`,
      onchange: () => {
        say();
        desk.change(item.id, select.value);
      }
    },
        (item.options ?? []).map(({value, label}) => h('option', {value}, label)));
    const node = h('div', {class: 'knob', 'data-id': item.id}, lineOf(item, desk, id),
        h('div', {class: 'knob-list'}, chosen, select));
    return { node, show: (value) => { select.value = value; say(); } };
  },

  check(item, desk) {
    const id = `stage-knob-${serial++}`;
    /** @type {HTMLInputElement} */
    const input = h('input', {
      type: 'checkbox',
      role: 'switch',
      id,
      'data-focus': `${item.id}:switch`,
      onchange: () => desk.change(item.id, input.checked)
    });
    const node =
        h('div', {class: 'knob knob-check', 'data-id': item.id}, input, lineOf(item, desk, id));
    return { node, show: (value) => { input.checked = value; } };
  },

  range(item, desk) {
    const id = `stage-knob-${serial++}`;
    return range(item, id, desk, lineOf(item, desk, id));
  },

  own: (item, { model }) => ownCase(item, model),
};

/** @type {(item: Item, desk: Desk) => Control} */
export const makeKnob = (item, desk) => KINDS[item.kind](item, desk);

// ----------------------------------------------------------------

const FADE_MS = 300;
const calm = () => matchMedia('(prefers-reduced-motion: reduce)').matches;

// The task the reader is at, if its knob is to be turned or has been.
function begun(/** @type {Desk} */ { model }) {
  const { now, list } = /** @type {Tasks} */ (model.get('tasks'));
  return (list ?? []).find(({id,
    state}) => id === now && (state === 'guessed' || state === 'done'));
}

// What a task asks for, said with each control of its knob.
/** @param {HTMLElement} knob @param {string} id of the words; empty: none */
function describe(knob, id) {
  for (const control of knob.querySelectorAll('input, select, .knob-open')) {
    if (id)
      control.setAttribute('aria-describedby', id);
    else
      control.removeAttribute('aria-describedby');
  }
}

// The way on in the card, as it stands there by now, or else as it stood when its task was done:
// the focus goes along, for the button at the knob is gone once Python answers.
/** @param {HTMLElement} way @param {HTMLElement | null | undefined} card
 * @param {string} id of the task */
function lead(way, card, id) {
  const same = way.dataset.id ? `[data-id=${way.dataset.id}]` : '.task-on';
  const live = /** @type {HTMLElement | null | undefined} */ (
      card?.dataset.task === id ? card.querySelector(same) : null);
  (live ?? /** @type {HTMLElement | null | undefined} */ (card?.querySelector('h3')))?.focus({
    preventScroll: true
  });
  if (!live && way instanceof HTMLAnchorElement)
    location.hash = way.hash;  // what has left the page leads nowhere by itself
  (live ?? way).click();
}

// What a task that is done came to, at its knob, and the ways on from there: the card may be far
// above.
/** @param {Task} task @param {Desk} desk @param {() => HTMLElement | null | undefined} card
 * @param {boolean} open whether the explanation row by row is unfolded */
function came({ id, verdict, sum, right, lines }, { word, said }, card, open) {
    const ways = /** @type {HTMLElement[]} */ (
        [...card()?.querySelectorAll('[data-id=next], .task-on, [data-id=left]') ??
          []]).map((way) => {
      const left = way.dataset.id === 'left';
      return press(left ? 'knob-left' : 'knob-next', way.textContent, () => lead(way, card(), id),
          {class: left ? 'is-quiet' : 'is-strong'});
    });
    const rows = h('details', {open}, h('summary', {}, word('lines')),
        h('ul', {}, ...lines.map((each) => h('li', {}, ...said(each)))));
    return [
      h('p', {class: `task-verdict${right ? ' is-right' : ''}`}, ...said(verdict)),
      h('p', {}, ...said(sum)), h('div', {class: 'task-acts'}, ...ways, rows)
    ];
}

/** @param {Desk} desk @returns {Part} */
export function knobs(desk) {
  const { model } = desk;
  const asks = h('div', {
    class: 'knob-asks',
    id: `knob-asks-${serial++}`
  });  // in the frame of the knob a task asks for: what to do
  /** @type {Map<string, Control>} */
  const controls = new Map();
  let mains = '';
  const node = h('form', {
    class: 'stage-knobs',
    'aria-label': desk.word('knobs'),
    onsubmit: (event) => event.preventDefault()
  });

  // A fold, open if it was.
  /** @param {string} id @param {string} label @param {Set<string>} opened */
  const fold = (id, label, opened) => h('details',
      {class: 'stage-fold', 'data-group': id, open: opened.has(id)}, h('summary', {}, label));
  const put = (/** @type {Item} */ item) => {
    const control = makeKnob(item, desk);
    controls.set(item.id, control);
    return control.node;
  };
  const lay = (/** @type {Item[]} */ spec, /** @type {Set<string>} */ opened) => {
    const choose = spec.filter(({ place }) => place === 'choose');
    const fact = fold('choose', desk.word('choose'), opened);
    fact.firstElementChild?.append(h('small', { class: 'stage-setting' }));
    fact.append(...choose.map(put));
    const main = h(
        'div', {class: 'stage-main-knobs'}, ...spec.filter(({place}) => place === 'main').map(put));
    const groups = spec.filter(({ kind }) => kind === 'group').map(({ id, label }) => {
      const members = spec.filter(({ kind, place }) => kind !== 'group' && place === `group:${id}`);
      const group = fold(id, label, opened);
      group.append(...members.map(put));
      return members.length ? group : '';
    });
    const before = mains;
    mains = spec.filter(({ place }) => place === 'main').map(({ id }) => id).join();
    node.replaceChildren(...(choose.length ? [fact] : []), main, ...groups);
    if (before && before !== mains && !calm())
      main.animate([{opacity: 0}, {opacity: 1}], {duration: FADE_MS});
  };
  const build = () => {
    const active = document.activeElement;
    const held =
        active instanceof HTMLElement && node.contains(active) ? active.dataset.focus : undefined;
    const opened = new Set([...node.querySelectorAll('details[open]')].map(
        (each) => /** @type {HTMLElement} */ (each).dataset.group ?? ''));
    for (const control of controls.values()) control.drop?.();
    controls.clear();
    lay(model.get('spec'), opened);
    show(new Set());
    if (held) /** @type {HTMLElement | null} */
      (node.querySelector(`[data-focus="${CSS.escape(held)}"]`))?.focus();
  };
  const show = (held = unheard(model)) => {
    const values = model.get('values');
    for (const [id, control] of controls)
      if (id in values && !held.has(id)) control.show(values[id]);
    const setting = node.querySelector('.stage-setting');
    if (setting)
      setting.textContent =
          [model.get('frame').case, model.get('frame').position].filter(Boolean).join(' · ');
    tag();
    mark();
  };
  const tag = () => {
    const tags = model.get('tags');
    for (const [id, { node: knob }] of controls) {
      const label = /** @type {HTMLElement | null} */ (knob.querySelector('.tag'));
      const back = /** @type {HTMLElement | null} */ (knob.querySelector('.knob-back'));
      const [kind, text, changed] = tags[id] ?? [];
      if (label) {
        label.hidden = !text;
        label.dataset.kind = kind ?? '';
        label.textContent = text ?? '';
      }
      if (back) back.hidden = !changed;
    }
  };
  const mark = () => {
    const task = begun(desk);
    const id = task?.state === 'guessed' ? task.knob : '';
    const card = () => /** @type {HTMLElement | null | undefined} */ (
        node.closest('.stage')?.querySelector('.stage-tasks'));
    const same = asks.dataset.task === task?.id;
    const unfolded = same && Boolean(asks.querySelector('details')?.open);
    asks.dataset.task = task?.id ?? '';
    asks.replaceChildren(...(!task ? [] :
            id ? [desk.word(task.by_hand ? 'task_by_hand' : 'task_knob', {title: task.title, turn: task.turn.label})] :
                 came(task, desk, card, unfolded)));
    // Said here too if the card was out of sight, and for good: nothing moves below the card when it comes back.
    asks.classList.toggle('is-said',
        !id &&
            (same && asks.classList.contains('is-said') || Boolean(node.closest('.is-card-away'))));
    asks.classList.toggle('is-ended', !id);
    if (task) controls.get(task.knob)?.node.append(asks); else asks.remove();
    for (const [name, control] of controls) {
      control.node.classList.toggle('is-asked', name === id);
      describe(control.node, name === id ? asks.id : '');
    }
    const hidden = controls.get(id)?.node.closest('details');
    if (hidden) hidden.open = true;
  };
  const again = (/** @type {any} */ message) => { if (message?.again) show(new Set()); };
  const answer = () => show();
  model.on('msg:custom', again);
  build();
  return {
    node,
    on: { spec: build, values: answer, tags: tag, tasks: mark, frame: answer },
    drop: () => {
      model.off('msg:custom', again);
      for (const control of controls.values()) control.drop?.();
    },
  };
}
