// @ts-check
// The bet: what bet.js gathered in the page before the lab was alive goes to Python, and the rest of
// the lesson opens when Python has it.

import { h, hearing, press } from './draw.js';
import { isTheirs } from './stage-board.js';
import './bet.js';

// ----------------------------------------------------------------

// What a form asks: a page that was sent for another case asks something else.
function questions(/** @type {Element} */ form) {
  return [...form.querySelectorAll('input')]
      .map(({name, type, value, max}) => [name, type, type === 'radio' ? value : max].join('='))
      .join();
}

function made(/** @type {string} */ html) {
  const held = document.createElement('template');
  held.innerHTML = html;
  return held.content.querySelector('form');
}

/** @param {Desk} desk @param {HTMLElement} root @returns {Part} */
export function bet(desk, root) {
  const { model } = desk;
  const held = /** @type {{simlibBet: Held}} */ (/** @type {unknown} */ (window)).simlibBet;
  const read = () => /** @type {Bet} */ (model.get('bet'));
  const node = h('div', { class: 'stage-bet' });
  const find = () => document.querySelector('form[data-bet]');
  let heard = '';  // what Python said last; what the page says itself stays
  let was = true;  // open, before the lab was alive

  const put = () => {
    const old = find();
    const form = made(read().html);
    if (!form || old && questions(old) === questions(form)) return;
    if (old) old.replaceWith(form); else node.append(form);
  };
  const send = () => {
    if (held.wish === 'open') desk.press('open');
    if (held.wish === 'send' && read().open) desk.tell({ bet: held.values });
    held.wish = '';
  };
  /** Python has the answer: it opened the stage for it, or asks it back. */
  const confirm = () => { if (!read().open || read().said) held.forget(); };
  const show = () => {
    const now = read();
    put();
    const form = find();
    const said = form?.querySelector('.bet-said');
    if (said && now.said !== heard) {
      said.textContent = heard = now.said;
      if (heard) {
        form?.querySelector('.bet-buttons')?.scrollIntoView({
          block: 'nearest'
        });  // which the words push down
        /** @type {HTMLElement | undefined} */ ([...form?.querySelectorAll('fieldset input:checked') ?? []].pop())?.focus();  // one of the two is to be changed
      }
    }
    node.hidden = !now.open;
    root.classList.toggle('is-shut', now.open);
    document.body.classList.toggle('is-shut', now.open);
    document.body.classList.remove('is-restoring', 'is-asked');
    if (!now.open && was && asked) requestAnimationFrame(arrive);  // the reveal is filled by then
    was = now.open;
  };
  /** The reader has bet: to what it came to. */
  const arrive = () => {
    asked = false;
    const heading =
        /** @type {HTMLElement | null} */ (root.querySelector('.stage-reveal:not([hidden]) h2') ??
            root.querySelector('.stage-question'));
    heading?.focus({ preventScroll: true });
    (heading?.closest('.stage-reveal') ?? root).scrollIntoView({ block: 'start' });
  };
  let asked = held.wish !== '';
  const hear = () => { asked = true; send(); };
  held.alive = true;
  const silence = hearing([window, 'simlib:bet', hear]);
  show();
  confirm();
  send();
  return {
    node,
    on: { bet: () => { held.rest(); confirm(); show(); } },
    drop: () => { held.alive = false; silence(); },
  };
}

// ----------------------------------------------------------------
// After the bet: you, the court, the law in force, and the rule of the lesson.

