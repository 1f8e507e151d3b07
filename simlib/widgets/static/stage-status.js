// @ts-check
// What the last change came to, for a screen reader: one sentence, when the hand has come to rest and
// Python has answered everything that was wished. That a task is done comes first, and why last, both once.


import { h } from './draw.js';
import { unheard } from './lab.js';

const REST_MS = 300;
const LONG_MS = 8000;  // an answer that has not come by then is not waited for

/**
 * @param {Desk} desk
 * @returns {Part}
 */
export function status({ model }) {
  const node = h('p', { class: 'stage-status is-heard', role: 'status' });
  let last = model.get('told').n;
  let past = '';  // the task of which it was said that it is done
  let moved = -Infinity;
  let timer = 0;
  const rest = () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(speak, REST_MS);
  };
  const speak = () => {
    const { n, text, done = '', why = '' } = model.get('told');
    if (n === last) return;
    if (unheard(model).size && performance.now() - moved < LONG_MS) { rest(); return; }
    last = n;
    const [first, reason] = done === past ? ['', ''] : [done, why];
    past = done;
    if (document.documentElement.classList.contains('is-talk')) node.textContent = '';  // stage mode speaks itself
    else node.textContent = [first, text, reason].filter(Boolean).join(document.documentElement.lang.startsWith('zh') ? '' : ' ');
  };
  const say = (/** @type {any} */ { detail }) => { node.textContent = detail; };  // the page around the stage
  window.addEventListener('simlib:say', say);
  const move = () => { moved = performance.now(); rest(); };
  return { node, on: { told: rest, asked: move }, drop: () => { window.clearTimeout(timer); window.removeEventListener('simlib:say', say); } };
}
