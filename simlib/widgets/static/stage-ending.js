// @ts-check
// After the last task: what was answered beside the others, what decided, and an open question.


import { h } from './draw.js';
import { isTheirs } from './stage-board.js';

const AT_ONCE = /** @type {any} */ ('instant');  // TypeScript's own list lacks it

/**
 * What was expected of a task, and what comes out: the way back to its card.
 * @param {{id: string, text: string}} wrong
 * @param {Desk['said']} said
 * @param {HTMLElement} from the ending
 */
function wayBack({ id, text }, said, from) {
  const way = h('button', { type: 'button', class: 'is-quiet', 'data-id': `back:${id}` }, ...said(text));
  way.addEventListener('click', () => {
    const card = from.closest('.stage')?.querySelector('.stage-tasks');
    /** @type {HTMLElement | null | undefined} */ (card?.querySelector(`[data-id="dot:${CSS.escape(id)}"]`))?.click();
    card?.closest('.stage-grid')?.scrollIntoView({ block: 'start', behavior: AT_ONCE });
    /** @type {HTMLElement | null | undefined} */ (card?.querySelector('h3'))?.focus({ preventScroll: true });
  });
  return h('li', {}, way);
}

/**
 * @param {Desk} desk
 * @returns {Part}
 */
export function ending({ model, word, said: words }) {
  const node = h('section', { class: 'stage-ending', id: 'ending', 'aria-label': word('ending') });
  let said = '';
  const show = () => {
    const { ending: told = {} } = /** @type {Tasks} */ (model.get('tasks'));
    if (JSON.stringify(told) === said) return;
    said = JSON.stringify(told);
    node.hidden = !told.text;
    const further = told.further ? [h('p', {}, ...words(told.further))] : [];
    const teaser = told.teaser ? [h('p', {}, told.fold ? h('a', { href: `#${told.fold}` }, told.teaser) : told.teaser)] : [];
    const wrongs = told.wrongs?.length ? [h('ul', {}, ...told.wrongs.map((each) => wayBack(each, words, node)))] : [];
    node.replaceChildren(h('h3', { class: 'is-heard', tabindex: '-1' }, word('ending')), h('p', {}, h('b', {}, ...words((isTheirs(model) && told.theirs) || (told.voices ?? '')))),
      h('p', {}, ...words(told.guessed ?? '')), ...wrongs, h('p', {}, ...words(told.text ?? '')), ...further, ...teaser);
  };
  show();
  return { node, on: { tasks: show } };
}
