// @ts-check
// Money as width, and whether words fit: plain sums, without a page.


// An amount as a share of the scale, in percent, never beyond its ends.
export function percent(/** @type {number} */ fen, /** @type {number} */ top) {
  if (!(top > 0)) return 0;
  return Math.min(100, Math.max(0, fen / top * 100));
}

// The next of some values from a place, upwards (1) or downwards (-1); null: there is none.
/** @param {number[]} values @param {number} now @param {number} way @returns {number | null} */
export function nextOf(values, now, way) {
  const ahead = values.filter((value) => way * (value - now) > 1e-9);
  return ahead.length ? way * Math.min(...ahead.map((value) => way * value)) : null;
}

// Where a bar is full, and where its band of what is not known begins and how wide it is.
/** @param {Amount} amount @param {number} top */
export function span({ low, high }, top) {
  const from = percent(low ?? 0, top);
  const to = percent(high ?? 0, top);
  return { solid: from, band: to - from, end: to };
}

const LEAST = 160;  // px of height for which a panel stays where it is

// Where a panel has most room that must not cover a row: above or below it.
/** @param {{top: number, bottom: number}} row
 * @param {{top: number, bottom: number}} area what it may cover
 * @param {boolean | null} [under] on which side it lies so far: it stays there as long as there is room */
export function clear(row, area, under = null) {
  const [above, below] = [row.top - area.top, area.bottom - row.bottom];
  const stays = under !== null && (under ? below : above) >= LEAST;
  return (stays ? under : below >= above)
    ? { under: true, top: Math.max(row.bottom, area.top), bottom: area.bottom }
    : { under: false, top: area.top, bottom: Math.min(row.top, area.bottom) };
}

// The marks of a scale whose words do not crowd, at a regular step: where one has no room, the step
// is a multiple of it that ends where the scale does, or else the ends are all. A scale that ends
// between two marks has that end besides.
/** @template {{fen: number, text: string}} Tick @param {Tick[]} ticks @param {number} top
 * @param {number} wide pixels of the whole scale; 0: not known yet
 * @param {number} [size] pixels of the words @returns {Tick[]} */
export function spread(ticks, top, wide, size = 14) {
  const last = ticks.length - 1;
  if (!(wide > 0) || last < 1) return ticks;
  const words = Math.max(...ticks.map(({ text }) => letters(text))) * size;
  const px = ticks.map(({ fen }) => percent(fen, top) / 100 * wide);
  const clear = px[last] - 1.5 * words - size;
  const steps = (ticks[last].fen - ticks[0].fen) / (ticks[1].fen - ticks[0].fen);
  const even = ticks.findIndex((_, every) => {
    const before = Math.ceil(steps / every - 1) * every;  // the last mark before the end
    return every > 0 && (steps % 1 !== 0 || steps % every === 0) &&
        px[every] - px[0] >= words + size && px[before] <= clear;
  });
  return ticks.filter((_, n) => n === 0 || n === last || even > 0 && n % even === 0);
}

// Where words may stand over an empty bar so that no mark cuts them: where the widest space between
// its marks begins [%]. The last space is open to the right, and taken before one as wide.
/** @param {number[]} marks [%] */
export function free(marks) {
  const starts = [0, ...marks].sort((one, other) => one - other);
  const spaces = starts.map((start, n) => (starts[n + 1] ?? 110) - start);
  return starts[spaces.lastIndexOf(Math.max(...spaces))];
}

// The clauses of a text, each with its point. Latin text is one.
export function clauses(/** @type {string} */ text, /** @type {string} */ lang) {
  return lang === 'zh' ? text.split(/(?<=[，；：。？！])(?!$)/) : [text];
}

const NARROW = 6;  // letters: a part as short as that is never broken

// The pieces of a text between which a line may break: its parts, as at a comma, and the words of a
// part that is long. Latin text breaks at its spaces, and is one piece.
/** @param {string} text @param {string} lang @returns {string[]} */
export function phrases(text, lang) {
  if (lang !== 'zh') return [text];
  return text
      .split(/(?<=[，；：、）」])(?![，；：、。！？）」])|(?<![（「])(?=[（「])/)
      .flatMap((part) => letters(part) > NARROW ? wordsOf(part) : [part]);
}

// Chinese words and names such as 张某, each with the point or the single letter after it.
function wordsOf(/** @type {string} */ part) {
  if (!('Segmenter' in Intl)) return [part];
  /** @type {string[]} */
  const found = [];
  const words = new Intl.Segmenter('zh', { granularity: 'word' });
  const pieces =
      part.split(/(\p{Script=Han}某)/u).flatMap((each) => each.endsWith('某') ? [each] : [
        ...words.segment(each)
      ].map(({segment}) => segment));
  for (const segment of pieces) {
    const last = found[found.length - 1] ?? '';
    const joins = last && segment !== '第' &&
        (last.endsWith('\u2060') || last === '第' || /\d$/.test(last) && segment.length < 2 ||
            /^\P{L}+$/u.test(segment) || /\P{L}$/u.test(last) && last.length < 2 ||
            segment.length < 2 && last.length < 4);
    if (joins) found[found.length - 1] += segment;
    else found.push(segment);
  }
  return found;
}

// Where a row's stamp stands: over a bar that is empty, or else among the words under it, with the
// column it speaks of. Over a full bar it would contradict the bar.
/** @param {{stamp: string, ghost: string, cells: Record<string, Amount>}} row
 * @param {{label: string}[]} columns the first is what may be claimed
 * @param {string} shown the column whose bars are drawn @param {string} lang
 * @returns {{over: string, said: string}} */
