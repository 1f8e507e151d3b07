// @ts-check
// The reveal on the wall: every voice with its amount as large as the screen allows, its norm, and
// why; the class's hands beside the others.

/** @typedef {ReturnType<typeof import('./stage-mode-vote.js').vote>} Vote */

import { h } from './draw.js';
import { letters, unbroken } from './stage-measures.js';

const [WIDE, GAP, LARGEST] = [53, 1.6, 5.2];  // em of the screen, between voices, of an amount
const LEAST = 4;  // letters that a short voice has room for
const [HANDS, WORDY] = [14, 20];  // em of the screen: the class's voice, and one of many words
const LONG = 8;  // letters: an amount or another one as long take two lines, which are smaller
const PAIR = 3;  // em of the screen, of Latin letters less

/**
 * The lines a value takes: of two amounts that are long, each has one.
 * @param {Voice} voice
 * @returns {string[]}
 */
export function linesOf({ value, lines }) {
  return lines ?? (letters(value) > LONG ? value.split(/(?<=／)|(?<= \/) /) : [value]);
}

/**
 * The columns of the voices, and how large amounts are so that they stand side by side. The class's
 * own is told smaller, and keeps its room whatever the others are.
 * @param {Voice[]} voices
 */
export function roomOf(voices) {
  const ours = voices.find(({ id }) => id === 'class');
  const hands = !ours ? 0 : Math.max(...linesOf(ours).map(letters)) > LONG + 2 ? WORDY : HANDS;
  const wide = voices.map((voice) => voice === ours ? 0 : Math.max(LEAST,
    ...linesOf(voice).map((line) => letters(line) * (/[A-Z]/.test(line) ? 1.17 : 1.08))));
  const all = wide.reduce((sum, each) => sum + each, 0);
  const pairs = voices.filter((voice) => voice !== ours && linesOf(voice).length > 1);
  const most = !pairs.length ? LARGEST : pairs.some(({ value }) => /[A-Z]/.test(value)) ? PAIR * .7 : PAIR;
  const columns = wide.map((each) => each ? `minmax(0, ${each}fr)` : `${hands}em`).join(' ');
  return { columns, size: Math.min(most, (WIDE - GAP * (voices.length - 1) - hands) / all) };
}

/**
 * Hands of more than one question: their bars say it all, and each has its question above it.
 * @param {HTMLElement | null} hands
 */
const isSeveral = (hands) => (hands?.children.length ?? 0) > 1;

/**
 * @param {Desk} desk
 * @param {Record<string, string>} words of the page, table `talk`
 * @param {Vote} vote
 */
export function revealed({ model, word }, words, vote) {
  const list = h('dl', {});
  const why = h('div', { class: 'talk-verdict' });
  const line = h('p', { class: 'talk-line' });
  const polled = h('div', { class: 'talk-polled' });  // of several questions, whose hands no voice has room for
  const node = h('div', { class: 'talk-reveal' }, list, polled, line, why);
  /**
   * @param {Voice} voice
   * @param {HTMLElement | null} hands
   */
  const draw = (voice, hands) => h('div', { class: 'voice', 'data-id': voice.id },
    h('dt', {}, voice.label), h('dd', {}, h('b', {}, ...linesOf(voice).map((line) => h('span', {}, unbroken(line)))),
      h('p', {}, unbroken(voice.note)), voice.id === 'class' ? hands ?? '' : ''));
  /** Draws it, and says it in words. */
  const show = () => {
    const { columns: told = [], sentence = '', theirs: linked = '', folded = [], folded_theirs: other = [], wall = {} } = /** @type {Reveal} */ (model.get('reveal'));
    const columns = wall.columns ?? told;
    const theirs = model.get('bet').theirs && !(/** @type {any} */ (window).simlibMine);
    const named = columns.map((voice) => voice.id === 'you' && theirs ? { ...voice, label: word('theirs') } : voice);
    const ours = vote.voice();
    const voices = ours ? [ours, ...named] : named;
    const hands = vote.hands();
    const several = isSeveral(hands);
    list.replaceChildren(...voices.map((voice) => draw(voice, several ? null : hands)));
    polled.replaceChildren(several && hands || '');
    polled.hidden = !several;
    const { columns: places, size } = roomOf(voices);
    list.style.setProperty('--amount', `${size}em`);
    list.style.gridTemplateColumns = places;
    line.textContent = unbroken(wall.line ?? '');
    line.hidden = !wall.line;
    const because = [theirs && linked ? linked : sentence, ...(theirs ? other : folded)];
    why.replaceChildren(...because.map((each) => h('p', {}, unbroken(each))));
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
  const [rule, said, hands] = [h('p', { class: 'talk-rule' }), h('p', { class: 'talk-voted' }), h('div', {})];
  const sums = h('ul', { class: 'talk-sums' });
  const node = h('div', { class: 'talk-end' }, rule, sums, said, hands);
  const show = () => {
    const { rule: told = '', columns = [] } = /** @type {Reveal} */ (model.get('reveal'));
    rule.textContent = unbroken(told);
    const lines = /** @type {Tasks} */ (model.get('tasks')).sums;
    sums.replaceChildren(...lines.map((each) => h('li', {}, unbroken(each))));
    const [voted, drawn] = [vote.told(), vote.hands()];
    hands.replaceChildren(drawn ?? '');
    const others = voted ? columns.filter(({ id }) => id !== 'you').map(({ label, value }) => `${label} ${value}`) : [];
    said.textContent = [...isSeveral(drawn) ? [] : [voted], ...others].join(' ┊ ');
    said.hidden = !said.textContent;
    return [told, ...lines, voted, ...others].filter(Boolean).join(' ');
  };
  return { node, show };
}
