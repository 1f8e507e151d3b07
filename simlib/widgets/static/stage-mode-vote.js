// @ts-check
// The bet of a class: picture, story and questions on the wall; what most hands chose, or how many
// hands there were, stands beside the court and the law when they are revealed.


import { h } from './draw.js';
import { bars, keep, kept } from './stage-mode-poll.js';
import { enlarged } from './stage-mode-picture.js';
import { clashOf, leading, told, winner } from './stage-mode-steps.js';

/** The page's picture, which is drawn as large as there is room. */
function pictured() {
  const picture = /** @type {HTMLElement | undefined} */ (document.querySelector('.lesson-picture')?.cloneNode(true));
  for (const node of picture?.querySelectorAll('[id]') ?? []) node.removeAttribute('id');
  return picture ?? '';
}

/** What the page opens with, as it is told there. */
function story() {
  const said = [...document.querySelectorAll('.lesson-story p')].map((each) => each.cloneNode(true));
  return h('div', { class: 'talk-story' }, pictured(), h('div', {}, ...said));
}

/**
 * @param {Desk} desk
 * @param {Record<string, string>} words of the page, table `talk`
 */
export function vote({ model }, words) {
  const { topic } = model.get('frame');
  const votes = kept(topic);
  const node = h('div', { class: 'talk-bet' });
  let asked = '';

  /**
   * An option, and how many hands there were for it.
   * @param {string} id
   * @param {string} option
   * @param {boolean} counted
   */
  const choice = (id, option, counted) => {
    const button = h('button', { type: 'button', 'aria-pressed': String(chosenOf(id) === option) }, option);
    button.addEventListener('click', () => {
      if (votes.chosen[id] === option) delete votes.chosen[id]; else votes.chosen[id] = option;
      keep(topic, votes);
      press(id);
    });
    if (!counted) return button;
    const count = h('input', { type: 'number', min: 0, max: 999, inputmode: 'numeric', value: countsOf(id)[option] ?? '', 'aria-label': words.count.replace('{option}', option) });
    count.addEventListener('input', () => { number(id, option, count.value); });
    return h('span', { class: 'talk-choice' }, button, count);
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
  const chosenOf = (id) => countable[id] ? leading({ chosen: votes.chosen, counts: countsOf(id) }, id) : votes.chosen[id] ?? '';
  /**
   * The class's option is marked, and what was asked back is answered.
   * @param {string} id
   */
  const press = (id) => {
    for (const each of node.querySelectorAll(`[data-id="${id}"] button`)) each.ariaPressed = String(chosenOf(id) === each.textContent);
    tell('');
  };
  /**
   * What is said below the questions: how a class votes, or why its answers contradict each other.
   * @param {string} clash
   */
  const tell = (clash) => {
    back = clash;
    line.textContent = clash || words.vote;
    line.classList.toggle('is-back', Boolean(clash));
  };
  /** Answers that contradict each other are asked back once; a class may stay with them. */
  const asksBack = () => {
    const given = Object.fromEntries(asks.map((id) => [id, codes[id]?.[chosenOf(id)] ?? chosenOf(id)]));
    const clash = clashOf(clashes, given);
    if (!clash || clash === back) return false;
    tell(clash);
    return true;
  };
  /**
   * Once one option of a question is counted, every one is: none is 0.
   * @param {string} id
   * @param {string} option
   * @param {string} text
   */
  const number = (id, option, text) => {
    const now = { ...countsOf(id), [option]: Math.max(0, Math.round(Number(text)) || 0) };
    const some = Object.values(now).some((count) => count > 0);
    const counts = some ? Object.fromEntries(countable[id].map((each) => [each, now[each] ?? 0])) : {};
    if (id === heads) votes.counts = counts; else votes.also = { ...votes.also, [id]: counts };
    keep(topic, votes);
    press(id);
  };
  /**
   * @param {string} id
   * @param {string} label
   * @param {string[]} options
   * @param {boolean} counted
   */
  const question = (id, label, options, counted) => {
    if (counted) countable[id] = options;
    return h('div', { role: 'group', 'aria-label': label, 'data-id': id }, h('b', {}, label),
      h('p', {}, ...options.map((option) => choice(id, option, counted))));
  };
  /**
   * What a number is voted on by: the amounts its question names; or none, a part, or all of it.
   * @param {HTMLElement} part
   * @returns {string[]}
   */
  const amounts = (part) => {
    if (part.dataset.hands) return JSON.parse(part.dataset.hands);
    const [none, all] = [...part.querySelectorAll('.bet-ends span')].map((end) => end.textContent ?? '');
    return [none, words.some, all];
  };
  const show = () => {
    const { html } = model.get('bet');
    if (html === asked) return;
    asked = html;
    const held = h('template');
    held.innerHTML = html;
    const parts = /** @type {HTMLElement[]} */ ([...held.content.querySelectorAll('fieldset, .bet-amount')]);
    const typed = parts.filter((part) => part.matches('.bet-amount')).pop();  // an amount is counted by heads, or else every question
    countable = {};
    clashes = JSON.parse(held.content.querySelector('form')?.dataset.clashes ?? '[]');
    codes = Object.fromEntries(parts.map((part) => [part.dataset.id, Object.fromEntries([...part.querySelectorAll('label:has(input)')].map((each) =>
      [each.querySelector('span')?.textContent ?? '', each.querySelector('input')?.value ?? '']))]));
    [asks, heads] = [parts.map((part) => part.dataset.id ?? ''), (typed ?? parts[0])?.dataset.id ?? ''];
    const shown = parts.map((part) => {
      const label = part.querySelector('legend, label')?.textContent ?? '';
      const options = [...part.querySelectorAll('label span')].map((each) => each.textContent ?? '');
      return question(part.dataset.id ?? '', label, options.length ? options : amounts(part), !typed || part === typed);
    });
    [votes.heads, votes.asked] = [heads, Object.fromEntries(shown.map((each) => [each.dataset.id ?? '', each.ariaLabel ?? '']))];
    node.replaceChildren(story(), ...shown, line);
    tell('');
  };
  /** The picture, once its room is known. */
  const enlarge = () => {
    for (const drawn of node.querySelectorAll('svg')) if (drawn.getClientRects().length) enlarged(drawn);
  };
  const hands = () => bars(votes, words.class);
  /** What the class chose, as one of the voices that are revealed; null: nothing. */
  const voice = () => {
    const others = asks.filter((id) => id !== heads).map(chosenOf).filter(Boolean);
    const most = winner(votes.counts);
    const all = Object.values(votes.counts).reduce((sum, count) => sum + count, 0);
    const led = most ? [words.most.replace('{option}', most), words.most_of.replace('{n}', String(votes.counts[most])).replace('{of}', String(all))] : [];
    const value = led.join(words.join) || chosenOf(heads) || others.pop() || '';
    return value || hands() ? { id: 'class', label: words.class, value, lines: led.length ? led : [value], note: others.join(words.join) } : null;
  };
  return { node, show, asksBack, enlarge, voice, hands, told: () => told(votes, words) };
}
