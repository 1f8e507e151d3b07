// @ts-check
// Why a number is what it is, large, beside the number and not over it.

/** @typedef {import('./stage-types.js').Desk} Desk */
/** @typedef {import('./stage-types.js').Board} Board */

const query = new URL(import.meta.url).search;
/** @type {import('./stage-types.js').Lab} */
const { element } = await import(new URL('lab.js' + query, import.meta.url).href);
/** @type {typeof import('./stage-mode-steps.js')} */
const { titleOf } = await import(new URL('stage-mode-steps.js' + query, import.meta.url).href);

const GAP = 20;

/**
 * @param {Desk} desk
 * @param {Record<string, string>} words
 * @param {() => void} closed
 */
export function whyOf({ model, tell }, words, closed) {
  const title = element('h3', { tabindex: '-1' });
  const body = element('div', { class: 'stage-reasons', tabindex: '0' });
  const shut = element('button', { type: 'button', 'aria-label': words.close }, '×');
  const node = element('section', { class: 'talk-why', hidden: true, 'aria-label': words.why }, element('header', {}, title, shut), body);
  /** @param {string} say */
  const numberOf = (say) => /** @type {HTMLElement | null} */ (node.closest('dialog')?.querySelector(`.talk-scene [data-say="${CSS.escape(say)}"]`));
  /**
   * On the side of the number where there is more room, between the title and the keys.
   * @param {HTMLElement | null} number
   */
  const place = (number) => {
    const [head, keys] = ['.talk-head', '.talk-keys'].map((part) => node.closest('dialog')?.querySelector(part)?.getBoundingClientRect());
    node.style.top = `${head?.bottom ?? GAP}px`;
    node.style.bottom = `${innerHeight - (keys?.top ?? innerHeight - GAP)}px`;
    node.style.left = node.style.right = '';
    if (!number) return;
    const { left, right } = number.getBoundingClientRect();
    if (left > innerWidth - right) { node.style.left = `${GAP}px`; node.style.right = `${innerWidth - left + GAP}px`; }
    else { node.style.left = `${right + GAP}px`; node.style.right = `${GAP}px`; }
  };
  let asked = '';
  const show = () => {
    const why = /** @type {import('./stage-types.js').Why} */ (model.get('drawer'));
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
