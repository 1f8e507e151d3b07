// @ts-check
// Why a number is what it is, beside the number: a drawer that lies over the right of the stage, a sheet
// from below on a narrow screen. The number it speaks of stays in sight, and nothing is laid out anew.

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
/** @type {typeof import('./stage-row.js')} */
const { broken } = await import(at('stage-row.js'));

const GAP = 8;  // px around the number that is asked about

/**
 * A title that breaks between words, never inside its brackets unless they are longer than a line, nor between them
 * and the colon that follows.
 * @param {string} text
 * @param {string} lang
 */
function whole(text, lang) {
  return unbroken(text).split(/([（(][^（）()]*[）)][：，；。、]?)/)
    .flatMap((part) => (/^[（(]/.test(part) ? [element('span', {}, ...broken(part, lang))] : broken(part, lang)));
}

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
  let stale = Boolean(/** @type {any} */ (window).simlibResumed);  // it was open when the reader left
  let from = '';
  /** @type {HTMLElement | null} */
  let at = null;  // the button that was pressed: the same number may stand in two places
  let shown = '';

  const talking = () => document.documentElement.classList.contains('is-talk');
  /** The board's column, if the one in sight is not the one asked about. */
  const turn = (/** @type {string} */ column) => root.querySelector('.stage-figure')?.dispatchEvent(new CustomEvent('stage:turn', { detail: column }));
  const open = (/** @type {boolean} */ on) => {
    node.classList.toggle('is-open', on);
    root.classList.toggle('has-drawer', on);
    if (!on) { root.classList.remove('is-cut'); turn(''); }
    if (node.showPopover && on !== node.matches(':popover-open')) on ? node.showPopover() : node.hidePopover();
  };
  const show = () => {
    const why = /** @type {Why} */ (model.get('drawer'));
    const said = why.say;
    for (const button of root.querySelectorAll('.stage-main [data-say]:not([data-say=""])')) {
      button.setAttribute('aria-expanded', String(/** @type {HTMLElement} */ (button).dataset.say === said));
    }
    stale &&= !asked && Boolean(said);
    if (stale) desk.tell({ say: '' });
    if (!said || stale) { open(false); return; }
    title.replaceChildren(...whole(why.title, model.get('frame').lang));
    if (why.html !== shown) { shown = why.html; body.innerHTML = unbroken(why.html); body.scrollTop = 0; }
    open(true);
    const cell = root.querySelector(`.board-cell:has([data-say="${CSS.escape(said)}"])`);
    if (cell instanceof HTMLElement && !cell.offsetParent) turn(cell.dataset.column ?? '');
    slide();
    if (!asked) return;
    asked = false;
    uncover(of(said));
    title.focus({ preventScroll: true });
  };
  /**
   * The button of a number, wherever it is by now.
   * @param {string} say
   */
  const of = (say) => at?.dataset.say === say && at.offsetParent ? at : [...root.querySelectorAll(`.stage-main [data-say="${CSS.escape(say)}"]`)]
    .find((each) => each instanceof HTMLElement && each.offsetParent);
  const beside = () => node.offsetHeight > innerHeight * 0.7;  // not a sheet from below
  /** The whole stage stands further left, as far as the number would be covered. */
  const slide = () => {
    if (!node.classList.contains('is-open')) return;
    const number = of(model.get('drawer').say);
    const slid = parseFloat(root.style.getPropertyValue('--slid')) || 0;
    const free = document.documentElement.clientWidth - node.offsetWidth;
    const far = number && beside() ? Math.max(0, number.getBoundingClientRect().right + slid + GAP - free) : 0;
    root.style.setProperty('--slid', `${far}px`);
    root.classList.toggle('is-cut', far > 0 && root.getBoundingClientRect().left < far);
  };
  /**
   * Bring a number to where bar and drawer do not cover it.
   * @param {Element | undefined} button
   */
  const uncover = (button) => {
    if (!button) return;
    const [box, lid] = [button.getBoundingClientRect(), node.getBoundingClientRect()];
    const bar = document.getElementById('course-header')?.getBoundingClientRect().bottom ?? 0;
    const low = lid.height && lid.left < box.right && lid.top > bar + GAP ? lid.top : innerHeight;
    const off = box.top < bar + GAP ? box.top - bar - GAP : Math.max(0, box.bottom + GAP - low);
    if (off) scrollBy(0, off);
  };
  /** Back to the number. */
  const leave = () => {
    const say = from || model.get('drawer').say;
    open(false);
    desk.tell({ say: '' });
    const back = of(say);
    if (!(back instanceof HTMLElement)) return;
    back.focus({ preventScroll: true });
    uncover(back);
  };
  /**
   * The reader has gone elsewhere: what the drawer may cover is not to be used under it.
   * @param {FocusEvent} event
   */
  const gone = ({ target }) => {
    if (talking() || !node.classList.contains('is-open') || !(target instanceof Element) || node.contains(target)) return;
    const free = beside() ? (root.classList.contains('is-cut') ? '.stage-main' : '.stage-grid') : '[data-say]';
    if (target.closest(free) && root.contains(target)) return;
    open(false);
    desk.tell({ say: '' });
  };
  root.addEventListener('click', ({ target }) => {
    const pressed = target instanceof Element ? target.closest('[data-say]') : null;
    if (root.classList.contains('is-cut') && target instanceof Element && !target.closest('.stage-main, .stage-reveal, .stage-drawer')) leave();
    if (!(pressed instanceof HTMLElement)) return;
    asked = true;
    if (!node.contains(pressed)) { from = pressed.dataset.say ?? ''; at = pressed; }
    if (model.get('drawer').say === pressed.dataset.say) show();  // it is open, or comes back as it was
    desk.tell({ say: pressed.dataset.say });
  });
  /**
   * Esc closes the drawer wherever the focus is; in stage mode it is not the drawer's.
   * @param {KeyboardEvent} event
   */
  const escape = (event) => {
    if (event.key !== 'Escape' || event.defaultPrevented || talking() || !node.classList.contains('is-open')) return;
    event.preventDefault();
    leave();
  };
  /**
   * Tab goes round inside.
   * @param {KeyboardEvent} event
   */
  const round = (event) => {
    if (event.key !== 'Tab' || event.altKey || event.ctrlKey || event.metaKey) return;
    const stops = [...node.querySelectorAll('button, a[href], summary, input, [tabindex="0"]')].filter((each) => /** @type {any} */ (each).checkVisibility());  // not what lies in a shut fold
    const [first, last] = [stops[0], stops[stops.length - 1]];
    const end = event.shiftKey ? first : last;
    const now = document.activeElement;
    if (now !== end && !(event.shiftKey && now === title)) return;
    event.preventDefault();
    /** @type {HTMLElement} */ (event.shiftKey ? last : first).focus();
  };
  document.addEventListener('keydown', escape);
  document.addEventListener('focusin', gone);
  addEventListener('resize', slide);
  node.addEventListener('keydown', round);
  close.addEventListener('click', leave);
  queueMicrotask(show);  // once the stage is in the page
  return { node, on: { drawer: show, board: show }, drop: () => {
    document.removeEventListener('keydown', escape);
    document.removeEventListener('focusin', gone);
    removeEventListener('resize', slide);
  } };
}
