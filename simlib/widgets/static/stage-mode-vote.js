// @ts-check
// What a class votes in stage mode: the bet on the wall, its hands kept while the window is open, and
// what the vote came to beside the court and the law.

import { h } from './draw.js';
import { clashOf, leading, polled, told, winner } from './stage-mode-steps.js';
import { enlarged } from './stage-mode-board.js';
import { letters, unbroken } from './stage-measures.js';

// ----------------------------------------------------------------
// What a class chose and how many hands there were, kept while the window is open: told in the
// reveal and the summary of stage mode, and afterwards in the reveal on the page.

/** @typedef {import('./stage-mode-steps.js').Vote} Vote */

const keyOf = (/** @type {string} */ topic) => `simlib:class:1:${topic}`;

/** @param {string} topic @returns {Vote} */
export function kept(topic) {
  try {
    const {chosen = {}, counts = {}, also = {}, heads = '', asked = {}} =
        JSON.parse(sessionStorage.getItem(keyOf(topic)) ?? '{}');
    return { chosen, counts, also, heads, asked };
  } catch { return { chosen: {}, counts: {}, also: {} }; }
}

export function keep(/** @type {string} */ topic, /** @type {Vote} */ vote) {
  try {
    sessionStorage.setItem(keyOf(topic), JSON.stringify(vote));
  } catch { /* private window: it lives as long as the page */ }
}

// The hands of each question that was counted, as parts of all of them; null: nobody counted.
export function bars(/** @type {Vote} */ vote, /** @type {string} */ label) {
  const all = polled(vote);
  if (!all.length) return null;
  const named = all.length > 1 || all[0].id !== (vote.heads ?? '');
  return h('div', {class: 'polls'},
      ...all.map(
          ({asked, counts, of}) => h('div', {}, named ? h('p', {class: 'poll-asked'}, asked) : '',
              barsOf(counts, of, [label, named ? asked : ''].filter(Boolean).join(' ')))));
}

/** @param {Record<string, number>} counts @param {number} of how many hands there were
 * @param {string} label */
function barsOf(counts, of, label) {
  return h('ul', {class: 'poll', 'aria-label': label},
      Object.entries(counts).map(
          ([option, count]) => h('li', {}, h('span', {}, option),
              h('span', {class: 'poll-bar'},
                  h('i', {'aria-hidden': 'true', style: {width: `${count / of * 100}%`}})),
              h('b', {}, count))));
}

// ----------------------------------------------------------------
// The bet of a class: picture, story and questions on the wall; what most hands chose, or how many
// hands there were, stands beside the court and the law when they are revealed.

/** The page's picture, which is drawn as large as there is room. */
function pictured() {
  const picture = /** @type {HTMLElement | undefined} */ (
      document.querySelector('.lesson-picture')?.cloneNode(true));
  for (const node of picture?.querySelectorAll('[id]') ?? []) node.removeAttribute('id');
  return picture ?? '';
}

/** What the page opens with, as it is told there. */
function story() {
  const said =
      [...document.querySelectorAll('.lesson-story p')].map((each) => each.cloneNode(true));
  return h('div', { class: 'talk-story' }, pictured(), h('div', {}, ...said));
}

