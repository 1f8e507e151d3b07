// @ts-check
// Tasks, one at a time: guess, do, see. Python notices that a task was done; here its card is shown.

import { h, hearing, press } from './draw.js';
import { fragmentOf } from './lab.js';
import { mark } from './stage-terms.js';

// ----------------------------------------------------------------
// Whoever clicks twice opens a task, and does not answer it: its first option may lie under the pointer.

const SOON_MS = 500;  // a double click is no slower
const NEAR_PX = 8;

/** What hears the clicks of the page, and is told when a task opens. */
export function double() {
  let opened = -SOON_MS;
  let last = new MouseEvent('click');
  const hear = (/** @type {MouseEvent} */ event) => {
    if (!event.detail) return;  // no pointer
    const near = Math.hypot(event.clientX - last.clientX, event.clientY - last.clientY) < NEAR_PX;
    const again =
        near && last.timeStamp <= opened;  // its first click is the one that opened the task
    last = event;
    if (!again || event.timeStamp - opened > SOON_MS) return;
    event.preventDefault();
    event.stopPropagation();
  };
  return {
    opens: () => {
      opened = performance.now();
    },
    drop: hearing([document, 'click', hear, true])
  };
}

// ----------------------------------------------------------------

const BAR_PX = 48;
const AT_ONCE = /** @type {any} */ ('instant');  // TypeScript's own list lacks it
const EDITOR = '12-own.ipynb';
let serial = 0;
// Where the focus goes when the buttons of a card change: the first of these that is there.
const NEXT = [
  '[role=radio][tabindex="0"]:not([aria-disabled])', '[data-id=knob]', '[data-id=next]',
  '[data-id=start]', '.task-on', 'h3'
];

// A button.
/** @param {string} id @param {string} text @param {() => void} act @param {string} [look]
 * @param {string} [about] the id of the words that describe it */
function button(id, text, act, look, about) {
  return press(id, text, act, { class: look, 'aria-describedby': about });
}

// Whether a node is in the window, below the bar.
function isSeen(/** @type {Element | null} */ node) {
  if (!node) return false;
  const { top, bottom } = node.getBoundingClientRect();
  return bottom > BAR_PX && top < innerHeight;
}

// In sight at once, under the bar and a pinned board, if it is not; what is in sight stays where it
// is.
/** @param {Element | null | undefined} found
 * @param {Element | null} [pinned] what lies over the top of the window */
function toSight(found, pinned) {
  if (!found) return;
  const { top, bottom } = found.getBoundingClientRect();
  const lid = pinned && getComputedStyle(pinned).position === 'sticky' ?
      pinned.getBoundingClientRect().bottom :
      BAR_PX;
  if (top < lid - 1 || bottom > innerHeight)
    found.scrollIntoView({block: 'start', behavior: AT_ONCE});
}

// The focus follows a link to the heading it leads to, or the keyboard would begin at the top.
function toHeading(/** @type {string} */ selector) {
  const heading = /** @type {HTMLElement | null} */ (document.querySelector(selector));
  heading?.setAttribute('tabindex', '-1');
  heading?.focus({ preventScroll: true });
}

// To the knob a task speaks of, with the board in sight; a value that no slider has, has its
// button.
/** @param {Task} task @param {HTMLElement} card */
function toKnob({ knob: id, turn }, card) {
  const stage = card.closest('.stage');
  const knob = stage?.querySelector(`.stage-knobs [data-id="${CSS.escape(id)}"]`);
  const field = /** @type {HTMLElement | null | undefined} */ (
      (turn.value === null ? knob?.querySelector('.knob-open') : null) ??
      knob?.querySelector('input:checked') ?? knob?.querySelector('input, select'));
  field?.focus({ preventScroll: true });
  toSight(knob, stage?.querySelector('.stage-board'));
}

// Where the reader's own case is edited: beside the lesson, with the same case.
const editor = (/** @type {string} */ link) => EDITOR + fragmentOf(link);

