// @ts-check
// How a picture comes about, one step at a time: what of it is there after a step, and the buttons
// that go through them. All steps came with the page, so that none of them asks a server.

import { draw, h, press } from './draw.js';

/** @typedef {import('./picture.js').Thing} Thing */
/** @typedef {{said: string[], of: string[][], begins: string, count: string, late: string[],
 *   ways: Record<string, Record<string, [number, any][]>>}} Steps */

const STEP_MS = 1800;  // how long a step stands while they are played
const KEYS = /** @type {Record<string, number>} */ ({ ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1, Home: -Infinity, End: Infinity });

/** What of a picture is there after a step; after the last it is as it is listed.
 * @param {Thing[]} things @param {Steps} steps @param {number} n @returns {Thing[]} */
export function after(things, { said, of, late, ways }, n) {
  const last = n >= said.length;
  const isNow = (/** @type {string} */ id) =>
      n > 0 && of[n - 1].some((each) => id === each || id.startsWith(`${each}:`));
  const shown = last ? things : things.filter(({ id }) => !late.includes(id.split(':')[0]));
  return shown.map((thing) => {
    const way = Object.entries(ways[thing.id] ?? {});
    // what is wholly there says so, that it may come from less
    if (last) return 'part' in (ways[thing.id] ?? {}) ? { ...thing, part: 1 } : thing;
    const then = way.map(([field, at]) => [field, at.filter(([from]) => from <= n).at(-1)?.[1]]);
    const now = isNow(thing.id);
    return { ...thing, ...Object.fromEntries(then), lit: now, dim: thing.kind === 'stream' && !now };
  });
}

/** The buttons; `changed` is called when another step is to be shown.
 * @param {Desk} desk @param {() => void} changed */
export function player(desk, changed) {
  /** @type {Steps | null} */
  let steps = null;
  let n = 0;
  let timer = 0;
  let moved = false;  // whether a reader went through them: until then nothing is said
  const last = () => steps?.said.length ?? 0;
  const node = h('div', { class: 'picture-steps', role: 'group', hidden: true });

  const stop = () => { clearInterval(timer); timer = 0; };
  const to = (/** @type {number} */ step) => {
    n = Math.min(last(), Math.max(0, step));
    moved = true;
    if (n === last()) stop();
    paint();
    changed();
  };
  const walk = (/** @type {number} */ by) => {
    stop();
    to(n + by);
  };
  const play = () => {
    if (timer) { stop(); paint(); return; }
    timer = window.setInterval(() => to(n + 1), STEP_MS);
    to(n === last() ? 0 : n + 1);
  };
  node.addEventListener('keydown', (event) => {
    if (!(event.key in KEYS) || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    walk(KEYS[event.key]);
  });

  /** The name of a step, and what it is. */
  const paint = () => {
    node.hidden = !steps;
    if (!steps) return;
    const { said, begins, count } = steps;
    const name = count.replace('{n}', String(n)).replace('{of}', String(last()));
    const told = !moved ? '' : n ? said[n - 1] : begins;
    const button = (/** @type {string} */ id, /** @type {string} */ sign, /** @type {() => void} */ act, off = false) => {
      const label = desk.word(`steps_${id}`);
      return press(`steps-${id}`, [sign, h('span', {}, label)], act, { key: id === 'pause' ? 'play' : id, 'aria-label': label, 'aria-disabled': off ? 'true' : null });
    };
    const plays = timer ? button('pause', '❚❚', play) : button('play', '▶', play);
    node.dataset.step = String(n);
    node.setAttribute('aria-label', desk.word('steps_label'));
    draw(node, button('back', '◀', () => walk(-1), n === 0), plays,
        button('forth', '▶', () => walk(1), n === last()),
        h('p', { class: 'picture-step', key: 'said', role: 'status', 'aria-live': timer ? 'off' : 'polite' },
            h('b', {}, name), ' ', h('span', { class: told ? '' : 'is-empty' }, told)));
  };

  /** Take the steps of a picture; where there are as many as before, the reader stays where he is. */
  const show = (/** @type {Steps | null} */ given) => {
    if (given?.said.length !== last() || !moved) { stop(); n = given?.said.length ?? 0; moved = false; }
    steps = given;
    paint();
  };
  const seen = (/** @type {Thing[]} */ things) => steps ? after(things, steps, n) : things;
  return { node, show, seen, drop: stop };
}
