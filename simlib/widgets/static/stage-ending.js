// @ts-check
// After the last task: what was answered beside the others, what decided, and an open question.

/** @typedef {import('./stage-types.js').Desk} Desk */
/** @typedef {import('./stage-types.js').Part} Part */

const query = new URL(import.meta.url).search;
/** @param {string} file */
const at = (file) => new URL(file + query, import.meta.url).href;
/** @type {import('./stage-types.js').Lab} */
const { element } = await import(at('lab.js'));
/** @type {typeof import('./stage-board.js')} */
const { isTheirs } = await import(at('stage-board.js'));

const AT_ONCE = /** @type {any} */ ('instant');  // TypeScript's own list lacks it

/**
 * What was expected of a task, and what comes out: the way back to its card.
 * @param {{id: string, text: string}} wrong
 * @param {Desk['said']} said
 * @param {HTMLElement} from the ending
 */
function wayBack({ id, text }, said, from) {
  const way = element('button', { type: 'button', class: 'is-quiet', 'data-id': `back:${id}` }, ...said(text));
  way.addEventListener('click', () => {
    const card = from.closest('.stage')?.querySelector('.stage-tasks');
    /** @type {HTMLElement | null | undefined} */ (card?.querySelector(`[data-id="dot:${CSS.escape(id)}"]`))?.click();
    card?.closest('.stage-grid')?.scrollIntoView({ block: 'start', behavior: AT_ONCE });
    /** @type {HTMLElement | null | undefined} */ (card?.querySelector('h3'))?.focus({ preventScroll: true });
  });
  return element('li', {}, way);
}

/**
 * @param {Desk} desk
 * @returns {Part}
 */
export function ending({ model, word, said: words }) {
  const node = element('section', { class: 'stage-ending', id: 'ending', 'aria-label': word('ending') });
  let said = '';
  const show = () => {
    const { ending: told = {} } = /** @type {import('./stage-types.js').Tasks} */ (model.get('tasks'));
    if (JSON.stringify(told) === said) return;
    said = JSON.stringify(told);
    node.hidden = !told.text;
    const further = told.further ? [element('p', {}, ...words(told.further))] : [];
    const teaser = told.teaser ? [element('p', {}, told.fold ? element('a', { href: `#${told.fold}` }, told.teaser) : told.teaser)] : [];
    const wrongs = told.wrongs?.length ? [element('ul', {}, ...told.wrongs.map((each) => wayBack(each, words, node)))] : [];
    node.replaceChildren(element('h3', { class: 'is-heard', tabindex: '-1' }, word('ending')), element('p', {}, element('b', {}, ...words((isTheirs(model) && told.theirs) || (told.voices ?? '')))),
      element('p', {}, ...words(told.guessed ?? '')), ...wrongs, element('p', {}, ...words(told.text ?? '')), ...further, ...teaser);
  };
  show();
  return { node, on: { tasks: show } };
}