// The options: they behave as radio buttons, but only a press decides, not an arrow key.
/** @param {Task} task @param {Desk} desk @param {string} label the id of the words above them */
function choices(task, { tell }, label) {
  const open = task.state === 'open';
  /** @type {HTMLButtonElement[]} */
  const options = task.options.map(({ value, label: text }, n) => {
    const chosen = task.guess === value;
    /** @type {HTMLButtonElement} */
    const option = h('button', {
      type: 'button',
      role: 'radio',
      'aria-checked': String(chosen),
      'data-value': value,
      'aria-disabled': open ? null : 'true',
      tabindex: chosen || task.guess === null && n === 0 ? '0' : '-1',
      onclick: () => {
        if (!open || group.querySelector('[aria-checked=true]')) return;
        for (const each of options) {  // at once: Python may take a while
          each.ariaChecked = String(each === option);
          each.ariaDisabled = 'true';
        }
        tell({ task: task.id, do: 'guess', value });
      }
    },
        text);
    return option;
  });
  const turn = (/** @type {KeyboardEvent} */ event) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const now = options.findIndex((each) => each === document.activeElement);
    const next = options[(now + step + options.length) % options.length];
    for (const option of options) option.tabIndex = option === next ? 0 : -1;
    next.focus();
  };
  /** @type {HTMLElement} */
  const group = h('div',
      {role: 'radiogroup', class: 'task-options', 'aria-labelledby': label, onkeydown: turn},
      options);
  return group;
}

