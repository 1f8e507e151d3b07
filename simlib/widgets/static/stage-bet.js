// @ts-check
// The bet: what bet.js gathered in the page before the lab was alive goes to Python, and the rest of
// the lesson opens when Python has it.


import { h } from './draw.js';
import './bet.js';

/**
 * What a form asks: a page that was sent for another case asks something else.
 * @param {Element} form
 */
function questions(form) {
  return [...form.querySelectorAll('input')].map(({ name, type, value, max }) => [name, type, type === 'radio' ? value : max].join('=')).join();
}

/** @param {string} html */
function made(html) {
  const held = document.createElement('template');
  held.innerHTML = html;
  return held.content.querySelector('form');
}

/**
 * @param {Desk} desk
 * @param {HTMLElement} root
 * @returns {Part}
 */
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
        form?.querySelector('.bet-buttons')?.scrollIntoView({ block: 'nearest' });  // which the words push down
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
    const heading = /** @type {HTMLElement | null} */ (root.querySelector('.stage-reveal:not([hidden]) h2') ?? root.querySelector('.stage-question'));
    heading?.focus({ preventScroll: true });
    (heading?.closest('.stage-reveal') ?? root).scrollIntoView({ block: 'start' });
  };
  let asked = held.wish !== '';
  const hear = () => { asked = true; send(); };
  held.alive = true;
  window.addEventListener('simlib:bet', hear);
  show();
  confirm();
  send();
  return {
    node,
    on: { bet: () => { held.rest(); confirm(); show(); } },
    drop: () => { held.alive = false; window.removeEventListener('simlib:bet', hear); },
  };
}
