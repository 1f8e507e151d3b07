// @ts-check
// The order of a presentation, what of a board is hidden and what a vote comes to, without a page.


/** @typedef {{kind: "bet" | "reveal" | "question" | "answer" | "end" | "case", scene: string, slide?: Slide}} Step */
/** @typedef {{chosen: Record<string, string>, counts: Record<string, number>, also?: Record<string, Record<string, number>>, heads?: string, asked?: Record<string, string>}} Vote question → option; option → hands, of the question `heads`; `also`: of the others; `asked`: question → its words */

/** @typedef {{id: string, value: string, amount: string, pays: boolean, said: string}} Clash an option that does not go with an amount above 0, or with 0 */

// The bet, what it comes to, each scene's question and its answer, then the rule of the lesson.
/** @param {{id: string}[]} scenes @returns {Step[]} */
export function stepsOf(scenes) {
  /** @type {Step[]} */
  const found = [{ kind: 'bet', scene: '' }, { kind: 'reveal', scene: '' }];
  for (const {id} of scenes) found.push({kind: 'question', scene: id}, {kind: 'answer', scene: id});
  return [...found, { kind: 'end', scene: '' }];
}

// Of a case that no scene speaks of: its slides.
/** @param {Slide[]} slides @returns {Step[]} */
export function slidesOf(slides) {
  return slides.map((slide) => ({ kind: 'case', scene: '', slide }));
}

// A board as a slide has it: its rows, all in sight, and its bars.
/** @param {Board} board @param {Slide} slide @returns {Board} */
export function slid(board, { rows, column }) {
  const found = rows.flatMap((id) => board.rows.filter((row) => row.id === id));
  return { ...board, column, rows: found.map((row) => ({ ...row, more: false })) };
}

// How many letters a column of amounts keeps free, so that none makes it wider: of one column the
// widest range there can be; of several, whose ranges may take two lines, one that begins at
// nothing, and the words that may stand in place of an amount. English thousands stand apart, and
// the widest range is too wide: there one column keeps room for a range that begins small.
/** @param {Board} board @param {string[]} columns @param {string} [lang] */
export function reserved({ rows, ticks, columns: known }, columns, lang = 'zh') {
  const most = ticks[ticks.length - 1]?.text ?? '';
  const from = columns.length > 1 ? 0 : lang === 'en' ? '0000' : most;
  const top = `${from}–${most}`;
  const room = known.filter(({id}) => columns.includes(id))
                   .map((each) => (each.room ?? '')
                            .replace(/[\u2e80-\uffff]/g, '00')
                            .length);  // a Chinese letter is as wide as two digits
  if (columns.length > 1) return Math.max(top.length, ...room);
  const texts = rows.flatMap(({ cells }) => columns.map((column) => cells[column]?.text ?? ''));
  return Math.max(...[top, ...texts].map(({ length }) => length));
}

// A board that asks: every amount is a question mark, and no bar or mark gives one away.
/** @param {Board} board @param {string} sign
 * @param {string[]} [only] the rows it asks about; none: all of them @returns {Board} */
export function masked(board, sign, only) {
  const rows = board.rows.map((row) => {
    if (only && !only.includes(row.id)) return row;
    const cells = Object.entries(row.cells).map(([column]) => [column, {
      low: 0,
      high: 0,
      text: sign,
      name: `${row.name}: ${sign}`,
      say: '',
      kept: null,
      was: null
    }]);
    return {
      ...row,
      ghost: '',
      stamp: '',
      still: '',
      note: '',
      same: '',
      changed: false,
      cells: Object.fromEntries(cells)
    };
  });
  return { ...board, rows, answer: null };
}

// A board beside which nothing of before is drawn: nobody saw what it was.
/** @param {Board} board @returns {Board} */
export function fresh(board) {
  const rows = board.rows.map((row) => ({
    ...row,
    cells: Object.fromEntries(
        Object.entries(row.cells).map(([column, cell]) => [column, {...cell, was: null}]))
  }));
  return { ...board, rows };
}

// A board of a question that is come back to: nothing of the answer it comes from is drawn or said.
/** @param {Board} board @returns {Board} */
export function begun(board) {
  const { rows, ...rest } = fresh(board);
  return { ...rest, rows: rows.map((row) => ({ ...row, same: '', still: '', changed: false })) };
}

// Which step a key jumps to: a number to the question of that scene, Home to the bet, End to the
// summary; null: none.
/** @param {string} key @param {Step[]} steps @returns {number | null} */
export function jumpOf(key, steps) {
  if (key === 'Home') return 0;
  if (key === 'End') return steps.length - 1;
  if (!/^[1-9]$/.test(key)) return null;
  const questions =
      steps.flatMap(({kind}, n) => kind === 'question' || kind === 'case' ? [n] : []);
  return questions[Number(key) - 1] ?? null;
}

