// @ts-check
// The order of a presentation and what of a board is hidden, without a page.

/** @typedef {import('./stage-types.js').Board} Board */

/** @typedef {{kind: "bet" | "reveal" | "question" | "answer" | "case", scene: string}} Step */

/**
 * The bet, what it comes to, then each scene's question and its answer.
 * @param {{id: string}[]} scenes
 * @returns {Step[]}
 */
export function stepsOf(scenes) {
  /** @type {Step[]} */
  const found = [{ kind: 'bet', scene: '' }, { kind: 'reveal', scene: '' }];
  for (const { id } of scenes) found.push({ kind: 'question', scene: id }, { kind: 'answer', scene: id });
  return found;
}

/**
 * A board that asks: every amount is a question mark, and no bar or mark gives one away.
 * @param {Board} board
 * @param {string} sign
 * @returns {Board}
 */
export function masked(board, sign) {
  const rows = board.rows.map((row) => {
    const cells = Object.entries(row.cells).map(([column]) =>
      [column, { low: 0, high: 0, text: sign, name: `${row.name}: ${sign}`, say: '', kept: null }]);
    return { ...row, ghost: '', stamp: '', still: '', note: '', changed: false, cells: Object.fromEntries(cells) };
  });
  return { ...board, rows, answer: null };
}

/** @type {Record<string, number>} */
const WAYS = { ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1 };
const ARROWS = 'input, select, textarea';

/**
 * Where a key leads: 1 forward, -1 back, 0 nowhere. In a knob the arrows are the knob's.
 * @param {string} key
 * @param {boolean} inKnob
 */
export function wayOf(key, inKnob) {
  return inKnob && key.startsWith('Arrow') ? 0 : WAYS[key] ?? 0;
}

/**
 * Whether arrows belong to what has the focus.
 * @param {EventTarget | null} target
 */
export function isKnob(target) {
  return target instanceof Element && target.matches(ARROWS);
}
