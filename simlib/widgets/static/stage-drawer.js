// @ts-check
// Why a number is what it is, beside the number: a drawer at the right, a sheet on a narrow screen. It lies
// where the number's row is not: beside it, or above or below it. Nothing else moves.


import { h, hearing, press } from './draw.js';
import { unbroken, clear } from './stage-measures.js';
import { broken } from './stage-row.js';
import { mark } from './stage-terms.js';

const GAP = 8;  // px around the row that is asked about
const WIDE = 360;  // px of the drawer where it stands beside the row
const LEAST = 200;  // px of height in which reasons can be read
const ROWS = [
  '.board-row', 'tr', '.stage-say', '.stage-large'
];  // `.stage-say` has no box on a narrow screen

// A title that breaks between words, never inside its brackets unless they are longer than a line,
// nor between them and the colon that follows.
function whole(/** @type {string} */ text, /** @type {string} */ lang) {
  return unbroken(text)
      .split(/([（(][^（）()]*[）)][：，；。、]?)/)
      .flatMap((part) => (/^[（(]/.test(part) ? [h('span', {}, ...broken(part, lang))] :
                                                 broken(part, lang)));
}

/** @param {Desk} desk @param {HTMLElement} root the stage @returns {Part} */
export function drawer(desk, root) {
  const { model } = desk;
  const title = h('h3', { id: 'stage-why', tabindex: '-1' });
  const body = h('div', { class: 'stage-reasons' });
  const node = h('div',
      {class: 'stage-drawer', role: 'dialog', 'aria-labelledby': 'stage-why', popover: 'manual'},
      h('div', {class: 'stage-drawer-head'}, title,
          press(null, '×', () => leave(),
              {class: 'is-quiet stage-close', 'aria-label': desk.word('close')})),
      body);
  let asked = false;  // the reader asked for what comes: the focus follows
  let stale =
      Boolean(/** @type {any} */ (window).simlibResumed);  // it was open when the reader left
  let from = '';
  /** @type {HTMLElement | null} */
  let at = null;  // the button that was pressed: the same number may stand in two places
  let shown = '';

  const narrow = matchMedia('(max-width: 759px)');  // a sheet then
  /** @type {boolean | null} */
  let under = null;  // whether it lies below the row; null: wherever there is more room

  const talking = () => document.documentElement.classList.contains('is-talk');
  /** The board's column, if the one in sight is not the one asked about. */
  const turn = (/** @type {string} */ column) =>
      root.querySelector('.stage-figure')?.dispatchEvent(new CustomEvent('stage:turn', {
        detail: column
      }));
  const open = (/** @type {boolean} */ on) => {
    node.classList.toggle('is-open', on);
    if (!on) { turn(''); node.removeAttribute('aria-modal'); }
    if (node.showPopover && on !== node.matches(':popover-open'))
      on ? node.showPopover() : node.hidePopover();
  };
  const show = () => {
    const why = /** @type {Why} */ (model.get('drawer'));
    const said = why.say;
    for (const button of root.querySelectorAll('.stage-main [data-say]:not([data-say=""])')) {
      button.setAttribute(
          'aria-expanded', String(/** @type {HTMLElement} */ (button).dataset.say === said));
    }
    stale &&= !asked && Boolean(said);
    if (stale) desk.tell({ say: '' });
    if (!said || stale) { open(false); return; }
    title.replaceChildren(...whole(why.title, model.get('frame').lang));
    if (why.html !== shown) {
      shown = why.html;
      body.innerHTML = unbroken(why.html);
      mark(...body.querySelectorAll('.stage-steps'));
      body.scrollTop = 0;
    }
    open(true);
    const cell = root.querySelector(`.board-cell:has([data-say="${CSS.escape(said)}"])`);
    if (cell instanceof HTMLElement && !cell.offsetParent) turn(cell.dataset.column ?? '');
    if (asked) {
      under = null;
      uncover(of(said));
    }
    lie();
    if (!asked) return;
    asked = false;
    title.focus({ preventScroll: true });
  };
  // The button of a number, wherever it is by now.
  /** @param {string} say */
  const of = (say) => at?.dataset.say === say && at.offsetParent ?
      at :
      ['.stage-main ', '']
          .flatMap((where) => [...(where ? root : document)
                           .querySelectorAll(`${where}[data-say="${CSS.escape(say)}"]`)])
          .find((each) => each instanceof HTMLElement && each.offsetParent && !node.contains(each));
  /** What may be covered: all below the bar. */
  const area = () => ({
    top: (document.getElementById('course-header')?.getBoundingClientRect().bottom ?? 0) + 6,
    bottom: innerHeight
  });
  // The row of a number, which stays whole; the number alone where the row is half the window.
  const rowOf = (/** @type {Element} */ number) => {
    const boxes = ROWS.map((row) => number.closest(row)?.getBoundingClientRect());
    return boxes.find((box) => box?.height && box.height <= innerHeight / 2) ??
        number.getBoundingClientRect();
  };
  /** Beside the row if there is room, else above or below it. */
  const lie = () => {
    if (!node.classList.contains('is-open')) return;
    const number = of(model.get('drawer').say);
    const row = number && rowOf(number);
    const beside =
        row ? document.documentElement.clientWidth - row.right - GAP >= WIDE : !narrow.matches;
    node.classList.toggle('is-beside', beside);
    node.style.inset = node.style.maxHeight = '';
    if (beside || !row) return;
    const { top, bottom } = area();
    const room = clear({top: row.top - GAP, bottom: row.bottom + GAP},
        {top, bottom: narrow.matches ? bottom : bottom - GAP}, under);
    under = room.under;
    node.classList.toggle('is-under', under);
    const sheet = under && narrow.matches;  // from the foot of the window
    node.style.inset = under && !sheet ? `${room.top}px 0 auto auto` :
                                         `auto 0 ${sheet ? 0 : innerHeight - room.bottom}px auto`;
    node.style.maxHeight = `${room.bottom - room.top}px`;
  };
  const follow = () => {
    if (node.classList.contains('is-open')) requestAnimationFrame(lie);
  };  // once all else that follows a scroll has done so
  // Bring the row of a number to where the bar does not cover it, and where there is room beside
  // it.
  const uncover = (/** @type {Element | undefined} */ button) => {
    if (!button) return;
    const [{ top, bottom }, row] = [area(), rowOf(button)];
    const cramped = Math.max(row.top - top, bottom - row.bottom) < LEAST;
    const off =
        cramped || row.top < top ? row.top - top - GAP : Math.max(0, row.bottom + GAP - bottom);
    if (off) scrollBy(/** @type {any} */ ({ top: off, behavior: 'instant' }));
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
  const covers = (/** @type {Element} */ target) => {
    const [lid, box] = [node.getBoundingClientRect(), target.getBoundingClientRect()];
    return box.left < lid.right && box.right > lid.left && box.top < lid.bottom &&
        box.bottom > lid.top;
  };
  // The reader has gone elsewhere: what the drawer may cover is not to be used under it.
  const gone = (/** @type {FocusEvent} */ {target}) => {
    if (talking() || !node.classList.contains('is-open') || !(target instanceof Element) ||
        node.contains(target))
      return;
    if (target.closest(narrow.matches ? '[data-say]' : '.stage-grid') && root.contains(target) &&
        !covers(target))
      return;
    open(false);
    desk.tell({ say: '' });
  };
  root.addEventListener('click', ({ target }) => {
    const pressed = target instanceof Element ? target.closest('[data-say]') : null;
    if (!(pressed instanceof HTMLElement)) return;
    asked = true;
    if (!node.contains(pressed)) { from = pressed.dataset.say ?? ''; at = pressed; }
    if (model.get('drawer').say === pressed.dataset.say)
      show();  // it is open, or comes back as it was
    desk.tell({ say: pressed.dataset.say });
  });
  // Esc closes the drawer wherever the focus is; in stage mode it is not the drawer's.
  const escape = (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== 'Escape' || event.defaultPrevented || talking() ||
        !node.classList.contains('is-open'))
      return;
    event.preventDefault();
    leave();
  };
  // Tab goes round inside.
  const round = (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== 'Tab' || event.altKey || event.ctrlKey || event.metaKey) return;
    const stops =
        [...node.querySelectorAll('button, a[href], summary, input, [tabindex="0"]')].filter(
            (each) => each.checkVisibility());  // not what lies in a shut fold
    const [first, last] = [stops[0], stops[stops.length - 1]];
    const end = event.shiftKey ? first : last;
    const now = document.activeElement;
    if (now !== end && !(event.shiftKey && now === title)) return;
    event.preventDefault();
    /** @type {HTMLElement} */ (event.shiftKey ? last : first).focus();
  };
  // Modal as long as Tab goes round inside: a hand may use the knobs beside it.
  const drop = hearing([document, 'keydown', escape], [document, 'focusin', gone],
      [window, 'resize', lie], [window, 'scroll', follow, {passive: true}],
      [node, 'focusin', () => node.setAttribute('aria-modal', 'true')],
      [node, 'focusout', () => node.removeAttribute('aria-modal')], [node, 'keydown', round]);
  queueMicrotask(show);  // once the stage is in the page
  return { node, on: { drawer: show, board: show }, drop };
}