/** @param {Desk} desk @returns {Part} */
export function reveal(desk) {
  const { model } = desk;
  const node =
      h('section', {class: 'stage-reveal', 'aria-label': desk.word('reveal'), 'data-id': 'reveal'});
  const heading = h('h2', { class: 'is-heard', tabindex: '-1' }, desk.word('reveal'));
  const box = h('div', { class: 'stage-voices' });
  node.append(heading, box);
  const onward =
      h('button', {type: 'button', class: 'is-strong stage-onward', 'data-id': 'onward'});
  onward.addEventListener('click', () => {
    const card = node.closest('.stage')?.querySelector('.stage-tasks');
    card?.closest('.stage-grid')?.scrollIntoView({ block: 'start' });
    /** @type {HTMLElement | null | undefined} */ (card?.querySelector('h3'))?.focus({ preventScroll: true });
    const [first] = /** @type {Tasks} */ (model.get('tasks')).list;
    desk.tell({ task: first.id, do: 'start' });
  });
  /** The first task not yet begun is what comes next. */
  const lead = () => {
    const [first] = /** @type {Tasks} */ (model.get('tasks')).list ?? [];
    onward.hidden = first?.state !== 'new';
    onward.textContent = first ? `${desk.word('try', { title: first.title })} ↓` : '';
  };
  // What explains the sentence, folded.
  /** @param {string[]} said @param {string} head */
  const fold = (said, head) => said.length ?
      [h('details', {class: 'stage-fold reveal-fold'}, h('summary', {}, head),
          ...said.map((each) => h('p', {}, ...desk.said(each))))] :
      [];
  const show = () => {
    const {
      columns = [],
      sentence = '',
      theirs: linked = '',
      folded = [],
      folded_theirs: other = [],
      more = '',
      rule = '',
      right = null
    } = /** @type {Reveal} */ (model.get('reveal'));
    const theirs = model.get('bet').theirs && !(/** @type {any} */ (window).simlibMine);
    const voices =
        columns.map(({id, label, value, note}) => h('div', {class: 'voice', 'data-id': id},
                        h('dt', {}, id === 'you' && theirs ? desk.word('theirs') : label),
                        h('dd', {}, h('b', {}, value), h('small', {}, ...desk.said(note)))));
    node.hidden = !columns.length && !sentence && !rule;
    heading.textContent =
        columns.map(({id, label}) => (id === 'you' && theirs ? desk.word('theirs') : label))
            .join(desk.word('voices')) ||
        desk.word('reveal');
    box.replaceChildren(h('dl', {}, ...voices),
        h('div', {class: 'stage-verdict'},
            h('p', {class: theirs || right === null ? '' :
                  right                             ? 'is-right' :
                                                      'is-other'},
                ...desk.said(theirs && linked ? linked : sentence)),
            h('p', {class: 'stage-rule', hidden: !rule}, ...desk.said(rule)),
            ...fold(theirs ? other : folded, more)),
        onward);
    lead();
  };
  show();
  return { node, on: { reveal: show, bet: show, tasks: lead } };
}

// ----------------------------------------------------------------
// After the last task: what was answered beside the others, what decided, and an open question.

const AT_ONCE = /** @type {any} */ ('instant');  // TypeScript's own list lacks it

// What was expected of a task, and what comes out: the way back to its card.
/** @param {{id: string, text: string, why: string}} wrong @param {Desk['said']} said
 * @param {HTMLElement} from the ending */
function wayBack({ id, text, why }, said, from) {
  const reason = h('p', {}, ...said(why));
  if (!id) return h('li', {}, h('p', {}, ...said(text)), reason);  // what was answered at the start
  return h('li', {}, press(`back:${id}`, said(text), () => {
    const card = from.closest('.stage')?.querySelector('.stage-tasks');
    /** @type {HTMLElement | null | undefined} */ (card?.querySelector(`[data-id="dot:${CSS.escape(id)}"]`))?.click();
    card?.closest('.stage-grid')?.scrollIntoView({ block: 'start', behavior: AT_ONCE });
    /** @type {HTMLElement | null | undefined} */ (card?.querySelector('h3'))?.focus({ preventScroll: true });
  }, { class: 'is-quiet' }), reason);
}

/** @param {Desk} desk @returns {Part} */
export function ending({ model, word, said: words }) {
  const node = h('section', { class: 'stage-ending', id: 'ending', 'aria-label': word('ending') });
  let said = '';
  const show = () => {
    const { ending: told = {} } = /** @type {Tasks} */ (model.get('tasks'));
    if (JSON.stringify(told) === said) return;
    said = JSON.stringify(told);
    node.hidden = !told.text;
    const again = told.again ?
        [h('p', {}, h('a', {href: told.again.href, 'data-id': 'replay'}, told.again.text))] :
        [];
    const teaser = told.teaser ?
        [h('p', {}, told.fold ? h('a', {href: `#${told.fold}`}, told.teaser) : told.teaser)] :
        [];
    const wrongs = told.wrongs?.length ?
        [h('ul', {}, ...told.wrongs.map((each) => wayBack(each, words, node)))] :
        [];
    node.replaceChildren(h('h3', {class: 'is-heard', tabindex: '-1'}, word('ending')),
        h('p', {}, h('b', {}, ...words((isTheirs(model) && told.theirs) || (told.voices ?? '')))),
        h('p', {}, ...words(told.guessed ?? '')), ...wrongs,
        ...[told.clean, told.text, told.cost, told.further].filter(Boolean).map(
            (each) => h('p', {}, ...words(each ?? ''))),
        ...teaser, ...again);
  };
  show();
  return { node, on: { tasks: show } };
}
