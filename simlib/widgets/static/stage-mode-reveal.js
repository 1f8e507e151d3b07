// @ts-check
// The reveal on the wall: every voice with its amount as large as the screen allows, its norm, and
// why; the class's hands beside the others.

/** @typedef {import('./stage-types.js').Desk} Desk */
/** @typedef {import('./stage-types.js').Voice} Voice */
/** @typedef {import('./stage-types.js').Reveal} Reveal */
/** @typedef {ReturnType<typeof import('./stage-mode-bet.js').vote>} Vote */

const query = new URL(import.meta.url).search;
/** @param {string} file */
const at = (file) => new URL(file + query, import.meta.url).href;
/** @type {import('./stage-types.js').Lab} */
const { element } = await import(at('lab.js'));
/** @type {typeof import('./stage-scale.js')} */
const { letters, unbroken } = await import(at('stage-scale.js'));

const [WIDE, GAP, LARGEST] = [53, 1.6, 5.2];  // em of the screen, between voices, of an amount
const [LEAST, HANDS] = [4, 5];  // of a voice's room, beside the letters of an amount: a short one's, the class's

/**
 * How much of the screen each voice has, and how large amounts are so that they stand side by side.
 * The class's own is told smaller and asks for no more.
 * @param {Voice[]} voices
 */
export function roomOf(voices) {
  const wide = voices.map(({ id, value }) => id === 'class' ? HANDS
    : Math.max(LEAST, letters(value) * (/[A-Z]/.test(value) ? 1.17 : 1.08)));
  const all = wide.reduce((sum, each) => sum + each, 0);
  return { wide, size: Math.min(LARGEST, (WIDE - GAP * (voices.length - 1)) / all) };
}

/**
 * @param {Desk} desk
 * @param {Record<string, string>} words of the page, table `talk`
 * @param {Vote} vote
 */
export function revealed({ model, word }, words, vote) {
  const list = element('dl', {});
  const why = element('div', { class: 'talk-verdict' });
  const line = element('p', { class: 'talk-line' });
  const node = element('div', { class: 'talk-reveal' }, list, line, why);
  /** @param {Voice} voice */
  const draw = ({ id, label, value, note }) => element('div', { class: 'voice', 'data-id': id },
    element('dt', {}, label), element('dd', {}, element('b', {}, unbroken(value)), element('p', {}, unbroken(note)), id === 'class' ? vote.hands() ?? '' : ''));
  /** Draws it, and says it in words. */
  const show = () => {
    const { columns: told = [], sentence = '', theirs: linked = '', folded = [], folded_theirs: other = [], wall = {} } = /** @type {Reveal} */ (model.get('reveal'));
    const columns = wall.columns ?? told;
    const theirs = model.get('bet').theirs && !(/** @type {any} */ (window).simlibMine);
    const named = columns.map((voice) => voice.id === 'you' && theirs ? { ...voice, label: word('theirs') } : voice);
    const ours = vote.voice();
    const voices = ours ? [ours, ...named] : named;
    list.replaceChildren(...voices.map(draw));
    const { wide, size } = roomOf(voices);
    list.style.setProperty('--amount', `${size}em`);
    list.style.gridTemplateColumns = wide.map((each) => `minmax(0, ${each}fr)`).join(' ');
    line.textContent = unbroken(wall.line ?? '');
    line.hidden = !wall.line;
    const because = [theirs && linked ? linked : sentence, ...(theirs ? other : folded)];
    why.replaceChildren(...because.map((each) => element('p', {}, unbroken(each))));
    const said = voices.map(({ label, value, note }) => words.spoken.replace('{label}', label).replace('{value}', value).replace('{note}', note));
    return [...said, vote.told(), wall.line, ...because].filter(Boolean).join(' ');
  };
  return { node, show };
}

/**
 * The rule of the lesson, large, what its tasks come to, and what the class had said at first.
 * @param {Desk} desk
 * @param {Record<string, string>} words
 * @param {Vote} vote
 */
export function summed({ model }, words, vote) {
  const [rule, said, hands] = [element('p', { class: 'talk-rule' }), element('p', { class: 'talk-voted' }), element('div', {})];
  const sums = element('ul', { class: 'talk-sums' });
  const node = element('div', { class: 'talk-end' }, rule, sums, said, hands);
  const show = () => {
    const { rule: told = '', columns = [] } = /** @type {Reveal} */ (model.get('reveal'));
    rule.textContent = unbroken(told);
    const lines = /** @type {import('./stage-types.js').Tasks} */ (model.get('tasks')).sums;
    sums.replaceChildren(...lines.map((each) => element('li', {}, unbroken(each))));
    const voted = vote.told();
    said.textContent = voted;
    said.hidden = !voted;
    hands.replaceChildren(vote.hands() ?? '');
    const others = voted ? columns.filter(({ id }) => id !== 'you').map(({ label, value }) => `${label} ${value}`) : [];
    if (others.length) said.textContent = [voted, ...others].join(' ┊ ');
    return [told, ...lines, said.textContent].join(' ');
  };
  return { node, show };
}
