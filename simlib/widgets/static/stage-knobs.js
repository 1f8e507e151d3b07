// @ts-check
// What can be set: the three main knobs, the others folded by group, and above them the case.


import { h } from './draw.js';
import { unheard } from './lab.js';
import { makeKnob } from './stage-knob.js';

const FADE_MS = 300;
let serial = 0;
const calm = () => matchMedia('(prefers-reduced-motion: reduce)').matches;

/**
 * The task the reader is at, if its knob is to be turned or has been.
 * @param {Desk} desk
 */
function begun({ model }) {
  const { now, list } = /** @type {Tasks} */ (model.get('tasks'));
  return (list ?? []).find(({ id, state }) => id === now && (state === 'guessed' || state === 'done'));
}

/**
 * What a task asks for, said with each control of its knob.
 * @param {HTMLElement} knob
 * @param {string} id of the words; empty: none
 */
function describe(knob, id) {
  for (const control of knob.querySelectorAll('input, select, .knob-open')) {
    if (id) control.setAttribute('aria-describedby', id); else control.removeAttribute('aria-describedby');
  }
}

/**
 * The way on in the card, as it stands there by now, or else as it stood when its task was done: the
 * focus goes along, for the button at the knob is gone once Python answers.
 * @param {HTMLElement} way
 * @param {HTMLElement | null | undefined} card
 * @param {string} id of the task
 */
function lead(way, card, id) {
  const same = way.dataset.id ? `[data-id=${way.dataset.id}]` : '.task-on';
  const live = /** @type {HTMLElement | null | undefined} */ (card?.dataset.task === id ? card.querySelector(same) : null);
  (live ?? /** @type {HTMLElement | null | undefined} */ (card?.querySelector('h3')))?.focus({ preventScroll: true });
  if (!live && way instanceof HTMLAnchorElement) location.hash = way.hash;  // what has left the page leads nowhere by itself
  (live ?? way).click();
}

/**
 * What a task that is done came to, at its knob, and the ways on from there: the card may be far above.
 * @param {Task} task
 * @param {Desk} desk
 * @param {() => HTMLElement | null | undefined} card
 * @param {boolean} open whether the explanation row by row is unfolded
 */
function came({ id, verdict, sum, right, lines }, { word, said }, card, open) {
  const ways = /** @type {HTMLElement[]} */ ([...card()?.querySelectorAll('[data-id=next], .task-on, [data-id=left]') ?? []]).map((way) => {
    const left = way.dataset.id === 'left';
    const on = h('button', { type: 'button', 'data-id': left ? 'knob-left' : 'knob-next', class: left ? 'is-quiet' : 'is-strong' }, way.textContent ?? '');
    on.addEventListener('click', () => lead(way, card(), id));
    return on;
  });
  const rows = h('details', { open }, h('summary', {}, word('lines')), h('ul', {}, ...lines.map((each) => h('li', {}, ...said(each)))));
  return [h('p', { class: `task-verdict${right ? ' is-right' : ''}` }, ...said(verdict)), h('p', {}, ...said(sum)),
    h('div', { class: 'task-acts' }, ...ways, rows)];
}

/**
 * @param {Desk} desk
 * @returns {Part}
 */
export function knobs(desk) {
  const { model } = desk;
  const asks = h('div', { class: 'knob-asks', id: `knob-asks-${serial++}` });  // in the frame of the knob a task asks for: what to do
  /** @type {Map<string, Control>} */
  const controls = new Map();
  let mains = '';
  const node = h('form', { class: 'stage-knobs', 'aria-label': desk.word('knobs') });
  node.addEventListener('submit', (event) => event.preventDefault());

  /**
   * A fold, open if it was.
   * @param {string} id
   * @param {string} label
   * @param {Set<string>} opened
   */
  const fold = (id, label, opened) => h('details', { class: 'stage-fold', 'data-group': id, open: opened.has(id) },
    h('summary', {}, label));
  /** @param {Item} item */
  const put = (item) => {
    const control = makeKnob(item, desk);
    controls.set(item.id, control);
    return control.node;
  };
  /**
   * @param {Item[]} spec
   * @param {Set<string>} opened
   */
  const lay = (spec, opened) => {
    const choose = spec.filter(({ place }) => place === 'choose');
    const fact = fold('choose', desk.word('choose'), opened);
    fact.firstElementChild?.append(h('small', { class: 'stage-setting' }));
    fact.append(...choose.map(put));
    const main = h('div', { class: 'stage-main-knobs' }, ...spec.filter(({ place }) => place === 'main').map(put));
    const groups = spec.filter(({ kind }) => kind === 'group').map(({ id, label }) => {
      const members = spec.filter(({ kind, place }) => kind !== 'group' && place === `group:${id}`);
      const group = fold(id, label, opened);
      group.append(...members.map(put));
      return members.length ? group : '';
    });
    const before = mains;
    mains = spec.filter(({ place }) => place === 'main').map(({ id }) => id).join();
    node.replaceChildren(...(choose.length ? [fact] : []), main, ...groups);
    if (before && before !== mains && !calm()) main.animate([{ opacity: 0 }, { opacity: 1 }], { duration: FADE_MS });
  };
  const build = () => {
    const active = document.activeElement;
    const held = active instanceof HTMLElement && node.contains(active) ? active.dataset.focus : undefined;
    const opened = new Set([...node.querySelectorAll('details[open]')].map((each) => /** @type {HTMLElement} */ (each).dataset.group ?? ''));
    for (const control of controls.values()) control.drop?.();
    controls.clear();
    lay(model.get('spec'), opened);
    show(new Set());
    if (held) /** @type {HTMLElement | null} */ (node.querySelector(`[data-focus="${CSS.escape(held)}"]`))?.focus();
  };
  const show = (held = unheard(model)) => {
    const values = model.get('values');
    for (const [id, control] of controls) if (id in values && !held.has(id)) control.show(values[id]);
    const setting = node.querySelector('.stage-setting');
    if (setting) setting.textContent = [model.get('frame').case, model.get('frame').position].filter(Boolean).join(' · ');
    tag();
    mark();
  };
  const tag = () => {
    const tags = model.get('tags');
    for (const [id, { node: knob }] of controls) {
      const label = /** @type {HTMLElement | null} */ (knob.querySelector('.tag'));
      const back = /** @type {HTMLElement | null} */ (knob.querySelector('.knob-back'));
      const [kind, text, changed] = tags[id] ?? [];
      if (label) { label.hidden = !text; label.dataset.kind = kind ?? ''; label.textContent = text ?? ''; }
      if (back) back.hidden = !changed;
    }
  };
  const mark = () => {
    const task = begun(desk);
    const id = task?.state === 'guessed' ? task.knob : '';
    const card = () => /** @type {HTMLElement | null | undefined} */ (node.closest('.stage')?.querySelector('.stage-tasks'));
    const same = asks.dataset.task === task?.id;
    const unfolded = same && Boolean(asks.querySelector('details')?.open);
    asks.dataset.task = task?.id ?? '';
    asks.replaceChildren(...(!task ? [] : id ? [desk.word('task_knob', { title: task.title, turn: task.turn.label })] : came(task, desk, card, unfolded)));
    // Said here too if the card was out of sight, and for good: nothing moves below the card when it comes back.
    asks.classList.toggle('is-said', !id && (same && asks.classList.contains('is-said') || Boolean(node.closest('.is-card-away'))));
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
