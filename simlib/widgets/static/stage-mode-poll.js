// @ts-check
// What a class chose and how many hands there were, kept while the window is open: told in the
// reveal and the summary of stage mode, and afterwards in the reveal on the page.

const query = new URL(import.meta.url).search;
/** @type {import('./stage-types.js').Lab} */
const { element } = await import(new URL('lab.js' + query, import.meta.url).href);

/** @typedef {import('./stage-mode-steps.js').Vote} Vote */

/** @param {string} topic */
const keyOf = (topic) => `simlib:class:1:${topic}`;

/**
 * @param {string} topic
 * @returns {Vote}
 */
export function kept(topic) {
  try {
    const { chosen = {}, counts = {}, also = {} } = JSON.parse(sessionStorage.getItem(keyOf(topic)) ?? '{}');
    return { chosen, counts, also };
  } catch { return { chosen: {}, counts: {}, also: {} }; }
}

/**
 * @param {string} topic
 * @param {Vote} vote
 */
export function keep(topic, vote) {
  try {
    sessionStorage.setItem(keyOf(topic), JSON.stringify(vote));
  } catch { /* private window: it lives as long as the page */ }
}

/**
 * The hands as bars against each other; null: nobody counted.
 * @param {Record<string, number>} counts
 * @param {string} label
 */
export function bars(counts, label) {
  const most = Math.max(0, ...Object.values(counts));
  if (!most) return null;
  const rows = Object.entries(counts).map(([option, count]) => {
    const bar = element('i', { 'aria-hidden': 'true' });
    bar.style.width = `${count / most * 100}%`;
    return element('li', {}, element('span', {}, option), element('span', { class: 'poll-bar' }, bar), element('b', {}, String(count)));
  });
  return element('ul', { class: 'poll', 'aria-label': label }, ...rows);
}