/** @param {Desk} desk @param {Record<string, string>} words of the page, table `talk` */
export function vote({ model }, words) {
  const { topic } = model.get('frame');
  const votes = kept(topic);
  const node = h('div', { class: 'talk-bet' });
  let asked = '';

  // An option, and how many hands there were for it.
  /** @param {string} id @param {string} option @param {boolean} counted */
  const choice = (id, option, counted) => {
    const vote = () => {
      if (votes.chosen[id] === option) delete votes.chosen[id]; else votes.chosen[id] = option;
      keep(topic, votes);
      press(id);
    };
    const button = h('button',
        {type: 'button', 'aria-pressed': String(chosenOf(id) === option), onclick: vote}, option);
    /** @type {HTMLInputElement} */
    const count = h('input', {
      type: 'number',
      min: 0,
      max: 999,
      inputmode: 'numeric',
      value: countsOf(id)[option] ?? '',
      'aria-label': words.count.replace('{option}', option),
      oninput: () => {
        number(id, option, count.value);
      }
    });
    return counted ? h('span', { class: 'talk-choice' }, button, count) : button;
  };
  /** @type {Record<string, string[]>} */
  let countable = {};  // question that is counted by heads → its options
  /** @type {string[]} */
  let asks = [];  // the questions in order
  let heads = '';  // the one whose hands are drawn beside the court and the law
  /** @type {import('./stage-mode-steps.js').Clash[]} */
  let clashes = [];
  /** @type {Record<string, Record<string, string>>} */
  let codes = {};  // question → option → what the form calls it
  const line = h('small', { role: 'alert' });
  let back = '';
  /** @param {string} id */
  const countsOf = (id) => (id === heads ? votes.counts : votes.also?.[id]) ?? {};
  /** @param {string} id */
  const chosenOf = (id) => countable[id] ?
      leading({chosen: votes.chosen, counts: countsOf(id)}, id) :
      votes.chosen[id] ?? '';
  // The class's option is marked, and what was asked back is answered.
  const press = (/** @type {string} */ id) => {
    for (const each of node.querySelectorAll(`[data-id="${id}"] button`))
      each.ariaPressed = String(chosenOf(id) === each.textContent);
    tell('');
  };
  // What is said below the questions: how a class votes, or why its answers contradict each other.
  const tell = (/** @type {string} */ clash) => {
    back = clash;
    line.textContent = clash || words.vote;
    line.classList.toggle('is-back', Boolean(clash));
  };
  /** Answers that contradict each other are asked back once; a class may stay with them. */
  const asksBack = () => {
    const given =
        Object.fromEntries(asks.map((id) => [id, codes[id]?.[chosenOf(id)] ?? chosenOf(id)]));
    const clash = clashOf(clashes, given);
    if (!clash || clash === back) return false;
    tell(clash);
    return true;
  };
  // Once one option of a question is counted, every one is: none is 0.
  /** @param {string} id @param {string} option @param {string} text */
  const number = (id, option, text) => {
    const now = { ...countsOf(id), [option]: Math.max(0, Math.round(Number(text)) || 0) };
    const some = Object.values(now).some((count) => count > 0);
    const counts =
        some ? Object.fromEntries(countable[id].map((each) => [each, now[each] ?? 0])) : {};
    if (id === heads) votes.counts = counts; else votes.also = { ...votes.also, [id]: counts };
    keep(topic, votes);
    press(id);
  };
  /** @param {string} id @param {string} label @param {string[]} options @param {boolean} counted */
  const question = (id, label, options, counted) => {
    if (counted) countable[id] = options;
    return h('div', { role: 'group', 'aria-label': label, 'data-id': id }, h('b', {}, label),
      h('p', {}, ...options.map((option) => choice(id, option, counted))));
  };
  // What a number is voted on by: the amounts its question names; or none, a part, or all of it.
  /** @param {HTMLElement} part @returns {string[]} */
  const amounts = (part) => {
    if (part.dataset.hands) return JSON.parse(part.dataset.hands);
    const [none, all] =
        [...part.querySelectorAll('.bet-ends span')].map((end) => end.textContent ?? '');
    return [none, words.some, all];
  };
  const show = () => {
    const { html } = model.get('bet');
    if (html === asked) return;
    asked = html;
    const held = h('template');
    held.innerHTML = html;
    const parts =
        /** @type {HTMLElement[]} */ ([...held.content.querySelectorAll('fieldset, .bet-amount')]);
    const typed = parts.filter((part) => part.matches('.bet-amount'))
                      .pop();  // an amount is counted by heads, or else every question
    countable = {};
    clashes = JSON.parse(held.content.querySelector('form')?.dataset.clashes ?? '[]');
    codes = Object.fromEntries(
        parts.map((part) => [part.dataset.id,
                      Object.fromEntries([...part.querySelectorAll('label:has(input)')].map(
                          (each) => [each.querySelector('span')?.textContent ?? '',
                              each.querySelector('input')?.value ?? '']))]));
    [asks, heads] =
        [parts.map((part) => part.dataset.id ?? ''), (typed ?? parts[0])?.dataset.id ?? ''];
    const shown = parts.map((part) => {
      const label = part.querySelector('legend, label')?.textContent ?? '';
      const options =
          [...part.querySelectorAll('label span')].map((each) => each.textContent ?? '');
      return question(part.dataset.id ?? '', label, options.length ? options : amounts(part),
          !typed || part === typed);
    });
    [votes.heads, votes.asked] = [
      heads, Object.fromEntries(shown.map((each) => [each.dataset.id ?? '', each.ariaLabel ?? '']))
    ];
    node.replaceChildren(story(), ...shown, line);
    tell('');
  };
  /** The picture, once its room is known. */
  const enlarge = () => {
    for (const drawn of node.querySelectorAll('svg'))
      if (drawn.getClientRects().length) enlarged(drawn);
  };
  const hands = () => bars(votes, words.class);
  /** What the class chose, as one of the voices that are revealed; null: nothing. */
  const voice = () => {
    const others = asks.filter((id) => id !== heads).map(chosenOf).filter(Boolean);
    const most = winner(votes.counts);
    const all = Object.values(votes.counts).reduce((sum, count) => sum + count, 0);
    const led = most ?
        [
          words.most.replace('{option}', most),
          words.most_of.replace('{n}', String(votes.counts[most])).replace('{of}', String(all))
        ] :
        [];
    const value = led.join(words.join) || chosenOf(heads) || others.pop() || '';
    return value || hands() ? {
      id: 'class',
      label: words.class,
      value,
      lines: led.length ? led : [value],
      note: others.join(words.join)
    } :
                              null;
  };
  return { node, show, asksBack, enlarge, voice, hands, told: () => told(votes, words) };
}

// ----------------------------------------------------------------
// The reveal on the wall: every voice with its amount as large as the screen allows, its norm, and
// why; the class's hands beside the others.

/** @typedef {ReturnType<typeof vote>} Ballot */


