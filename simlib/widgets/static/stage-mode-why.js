// @ts-check
// Why a number is what it is, large, above or below its row and not over it; the knobs stay in sight.


import { h } from './draw.js';
import { titleOf } from './stage-mode-steps.js';

import { clear } from './stage-measures.js';

const GAP = 20;

/**
 * @param {Desk} desk
 * @param {Record<string, string>} words
 * @param {() => void} closed
 */
export function whyOf({ model, tell }, words, closed) {
  const title = h('h3', { tabindex: '-1' });
  const body = h('div', { class: 'stage-reasons', tabindex: '0' });
  const shut = h('button', { type: 'button', 'aria-label': words.close }, '×');
  const node = h('section', { class: 'talk-why', hidden: true, 'aria-label': words.why }, h('header', {}, title, shut), body);
  /** @param {string} say */
  const numberOf = (say) => /** @type {HTMLElement | null} */ (node.closest('dialog')?.querySelector(`.talk-scene [data-say="${CSS.escape(say)}"]`));
  /**
   * Where there is more room, above the number's row or below it, between the title and the keys.
   * @param {HTMLElement | null} number
   */
  const place = (number) => {
    const boxOf = (/** @type {string} */ part) => node.closest('dialog')?.querySelector(part)?.getBoundingClientRect();
    const [head, keys, knobs, row] = [boxOf('.talk-head'), boxOf('.talk-keys'), boxOf('.talk-knobs'), number?.closest('.board-row')?.getBoundingClientRect()];
    const area = { top: head?.bottom ?? GAP, bottom: keys?.top ?? innerHeight - GAP };
    const room = row ? clear(row, area) : { ...area, under: true };
    const right = knobs?.width ? innerWidth - knobs.left + GAP : GAP;
    node.style.inset = `${room.under ? `${room.top}px` : 'auto'} ${right}px ${room.under ? 'auto' : `${innerHeight - room.bottom}px`} ${GAP}px`;
    node.style.maxHeight = `${room.bottom - room.top}px`;
  };
  let asked = '';
  const show = () => {
    const why = /** @type {Why} */ (model.get('drawer'));
    const fresh = Boolean(why.say) && (node.hidden || why.say !== asked);
    asked = why.say || asked;
    node.hidden = !why.say;
    title.textContent = titleOf(model.get('board'), why.say) || why.title;
    if (body.innerHTML !== why.html) body.innerHTML = why.html;
    if (fresh) { place(numberOf(why.say)); title.focus(); }
  };
  /** Whether there was something to close; the number has the focus again. */
  const close = () => {
    if (node.hidden) return false;
    node.hidden = true;
    closed();
    tell({ say: '' });
    numberOf(asked)?.focus();
    return true;
  };
  shut.addEventListener('click', close);
  return { node, show, close };
}
