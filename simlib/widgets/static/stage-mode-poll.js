// @ts-check
// What a class chose and how many hands there were, kept while the window is open: told in the
// reveal and the summary of stage mode, and afterwards in the reveal on the page.

const query = new URL(import.meta.url).search;
/** @param {string} file */
const at = (file) => new URL(file + query, import.meta.url).href;
/** @type {import('./stage-types.js').Lab} */
const { element } = await import(at('lab.js'));
/** @type {typeof import('./stage-mode-steps.js')} */
const { polled } = await import(at('stage-mode-steps.js'));

/** @typedef {import('./stage-mode-steps.js').Vote} Vote */

/** @param {string} topic */
const keyOf = (topic) => `simlib:class:1:${topic}`;

/**
 * @param {string} topic
 * @returns {Vote}
 */
export function kept(topic) {
  try {
    const { chosen = {}, counts = {}, also = {}, heads = '', asked = {} } = JSON.parse(sessionStorage.getItem(keyOf(topic)) ?? '{}');
    return { chosen, counts, also, heads, asked };
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
 * The hands of each question that was counted, as parts of all of them; null: nobody counted.
 * @param {Vote} vote
 * @param {string} label
 */
export function bars(vote, label) {
  const all = polled(vote);
  if (!all.length) return null;
  const named = all.length > 1 || all[0].id !== (vote.heads ?? '');
  return element('div', { class: 'polls' }, ...all.map(({ asked, counts, of }) => element('div', {},
    named ? element('p', { class: 'poll-asked' }, asked) : '', barsOf(counts, of, [label, named ? asked : ''].filter(Boolean).join(' ')))));
}

/**
 * @param {Record<string, number>} counts
 * @param {number} of how many hands there were
 * @param {string} label
 */
function barsOf(counts, of, label) {
  const rows = Object.entries(counts).map(([option, count]) => {
    const bar = element('i', { 'aria-hidden': 'true' });
    bar.style.width = `${count / of * 100}%`;
    return element('li', {}, element('span', {}, option), element('span', { class: 'poll-bar' }, bar), element('b', {}, String(count)));
  });
  return element('ul', { class: 'poll', 'aria-label': label }, ...rows);
}
