// @ts-check
// What a class chose and how many hands there were, kept while the window is open: told in the
// reveal and the summary of stage mode, and afterwards in the reveal on the page.

import { h } from './draw.js';
import { polled } from './stage-mode-steps.js';

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
  return h('div', { class: 'polls' }, ...all.map(({ asked, counts, of }) => h('div', {},
    named ? h('p', { class: 'poll-asked' }, asked) : '', barsOf(counts, of, [label, named ? asked : ''].filter(Boolean).join(' ')))));
}

/**
 * @param {Record<string, number>} counts
 * @param {number} of how many hands there were
 * @param {string} label
 */
function barsOf(counts, of, label) {
  const rows = Object.entries(counts).map(([option, count]) => {
    const bar = h('i', { 'aria-hidden': 'true' });
    bar.style.width = `${count / of * 100}%`;
    return h('li', {}, h('span', {}, option), h('span', { class: 'poll-bar' }, bar), h('b', {}, String(count)));
  });
  return h('ul', { class: 'poll', 'aria-label': label }, ...rows);
}
