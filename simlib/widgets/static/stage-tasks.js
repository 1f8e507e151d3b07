// @ts-check
// Tasks, one at a time: guess, do, see. Python notices that a task was done; here its card is shown.

/** @typedef {import('./stage-types.js').Task} Task */
/** @typedef {import('./stage-types.js').Tasks} Tasks */
/** @typedef {import('./stage-types.js').Desk} Desk */
/** @typedef {import('./stage-types.js').Part} Part */

const query = new URL(import.meta.url).search;
/** @param {string} file */
const at = (file) => new URL(file + query, import.meta.url).href;
/** @type {import('./stage-types.js').Lab} */
const { element } = await import(at('lab.js'));
/** @type {typeof import('./stage-scale.js')} */
const { unbroken } = await import(at('stage-scale.js'));

const [PHONE, WIDE] = ['(max-width: 759px)', '(min-width: 1000px)'];

let serial = 0;
// Where the focus goes when the buttons of a card change: the first of these that is there.
const NEXT = ['[role=radio][tabindex="0"]:not([aria-disabled])', '[data-id=knob]', '[data-id=next]', '[data-id=start]', '.task-on', 'h3'];

/**
 * A button.
 * @param {string} id
 * @param {string} text
 * @param {() => void} act
 * @param {string} [look]
 * @param {string} [about] the id of the words that describe it
 */
function button(id, text, act, look, about) {
  const made = element('button', { type: 'button', 'data-id': id, class: look, 'aria-describedby': about }, text);
  made.addEventListener('click', act);
  return made;
}

/**
 * To the knob a task speaks of, with the board in sight.
 * @param {string} id
 * @param {HTMLElement} card
 */
function toKnob(id, card) {
  const knob = card.closest('.stage')?.querySelector(`.stage-knobs [data-id="${CSS.escape(id)}"]`);
  const field = /** @type {HTMLElement | null | undefined} */ (knob?.querySelector('input:checked') ?? knob?.querySelector('input, select'));
  field?.focus({ preventScroll: true });
  knob?.scrollIntoView({ block: 'nearest' });
}

/**
 * When the hand has left the slider, and what is new is drawn.
 * @param {() => void} act
 */
function atRest(act) {
  const soon = () => requestAnimationFrame(() => requestAnimationFrame(act));
  if (document.querySelector('input[type=range]:active')) addEventListener('pointerup', soon, { once: true });
  else soon();
}

/**
 * The options: they behave as radio buttons, but only a press decides, not an arrow key.
 * @param {Task} task
 * @param {Desk} desk
 * @param {string} label the id of the words above them
 */
function choices(task, { tell }, label) {
  const open = task.state === 'open';
  const options = task.options.map(({ value, label: text }, n) => {
    const chosen = task.guess === value;
    const option = element('button', { type: 'button', role: 'radio', 'aria-checked': String(chosen), 'data-value': value,
      'aria-disabled': open ? null : 'true', tabindex: chosen || task.guess === null && n === 0 ? '0' : '-1' }, text);
    option.addEventListener('click', () => { if (open) tell({ task: task.id, do: 'guess', value }); });
    return option;
  });
  const group = element('div', { role: 'radiogroup', class: 'task-options', 'aria-labelledby': label }, ...options);
  group.addEventListener('keydown', (event) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const now = options.findIndex((each) => each === document.activeElement);
    const next = options[(now + step + options.length) % options.length];
    for (const option of options) option.tabIndex = option === next ? 0 : -1;
    next.focus();
  });
  return group;
}

/**
 * @param {Desk} desk
 * @returns {Part}
 */
