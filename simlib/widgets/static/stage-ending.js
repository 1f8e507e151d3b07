// @ts-check
// After the last task: what was answered beside the others, what decided, and an open question.

/** @typedef {import('./stage-types.js').Desk} Desk */
/** @typedef {import('./stage-types.js').Part} Part */

const query = new URL(import.meta.url).search;
/** @param {string} file */
const at = (file) => new URL(file + query, import.meta.url).href;
/** @type {import('./stage-types.js').Lab} */
const { element } = await import(at('lab.js'));

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
    const teaser = told.teaser ? [element('p', {}, told.fold ? element('a', { href: `#${told.fold}` }, told.teaser) : told.teaser)] : [];
    node.replaceChildren(element('h3', { class: 'is-heard', tabindex: '-1' }, word('ending')), element('p', {}, element('b', {}, ...words(told.voices ?? ''))),
      element('p', {}, ...words(told.guessed ?? '')), element('p', {}, ...words(told.text ?? '')), ...teaser);
  };
  show();
  return { node, on: { tasks: show } };
}
