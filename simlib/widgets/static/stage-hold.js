// @ts-check
// On a phone the board stands above the knobs: what changes in it never moves the knob that is held,
// or was let go a moment ago. The reader's own scrolling moves it, and nothing else.


const NARROW = '(max-width: 759px)';
const HELD_MS = 3000;  // until Python has answered, and bars have come to rest

/**
 * @param {HTMLElement} root the stage
 * @returns {Part}
 */
export function hold(root) {
  const narrow = matchMedia(NARROW);
  /** @type {{node: HTMLElement, top: number, at: number, till: number} | null} */
  let held = null;
  let frame = 0;
  const topOf = (/** @type {HTMLElement} */ node) => node.getBoundingClientRect().top;
  /** Back to where it was taken hold of, if something else than the reader moved it. */
  const keep = () => {
    frame = 0;
    if (!held || !held.node.isConnected || performance.now() > held.till) { held = null; return; }
    const off = topOf(held.node) - held.top;
    if (Math.abs(off) >= 1) scrollBy({ top: off, behavior: /** @type {any} */ ('instant') });
    held.at = scrollY;
    frame = requestAnimationFrame(keep);
  };
  const take = (/** @type {Event} */ { target }) => {
    if (!narrow.matches || !(target instanceof HTMLElement) || !target.closest('.stage-knobs .knob')) return;
    const till = performance.now() + HELD_MS;
    if (held?.node === target) held.till = till; else held = { node: target, top: topOf(target), at: scrollY, till };
    frame ||= requestAnimationFrame(keep);
  };
  /** The reader scrolls: the knob is where he puts it. */
  const scrolled = () => {
    if (!held) return;
    const by = scrollY - held.at;
    const top = topOf(held.node);
    if (by && Math.abs(top - (held.top - by)) <= 1) held.top = top;
    held.at = scrollY;
  };
  const events = ['pointerdown', 'input', 'change'];
  for (const event of events) root.addEventListener(event, take, { capture: true, passive: true });
  addEventListener('scroll', scrolled, { passive: true });
  return { on: {}, drop: () => {
    cancelAnimationFrame(frame);
    removeEventListener('scroll', scrolled);
  } };
}