export function tasks(desk) {
  const { model, word, tell } = desk;
  const name = `stage-task-${serial++}`;
  const node = element('section', { class: 'stage-tasks', id: 'tasks', 'aria-labelledby': `${name}-title` });
  let now = '';
  let shown = '';
  let drawn = '';  // the task whose card stands there
  let onwards = false;  // a task begins: it is brought in sight

  /** @param {Task[]} list */
  const dots = (list) => element('div', { class: 'task-dots', role: 'radiogroup', 'aria-label': word('tasks') }, ...list.map((task, n) => {
    const radio = element('input', { type: 'radio', name: `${name}-dot`, value: task.id, 'data-id': `dot:${task.id}` });
    radio.checked = task.id === shown;
    radio.addEventListener('change', () => { shown = task.id; show(); });
    return element('label', { 'data-state': task.state, title: word(`state_${task.state}`) }, radio,
      element('span', {}, String(n + 1)), element('span', { class: 'is-heard' }, `${task.title}${word('pause')}${word(`state_${task.state}`)}`));
  }));
  /**
   * What follows a task.
   * @param {Task[]} list
   * @param {Task} task
   */
  const onward = (list, task) => {
    const next = list[list.indexOf(task) + 1];
    if (!next) return element('a', { href: '#depth', class: 'task-on' }, word('on'));
    return button('next', word('next'), () => {
      shown = next.id;
      onwards = true;
      if (next.state === 'new') tell({ task: next.id, do: 'start' }); else show();
    }, 'is-strong');
  };
  /**
   * @param {Task} task
   * @param {Task[]} list
   * @returns {(Node | string)[]}
   */
  const content = (task, list) => {
    const send = (/** @type {string} */ act) => () => {
      onwards = act === 'start';
      tell({ task: task.id, do: act });
    };
    const skip = button('skip', word('skip'), send('skip'), 'is-quiet');
    if (task.state === 'new') return [element('div', { class: 'task-acts' }, button('start', word('start'), send('start'), 'is-strong', `${name}-question`), skip)];
    if (task.state === 'skipped') return [element('div', { class: 'task-acts' }, onward(list, task), button('again', word('back'), send('again'), 'is-quiet'))];
    const options = choices(task, desk, `${name}-question`);
    if (task.state === 'open') return [element('div', { class: 'task-choice' }, options, skip)];
    if (task.state === 'guessed') {
      return [options, element('p', { class: 'task-do', id: `${name}-do` }, task.do),
        element('div', { class: 'task-acts' }, button('knob', word('knob'), () => toKnob(task.knob, node), 'is-strong', `${name}-do`), skip)];
    }
    const told = element('div', { class: 'task-told' });
    told.innerHTML = unbroken(task.told);
    told.classList.toggle('is-right', task.right === true);
    return [options, told, element('div', { class: 'task-acts' }, onward(list, task), button('again', word('again'), send('again'), 'is-quiet'))];
  };
  const show = () => {
    const { now: id, list = [] } = /** @type {Tasks} */ (model.get('tasks'));
    node.hidden = !list.length;
    if (!list.length) return;
    if (!model.get('scene').id) { abroad(); return; }
    if (id !== now) { now = id; shown = id; }
    const task = list.find((each) => each.id === shown) ?? list[0];
    shown = task.id;
    const held = node.contains(document.activeElement);
    const dot = held && document.activeElement instanceof HTMLInputElement;
    const ended = node.dataset.state === 'guessed' && task.state === 'done' && task.id === drawn;
    drawn = task.id;
    node.dataset.state = task.state;
    node.replaceChildren(element('div', { class: 'task-head' }, element('h3', { id: `${name}-title`, tabindex: '-1', 'aria-describedby': `${name}-question${task.state === 'guessed' ? ` ${name}-do` : ''}` }, task.title),
      element('p', { class: 'task-question', id: `${name}-question` }, unbroken(task.question)), dots(list)), ...content(task, list));
    if (held) stay(dot);
    if (onwards && task.id === shown) { onwards = false; requestAnimationFrame(() => requestAnimationFrame(bring)); }
    if (ended) atRest(() => node.querySelector('.task-told')?.scrollIntoView({ block: 'nearest' }));
  };
  /** Another case is open: the tasks speak of the lesson's own. */
  const abroad = () => {
    const home = button('home', word('tasks_home'), () => tell({ scene: model.get('scenes')[0].id }));
    node.dataset.state = 'abroad';
    node.replaceChildren(element('h3', { id: `${name}-title`, class: 'is-heard' }, word('tasks')),
      element('p', { class: 'task-abroad' }, word('tasks_abroad')), element('div', { class: 'task-acts' }, home));
  };
  /** On a phone the board lies over what has scrolled below it: the card begins under it. Beside the
   * knobs the board and they are brought in sight, under the bar. */
  const bring = () => {
    if (matchMedia(PHONE).matches) node.scrollIntoView({ block: 'start' });
    else if (matchMedia(WIDE).matches) node.closest('.stage-grid')?.scrollIntoView({ block: 'start' });
  };
  /**
   * The focus stays in the card when its buttons change.
   * @param {boolean} dot
   */
  const stay = (dot) => {
    const next = dot ? ['.task-dots input:checked'] : NEXT;
    const found = next.map((each) => node.querySelector(each)).find(Boolean);
    /** @type {HTMLElement | undefined} */ (found ?? undefined)?.focus({ preventScroll: true });
  };
  show();
  return { node, on: { tasks: show, scene: show } };
}
