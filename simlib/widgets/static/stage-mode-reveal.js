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

/**
 * How large amounts can be so that they stand side by side.
 * @param {string[]} values
 */
export function sizeOf(values) {
  const room = (WIDE - GAP * (values.length - 1)) / values.length;
  const longest = Math.max(1, ...values.map((value) => letters(value) * (/[A-Z]/.test(value) ? 1.17 : 1.08)));
  return Math.min(LARGEST, room / longest);
}

/**
 * @param {Desk} desk
 * @param {Record<string, string>} words of the page, table `talk`
 * @param {Vote} vote
 */
export function revealed({ model, word }, words, vote) {
  const list = element('dl', {});
  const why = element('p', { class: 'talk-verdict' });
  const node = element('div', { class: 'talk-reveal' }, list, why);
  /** @param {Voice} voice */
  const draw = ({ id, label, value, note }) => element('div', { class: 'voice', 'data-id': id },
    element('dt', {}, label), element('dd', {}, element('b', {}, unbroken(value)), element('p', {}, unbroken(note)), id === 'class' ? vote.hands() ?? '' : ''));
  /** Draws it, and says it in words. */
  const show = () => {
    const { columns = [], sentence = '', theirs: linked = '' } = /** @type {Reveal} */ (model.get('reveal'));
    const theirs = model.get('bet').theirs && !(/** @type {any} */ (window).simlibMine);
    const named = columns.map((voice) => voice.id === 'you' && theirs ? { ...voice, label: word('theirs') } : voice);
    const ours = vote.voice();
    const voices = ours ? [ours, ...named] : named;
    list.replaceChildren(...voices.map(draw));
    list.style.setProperty('--amount', `${sizeOf(voices.map(({ value }) => value))}em`);
    list.style.setProperty('--voices', String(voices.length));
    why.textContent = unbroken(theirs && linked ? linked : sentence);
    const said = voices.map(({ label, value, note }) => words.spoken.replace('{label}', label).replace('{value}', value).replace('{note}', note));
    return [...said, vote.told(), sentence].filter(Boolean).join(' ');
  };
  return { node, show };
}

/**
 * The rule of the lesson, large, and what the class had said at first.
 * @param {Desk} desk
 * @param {Record<string, string>} words
 * @param {Vote} vote
 */
export function summed({ model }, words, vote) {
  const [rule, said, hands] = [element('p', { class: 'talk-rule' }), element('p', { class: 'talk-voted' }), element('div', {})];
  const node = element('div', { class: 'talk-end' }, rule, said, hands);
  const show = () => {
    const { rule: told = '', columns = [] } = /** @type {Reveal} */ (model.get('reveal'));
    rule.textContent = unbroken(told);
    const voted = vote.told();
    said.textContent = voted;
    said.hidden = !voted;
    hands.replaceChildren(vote.hands() ?? '');
    const others = voted ? columns.filter(({ id }) => id !== 'you').map(({ label, value }) => `${label} ${value}`) : [];
    if (others.length) said.textContent = [voted, ...others].join(' ┊ ');
    return [told, said.textContent].join(' ');
  };
  return { node, show };
}
