// @ts-check
// What the last change came to, for a screen reader: one sentence, when the hand has come to rest.

/** @typedef {import('./stage-types.js').Desk} Desk */
/** @typedef {import('./stage-types.js').Part} Part */

const query = new URL(import.meta.url).search;
/** @type {import('./stage-types.js').Lab} */
const { element } = await import(new URL('lab.js' + query, import.meta.url).href);

const REST_MS = 300;

/**
 * @param {Desk} desk
 * @returns {Part}
 */
export function status({ model }) {
  const node = element('p', { class: 'stage-status is-heard', role: 'status' });
  let last = model.get('told').n;
  let timer = 0;
  const wait = () => {
    const { n, text } = model.get('told');
    if (n === last) return;
    last = n;
    window.clearTimeout(timer);
    timer = window.setTimeout(() => { node.textContent = text; }, REST_MS);
  };
  return { node, on: { told: wait }, drop: () => window.clearTimeout(timer) };
}
