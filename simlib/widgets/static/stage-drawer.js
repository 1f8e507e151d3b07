// @ts-check
// Why a number is what it is, beside the number: a drawer at the right, a sheet from below on a
// phone. It lies over the stage and scrolls by itself; the stage keeps its width.

/** @typedef {import('./stage-types.js').Why} Why */
/** @typedef {import('./stage-types.js').Desk} Desk */
/** @typedef {import('./stage-types.js').Part} Part */

const query = new URL(import.meta.url).search;
/** @param {string} file */
const at = (file) => new URL(file + query, import.meta.url).href;
/** @type {import('./stage-types.js').Lab} */
const { element } = await import(at('lab.js'));
/** @type {typeof import('./stage-scale.js')} */
const { unbroken } = await import(at('stage-scale.js'));

/**
 * @param {Desk} desk
 * @param {HTMLElement} root the stage
 * @returns {Part}
 */
export function drawer(desk, root) {
  const { model } = desk;
  const title = element('h3', { id: 'stage-why', tabindex: '-1' });
  const close = element('button', { type: 'button', class: 'is-quiet stage-close', 'aria-label': desk.word('close') }, '×');
  const body = element('div', { class: 'stage-reasons' });
  const node = element('div', { class: 'stage-drawer', role: 'dialog', 'aria-labelledby': 'stage-why', popover: 'manual' },
    element('div', { class: 'stage-drawer-head' }, title, close), body);
  let asked = false;  // the reader asked for what comes: the focus follows
  let from = '';
  let shown = '';

  const open = (/** @type {boolean} */ on) => {
    node.classList.toggle('is-open', on);
    if (node.showPopover && on !== node.matches(':popover-open')) on ? node.showPopover() : node.hidePopover();
  };
  const show = () => {
    const why = /** @type {Why} */ (model.get('drawer'));
    const said = why.say;
    for (const button of root.querySelectorAll('.stage-main [data-say]')) {
      button.setAttribute('aria-expanded', String(/** @type {HTMLElement} */ (button).dataset.say === said));
    }
    if (!said) { open(false); return; }
    title.textContent = unbroken(why.title);
    if (why.html !== shown) { shown = why.html; body.innerHTML = unbroken(why.html); body.scrollTop = 0; }
    open(true);
    if (asked) title.focus({ preventScroll: true });
    asked = false;
  };
  /** To the button of the number, wherever it is by now. */
  const leave = () => {
    const say = from || model.get('drawer').say;
    open(false);
    desk.tell({ say: '' });
    const buttons = [...root.querySelectorAll(`.stage-main [data-say="${CSS.escape(say)}"]`)];
    const back = buttons.find((each) => each instanceof HTMLElement && each.offsetParent);
    if (back instanceof HTMLElement) back.focus({ preventScroll: true });
  };
  root.addEventListener('click', ({ target }) => {
    const pressed = target instanceof Element ? target.closest('[data-say]') : null;
    if (!(pressed instanceof HTMLElement)) return;
    asked = true;
    if (!node.contains(pressed)) from = pressed.dataset.say ?? '';
    if (model.get('drawer').say === pressed.dataset.say) show();  // it is open, or comes back as it was
    desk.tell({ say: pressed.dataset.say });
  });
  /**
   * Esc closes the drawer wherever the focus is; in stage mode it is not the drawer's.
   * @param {KeyboardEvent} event
   */
  const escape = (event) => {
    const talk = document.documentElement.classList.contains('is-talk');
    if (event.key !== 'Escape' || event.defaultPrevented || talk || !node.classList.contains('is-open')) return;
    event.preventDefault();
    leave();
  };
  /**
   * Tab goes round inside.
   * @param {KeyboardEvent} event
   */
  const round = (event) => {
    if (event.key !== 'Tab' || event.altKey || event.ctrlKey || event.metaKey) return;
    const stops = [...node.querySelectorAll('button, a[href], summary, input, [tabindex="0"]')].filter((each) => each.getClientRects().length);
    const [first, last] = [stops[0], stops[stops.length - 1]];
    const end = event.shiftKey ? first : last;
    const now = document.activeElement;
    if (now !== end && !(event.shiftKey && now === title)) return;
    event.preventDefault();
    /** @type {HTMLElement} */ (event.shiftKey ? last : first).focus();
  };
  document.addEventListener('keydown', escape);
  node.addEventListener('keydown', round);
  close.addEventListener('click', leave);
  queueMicrotask(show);  // once the stage is in the page
  return { node, on: { drawer: show, board: show }, drop: () => document.removeEventListener('keydown', escape) };
}