const [WIDE, GAP, LARGEST] = [53, 1.6, 5.2];  // em of the screen, between voices, of an amount
const LEAST = 4;  // letters that a short voice has room for
const [HANDS, WORDY] = [14, 20];  // em of the screen: the class's voice, and one of many words
const LONG = 8;  // letters: an amount or another one as long take two lines, which are smaller
const PAIR = 3;  // em of the screen, of Latin letters less

// The lines a value takes: of two amounts that are long, each has one.
/** @param {Voice} voice @returns {string[]} */
export function linesOf({ value, lines }) {
  return lines ?? (letters(value) > LONG ? value.split(/(?<=／)|(?<= \/) /) : [value]);
}

// The columns of the voices, and how large amounts are so that they stand side by side. The class's
// own is told smaller, and keeps its room whatever the others are.
export function roomOf(/** @type {Voice[]} */ voices) {
  const ours = voices.find(({ id }) => id === 'class');
  const hands = !ours ? 0 : Math.max(...linesOf(ours).map(letters)) > LONG + 2 ? WORDY : HANDS;
  const wide = voices.map((voice) => voice === ours ? 0 : Math.max(LEAST,
    ...linesOf(voice).map((line) => letters(line) * (/[A-Z]/.test(line) ? 1.17 : 1.08))));
  const all = wide.reduce((sum, each) => sum + each, 0);
  const pairs = voices.filter((voice) => voice !== ours && linesOf(voice).length > 1);
  const most = !pairs.length                       ? LARGEST :
      pairs.some(({value}) => /[A-Z]/.test(value)) ? PAIR * .7 :
                                                     PAIR;
  const columns = wide.map((each) => each ? `minmax(0, ${each}fr)` : `${hands}em`).join(' ');
  return { columns, size: Math.min(most, (WIDE - GAP * (voices.length - 1) - hands) / all) };
}

// Hands of more than one question: their bars say it all, and each has its question above it.
const isSeveral = (/** @type {HTMLElement | null} */ hands) => (hands?.children.length ?? 0) > 1;

/** @param {Desk} desk @param {Record<string, string>} words of the page, table `talk`
 * @param {Ballot} vote */
export function revealed({ model, word }, words, vote) {
  const list = h('dl', {});
  const why = h('div', { class: 'talk-verdict' });
  const line = h('p', { class: 'talk-line' });
  const polled =
      h('div', {class: 'talk-polled'});  // of several questions, whose hands no voice has room for
  const node = h('div', { class: 'talk-reveal' }, list, polled, line, why);
  /** @param {Voice} voice @param {HTMLElement | null} hands */
  const draw = (voice, hands) =>
      h('div', {class: 'voice', 'data-id': voice.id}, h('dt', {}, voice.label),
          h('dd', {}, h('b', {}, ...linesOf(voice).map((line) => h('span', {}, unbroken(line)))),
              h('p', {}, unbroken(voice.note)), voice.id === 'class' ? hands ?? '' : ''));
  /** Draws it, and says it in words. */
  const show = () => {
    const {
      columns: told = [],
      sentence = '',
      theirs: linked = '',
      folded = [],
      folded_theirs: other = [],
      wall = {}
    } = /** @type {Reveal} */ (model.get('reveal'));
    const columns = wall.columns ?? told;
    const theirs = model.get('bet').theirs && !(/** @type {any} */ (window).simlibMine);
    const named = columns.map(
        (voice) => voice.id === 'you' && theirs ? {...voice, label: word('theirs')} : voice);
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
    const said = voices.map(({label, value, note}) => words.spoken.replace('{label}', label)
                                .replace('{value}', value)
                                .replace('{note}', note));
    return [...said, vote.told(), wall.line, ...because].filter(Boolean).join(' ');
  };
  return { node, show };
}

// The rule of the lesson, large, what its tasks come to, and what the class had said at first.
/** @param {Desk} desk @param {Record<string, string>} words @param {Ballot} vote */
export function summed({ model }, words, vote) {
  const [rule, said, hands] =
      [h('p', {class: 'talk-rule'}), h('p', {class: 'talk-voted'}), h('div', {})];
  const sums = h('ul', { class: 'talk-sums' });
  const node = h('div', { class: 'talk-end' }, rule, sums, said, hands);
  const show = () => {
    const { rule: told = '', columns = [] } = /** @type {Reveal} */ (model.get('reveal'));
    rule.textContent = unbroken(told);
    const lines = /** @type {Tasks} */ (model.get('tasks')).sums;
    sums.replaceChildren(...lines.map((each) => h('li', {}, unbroken(each))));
    const [voted, drawn] = [vote.told(), vote.hands()];
    hands.replaceChildren(drawn ?? '');
    const others = voted ?
        columns.filter(({id}) => id !== 'you').map(({label, value}) => `${label} ${value}`) :
        [];
    said.textContent = [...isSeveral(drawn) ? [] : [voted], ...others].join(' ┊ ');
    said.hidden = !said.textContent;
    return [told, ...lines, voted, ...others].filter(Boolean).join(' ');
  };
  return { node, show };
}