export function stamped({ stamp, ghost, cells }, columns, shown, lang) {
  if (!stamp || !((cells[shown]?.high ?? 0) > 0)) return { over: stamp, said: ghost };
  const [colon, stop] = lang === 'zh' ? ['：', '；'] : [': ', '; '];
  return {
    over: '',
    said: [`${columns[0].label}${colon}${stamp}`, ghost].filter(Boolean).join(stop)
  };
}

// What the bars of a column show: the authorities whose colour is drawn, stripes, dashes.
/** @param {{authority: string, ghost: string, own?: boolean, cells: Record<string, Amount>}[]} rows
 * @param {string} column */
export function marked(rows, column) {
  const drawn = rows.filter(({ cells }) => (cells[column]?.high ?? 0) > 0);
  return {
    authorities: new Set(drawn.filter(({ own }) => !own).map(({ authority }) => authority)),
    own: drawn.some(({ own }) => own),
    open: drawn.some(({ cells }) => cells[column].low !== cells[column].high),
    ghost: drawn.some(({ ghost }) => ghost),
  };
}

// The authority the large number rests on: that of the row that says it too; none where no row
// does.
/** @param {{rows: {authority: string, cells: Record<string, {say: string}>}[]}} board
 * @param {{say: string} | undefined} large */
export function authorityOf({ rows }, large) {
  if (!large?.say) return '';
  return rows.find(({cells}) => Object.values(cells).some(({say}) => say === large.say))
             ?.authority ??
      '';
}

export function letters(/** @type {string} */ text) {
  let wide = 0;
  for (const letter of text) wide += letter.charCodeAt(0) > 0x2e7f ? 1 : 0.56;
  return wide;
}

// How the steps of a ladder lie: in one row wherever they fit, in one row on a phone only, or one
// below the other.
/** @param {Option[]} options @returns {"row" | "phone" | "tall"} */
export function ladder(options) {
  const widest = Math.max(...options.map(({ label }) => letters(label)));
  const need = options.length * (widest * 15 + 14);
  if (need <= 252) return 'row';
  return need <= 380 ? 'phone' : 'tall';
}

// A number inside the bounds of its control, on its steps.
/** @param {number} value @param {{min?: number, max?: number}} bounds */
export function within(value, { min = 0, max = 1 }) {
  return Math.min(max, Math.max(min, value));
}

// The middle of a control, on one of its steps.
/** @param {{min?: number, max?: number, step?: number}} bounds */
export function middle({ min = 0, max = 1, step = 1 }) {
  const steps = Math.round((max - min) / 2 / step);
  return Number((min + steps * step).toFixed(6));
}

// A number as the language writes it: thousands apart in English.
export function grouped(/** @type {number} */ value, /** @type {string} */ lang) {
  return lang === 'en' ? value.toLocaleString('en-US') : String(value);
}

// The ids of the tasks that have come as far as one of `states`.
/** @param {{id: string, state: string}[]} tasks @param {string[]} states */
export function withState(tasks, states) {
  return tasks.filter(({ state }) => states.includes(state)).map(({ id }) => id);
}

// Whether the reader is at the tasks: one was begun.
export function isTrying(/** @type {{id: string, state: string}[]} */ tasks) {
  return tasks.some(({ state }) => state !== 'new');
}

// What must not begin a line.
const NEVER_FIRST = '，。；：、！？）」』》％%,.;:!?)';

// Words on lines of at most `most`: Chinese breaks anywhere but before its points, Latin words and
// numbers stay whole.
/** @param {string} text @param {(text: string) => number} width @param {number} most */
export function lines(text, width, most) {
  const pieces = text.match(/(?:CNY )?[\u0021-\u02ff\u2013]+\s*|\s+|[^\u0020-\u02ff]/g) ?? [];
  /** @type {string[]} */
  const found = [''];
  for (const piece of pieces) {
    const last = found[found.length - 1];
    const fits = width(last + piece.trimEnd()) <= most || NEVER_FIRST.includes(piece.trim() || ' ');
    if (fits || !last) found[found.length - 1] = last + piece;
    else found.push(piece.trimStart());
  }
  return found;
}

// The sentences of a text, each with the space after it.
export function sentences(/** @type {string} */ text) {
  return text.split(/(?<=。\s?)(?!\s)|(?<=[.?] )(?=[A-Z“])/).filter(Boolean);
}

// Brackets that no line may end with, brackets and points that none may begin with.
export const OPENING = /[（「『《〈【([“‘]$/;
export const CLOSING = /^[）」』》〉】)\]，。、；：？！,.;:?!%”’]/;

// The same words, with numbers that no line may break: word joiners hold 1415–2376元, 第1169条 and
// 36件 together, a hard space CNY 12,500 and art. 1169.
export function unbroken(/** @type {string} */ text) {
  return text.replace(/([\d%元])([–~／至])(?=\d)/g, '$1\u2060$2\u2060')
      .replace(/(\d) to (?=\d)/g, '$1\u00a0to\u00a0')
      .replace(/(\d)(?=[元%年月日天个名人笔件条款项万亿分倍份张次号级课步页])/g, '$1\u2060')
      .replace(/(CNY|\b[Aa]rts?\.) (?=\d)/g, '$1\u00a0')
      .replace(/([约第])(?=\d)/g, '$1\u2060');
}