/** @param {Desk} desk @returns {Part} */
export function tasks(desk) {
  const { model, word, said, tell } = desk;
  const name = `stage-task-${serial++}`;
  const node =
      h('section', {class: 'stage-tasks', id: 'tasks', 'aria-labelledby': `${name}-title`});
  let now = '';
  let shown = '';
  let running = false;  // until the reader goes on, the card stands for the head of the stage
  let onwards = false;  // a task begins: the stage is brought in sight

  /** @param {Task[]} list */
  const dots = (list) =>
      h('div', {class: 'task-dots', role: 'radiogroup', 'aria-label': word('tasks')},
          ...list.map((task, n) => {
            const radio = h('input', {
              type: 'radio',
              name: `${name}-dot`,
              value: task.id,
              'data-id': `dot:${task.id}`,
              checked: task.id === shown,
              onchange: () => {
                shown = task.id;
                show();
              }
            });
            return h('label', {'data-state': task.state, title: word(`state_${task.state}`)}, radio,
                h('span', {}, task.state === 'done' ? '✓' : String(n + 1)),
                h('span', {class: 'is-heard'},
                    `${task.title}${word('pause')}${word(`state_${task.state}`)}`));
          }));
  // What follows a task; after the last one what is left of the others as well.
  const ways = (/** @type {Task[]} */ list, /** @type {Task} */ task) => {
    const left = list.filter(({ state }) => state !== 'done' && state !== 'skipped');
    if (!left.length || task !== list[list.length - 1]) return [onward(list, task)];
    const names = left.map(({ title }) => title).join(word('between'));
    return [
      onward(list, task),
      button('left', word('left', {list: names}), () => begin(left[0]), 'is-quiet')
    ];
  };
  const begin = (/** @type {Task} */ task) => {
    shown = task.id;
    onwards = true;
    if (task.state === 'new') { tell({ task: task.id, do: 'start' }); return; }
    show();
    // Its buttons may be called as those of the task before: the title says where the reader is.
    if (task.state === 'done' || task.state === 'skipped') /** @type {HTMLElement | null} */
      (node.querySelector('h3'))?.focus({preventScroll: true});
  };
  const onward = (/** @type {Task[]} */ list, /** @type {Task} */ task) => {
    const next = list[list.indexOf(task) + 1];
    if (!next) {
      const ended = Boolean(/** @type {Tasks} */ (model.get('tasks')).ending?.text);
      return h('a', { href: ended ? '#ending' : '#depth', class: 'task-on', onclick: () => {
        running = false;
        node.classList.remove('is-running');
        const { versus, home } = model.get('frame');
        if (ended && versus !== home)
          tell({scene: model.get('scenes')[0].id});  // the summary, the case of the lesson
        requestAnimationFrame(
            () => toHeading(
                ended ? '.stage-ending h3' : '.lesson-depth'));  // the browser has scrolled by then
      } }, word(ended ? 'to_ending' : 'on'));
    }
    return button('next', word('next'), () => begin(next), 'is-strong');
  };
  /** @param {...(Node | string)} made */
  const acts = (...made) => h('div', { class: 'task-acts' }, ...made);
  // What stands beside the title: the question, once guessed what to do, at last the verdict.
  const line = (/** @type {Task} */ task) => {
    const asks = task.state !== 'done' && (task.state !== 'guessed' || task.by_hand);
    const question =
        h('p', {class: `task-question${asks ? '' : ' is-heard'}`, id: `${name}-question`},
            ...said(task.question));
    if (asks) return [question];
    const verdict =
        h('p', {class: `task-verdict${task.right ? ' is-right' : ''}`, id: `${name}-verdict`},
            ...said(task.verdict));
    return [
      question,
      task.state === 'done' ? verdict :
                              h('p', {class: 'task-do', id: `${name}-do`}, ...said(task.do))
    ];
  };
  // What describes its title: the question, and what stands beside it.
  /** @param {Task} task */
  const about = ({state, by_hand: hand}) => ['question',
      ...state === 'guessed' && !hand ? ['do'] :
          state === 'done'   ? ['verdict'] :
                               []].map((part) => `${name}-${part}`)
                                 .join(' ');
  // Why: one sentence, then what leads on, then row by row, folded unless it is one line.
  /** @param {Task} task @param {Node[]} ways */
  const told = ({ sum, lines }, ways) => {
    const listed = h('ul', {}, ...lines.map((each) => h('li', {}, ...said(each))));
    const rows = lines.length > 1 ? h('details', {}, h('summary', {}, word('lines')), listed) :
                                    h('p', {}, ...said(lines[0]));
    return h('div', { class: 'task-told' }, h('p', {}, ...said(sum)), acts(...ways, rows));
  };
  /** @param {Task} task @param {Task[]} list @returns {(Node | string)[]} */
  const content = (task, list) => {
    const send = (/** @type {string} */ act) => () => {
      onwards = act !== 'skip' && act !== 'end';
      tell({ task: task.id, do: act });
    };
    const skip = button('skip', word('skip'), send('skip'), 'is-quiet');
    const way = button(
        'knob', word('knob'), () => toKnob(task, node), 'is-strong',
        `${name}-${task.by_hand ? 'question' : 'do'}`);
    if (task.state === 'new')
      return [acts(
          button('start', word('start'), send('start'), 'is-strong', `${name}-question`), skip)];
    if (task.state === 'skipped')
      return [acts(...ways(list, task), button('again', word('back'), send('again'), 'is-quiet'))];
    if (task.state === 'open') {
      const set = task.id === now ? model.get('tasks').set : '';
      const stands = h('p', {class: 'task-set', hidden: !set}, ...said(set ?? ''));
      if (task.by_hand)
        return [stands, acts(h('p', {class: 'task-hint'}, ...said(word('by_hand'))), way, skip)];
      return [
        stands,
        h('div', {class: 'task-choice'}, choices(task, desk, `${name}-question`), skip)
      ];
    }
    if (task.state === 'guessed') {
      const yours = task.options.find(({ value }) => value === task.guess)?.label ?? '';
      const turn = button('turn', task.turn.label,
          task.by_hand ? send('end') : () => desk.change(task.knob, task.turn.value));
      if (task.by_hand)
        return [acts(
            h('p', {class: 'task-hint', role: 'status'},
                ...said(task.tried ? word('tried', {tried: task.tried}) : word('by_hand'))),
            way, turn, skip, h('small', {class: 'task-yours'}, word('first', {guess: yours})))];
      return [acts(
          way, turn, skip,
          h('small', {class: 'task-yours'}, word('yours', {guess: yours})))];
    }
    const stale = h('p', {class: 'task-stale', hidden: !task.stale}, word(task.also ? 'also' : 'stale'),
        button('end', word('to_end'), send('end')));
    return [
      stale,
      told(task, [...ways(list, task), button('again', word('again'), send('again'), 'is-quiet')])
    ];
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
    const seen =
        held && isSeen(document.activeElement);  // a card the reader left is not brought back
    const dot = held && document.activeElement instanceof HTMLInputElement;
    const opens =
        task.state === 'open' && (node.dataset.task !== task.id || node.dataset.state !== 'open');
    if (opens) twice.opens();
    const unfolded = node.dataset.task === task.id && node.querySelector('details')?.open;
    node.dataset.task = task.id;
    node.dataset.state = task.state;
    running = task.state === 'open' || task.state === 'guessed' || running && task.state === 'done';
    node.classList.toggle('is-running', running);
    node.replaceChildren(
        h('div', {class: 'task-head'},
            h('h3', {id: `${name}-title`, tabindex: '-1', 'aria-describedby': about(task)},
                task.title),
            ...line(task), dots(list)),
        ...content(task, list));
    mark(...node.querySelectorAll('.task-question:not(.is-heard), .task-told'));
    const fold = node.querySelector('details');
    if (fold) fold.open = Boolean(unfolded);
    if (held) stay(dot, seen && !opens);
    if (held && opens) onwards = true;
    if (onwards && task.id === shown) {
      onwards = false;
      requestAnimationFrame(() => requestAnimationFrame(bring));
    }
  };
  /** Another case is open: the tasks speak of the lesson's own. */
  const abroad = () => {
    const { home: own, own: mine } = model.get('frame');
    const home = button('home', word('tasks_home'), () => tell({scene: model.get('scenes')[0].id}),
        mine ? 'is-quiet' : '');
    const ways = mine ?
        [
          h('a', {class: 'task-on is-back', href: editor(model.get('link')), 'data-id': 'edit'},
              word('edit_case')),
          home
        ] :
        [home];
    node.dataset.state = 'abroad';
    node.classList.remove('is-running');
    node.replaceChildren(h('h3', { id: `${name}-title`, class: 'is-heard' }, word('tasks')),
      h('p', { class: 'task-abroad' }, word('tasks_abroad', { home: own })), acts(...ways));
  };
  /** The stage from its head to its board in sight, under the bar; if it is, nothing moves. */
  const bring = () => {
    const grid = node.closest('.stage-grid');
    const { bottom = 0 } = grid?.querySelector('.stage-board')?.getBoundingClientRect() ?? {};
    if ((grid?.getBoundingClientRect().top ?? 0) < BAR_PX || bottom > innerHeight)
      grid?.scrollIntoView({block: 'start', behavior: AT_ONCE});
  };
  // The focus stays in the card, and in sight, when its buttons change.
  const stay = (/** @type {boolean} */ dot, /** @type {boolean} */ seen) => {
    const next = dot ? ['.task-dots input:checked'] : NEXT;
    const found = /** @type {HTMLElement | undefined} */ (
        next.map((each) => node.querySelector(each)).find(Boolean) ?? undefined);
    found?.focus({ preventScroll: true });
    if (seen) toSight(found);
  };
  // What is said of a task that is done while the card is out of sight stands at its knob (stage-knobs.js).
  const sight = new IntersectionObserver(
      (seen) => node.closest('.stage')?.classList.toggle('is-card-away',
          !seen[seen.length - 1].isIntersecting),  // the last of what was seen holds
      {rootMargin: `-${BAR_PX}px 0px -25% 0px`});
  sight.observe(node);
  // On a phone whoever is led to the card sees the head of the stage above it in full.
  const above = new ResizeObserver(() => {
    const head = node.closest('.stage')?.querySelector('.stage-head');
    if (head)
      node.style.setProperty('--head-height',
          `${node.getBoundingClientRect().top - head.getBoundingClientRect().top}px`);
  });
  const twice = double();
  show();
  requestAnimationFrame(() => {
    if (node.previousElementSibling) above.observe(node.previousElementSibling);
  });
  return {
    node,
    drop: () => {
      twice.drop();
      sight.disconnect();
      above.disconnect();
    },
    on: {
      tasks: show,
      scene: show,
      link: () => {
        if (!model.get('scene').id) show();
      }
    }
  };
}