// A sentence without the clauses that only list amounts which were said just before.
export function unsaid(/** @type {string} */ sentence, /** @type {string} */ said) {
  const numbers = (/** @type {string} */ text) => text.match(/\d[\d.,]*\d|\d/g) ?? [];
  const known = new Set(numbers(said));
  const listed = (/** @type {string} */ clause) =>
      numbers(clause).length > 1 && numbers(clause).every((each) => known.has(each));
  const clauses = sentence.split(/(?<=；|; )/);
  const left = clauses.filter((clause) => !listed(clause)).join('');
  return left.replace(/(?:；|; )$/, sentence.slice(-1));
}

// The option that most hands chose; none if two had as many.
export function winner(/** @type {Record<string, number>} */ counts) {
  const [first, second] = Object.entries(counts).sort(([, a], [, b]) => b - a);
  return first?.[1] > 0 && first[1] !== second?.[1] ? first[0] : '';
}

// The class's option of a question that is counted by heads: what most hands chose; of two with as
// many, the one that was clicked.
/** @param {{chosen: Record<string, string>, counts: Record<string, number>}} vote
 * @param {string} id */
export function leading({ chosen, counts }, id) {
  const most = Math.max(0, ...Object.values(counts));
  return !most || counts[chosen[id]] === most ? chosen[id] ?? '' : winner(counts);
}

// Why a class's answers contradict each other, where the page can tell; empty: they do not.
/** @param {Clash[]} clashes
 * @param {Record<string, string>} given question → value of the option, or the amount in words */
export function clashOf(clashes, given) {
  const some = (/** @type {string} */ text) => !/^\D*0\D*$/.test(text);
  return clashes
             .find(({id, value, amount, pays}) =>
                       given[id] === value && given[amount] && some(given[amount]) === pays)
             ?.said ??
      '';
}

// The questions whose hands were counted, in order, and how many hands each had.
/** @param {Vote} vote */
export function polled({ counts, also = {}, heads = '', asked = {} }) {
  const all = [
    /** @type {[string, Record<string, number>]} */ ([heads, counts]),
    ...Object.entries(also).filter(([id]) => id !== heads)
  ];
  return all
      .map(([id, each]) => ({
        id,
        asked: asked[id] ?? '',
        counts: each,
        of: Object.values(each).reduce((sum, n) => sum + n, 0)
      }))
      .filter(({of}) => of > 0);
}

// The hands in words, question by question, or else what most chose; empty: nobody voted.
/** @param {Vote} vote @param {Record<string, string>} words of the page, table `talk` */
export function told(vote, words) {
  const parts = polled(vote).map(
      ({counts}) => Object.entries(counts)
          .map(([option, n]) => words.vote_of.replace('{option}', option).replace('{n}', String(n)))
          .join(words.vote_join));
  const chosen = Object.keys(vote.asked ?? {amount: '', document: '', norm: ''})
                     .map((id) => vote.chosen[id])
                     .filter(Boolean)
                     .join(words.vote_join);
  if (!parts.length && chosen) parts.push(chosen);
  return parts.length ? words.voted.replace('{parts}', parts.join(words.vote_and)) : '';
}

/** @type {Record<string, number>} */
const WAYS = { ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1 };
const ARROWS = 'input, select, textarea';

// Where a key leads: 1 forward, -1 back, 0 nowhere. In a knob the arrows are the knob's; from a
// number that was typed → leads on all the same.
/** @param {string} key @param {boolean} inKnob @param {boolean} [typing] */
export function wayOf(key, inKnob, typing = false) {
  const taken = inKnob && key.startsWith('Arrow') && !(typing && key === 'ArrowRight');
  return taken ? 0 : WAYS[key] ?? 0;
}

// Whether the space bar belongs to what has the focus.
export function isButton(/** @type {EventTarget | null} */ target) {
  return target instanceof Element && Boolean(target.closest('button, a, summary'));
}

// Whether arrows belong to what has the focus.
export function isKnob(/** @type {EventTarget | null} */ target) {
  return target instanceof Element && target.matches(ARROWS);
}

// Whether it is an option of the bet: the arrows lead among the options of its question.
export function isOption(/** @type {EventTarget | null} */ target) {
  return target instanceof Element && target.matches('.talk-bet button[aria-pressed]');
}

// The number asked about, as the board has it; empty: it is none of the board's.
/** @param {Board} board @param {string} say */
export function titleOf({ rows, columns, unit }, say) {
  for (const { name, cells } of rows) {
    const found = columns.find(({ id }) => cells[id]?.say === say);
    if (!found) continue;
    const { text, low } = cells[found.id];
    const measured =
        low === null ? '' : `${/^[a-z]/i.test(unit) ? ' ' : ''}${unit}`;  // words have no unit
    return `${name} · ${found.label} · ${text}${measured}`;
  }
  return '';
}
