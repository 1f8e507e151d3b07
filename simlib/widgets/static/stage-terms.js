// @ts-check
// Terms: the first mention of one in a section is a button, and its card opens in place, below the
// block it stands in. What the cards say comes as a script of its own (`terms-zh.js`, made of the
// texts); where none does, as in JupyterLab, the text stays as it is.

import { h, hearing, press } from './draw.js';
import { CLOSING, OPENING, unbroken } from './stage-measures.js';

/** @typedef {{term: string, seen: string, means: string, article: string, example: string,
 *   lesson: string, only?: string}} Term `seen`: a regular expression */
/** @typedef {{card: Record<string, string>, terms: Record<string, Term>}} Cards */

const APART = 'button, a, label, summary, h1, h2, h3, h4, h5, h6, th, pre, code, svg, ' +
    'mjx-container, [hidden], .is-heard, .term-card';
const BLOCK = 'p, li, td, dd, blockquote';
const ARROW_PX = 10;  // half of the arrow that leads to the term
const EDGE_PX = 16;  // how near a corner it may come
const AT_ONCE = /** @type {any} */ ('instant');  // TypeScript's own list lacks it

/** @type {RegExp | undefined} one group a term */
let mentions;

/** @returns {Cards} the cards of this page */
function told() {
  return /** @type {any} */ (window).simlibTerms ?? { card: {}, terms: {} };
}

const lessonNo = () => (document.body.dataset.lesson ?? '').slice(0, 2);

// The terms of this lesson; a word that only one lesson means so is left alone in the others.
function pattern() {
  if (mentions) return mentions;
  const no = lessonNo();
  const sources = Object.entries(told().terms)
                      .filter(([, { only }]) => !only || only.split(' ').includes(no))
                      .map(([key, { seen }]) => `(?<${key}>${seen})`);
  const any = sources.length ? sources.join('|') : '(?!)';
  return mentions = new RegExp(`(?<![\\w-])(?:${any})(?![\\w-])`, 'gi');
}

// Texts that a reader sees as one: what stands between them is at most a place for a break.
function runs(/** @type {Node} */ root) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT,
      (node) => node instanceof Element && node.matches(APART) ? NodeFilter.FILTER_REJECT :
                                                                 NodeFilter.FILTER_ACCEPT);
  /** @type {Text[][]} */
  const found = [];
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (!(node instanceof Text)) continue;
    const run = found[found.length - 1];
    const before = node.previousSibling?.nodeName === 'WBR' ? node.previousSibling.previousSibling :
                                                              node.previousSibling;
    if (run && before === run[run.length - 1]) run.push(node); else found.push([node]);
  }
  return found;
}

/** @param {Text[]} run @param {number} at @returns {[Text, number]} where a letter of a run stands */
function placed(run, at) {
  const node = run.find((each) => (at -= each.length) <= 0) ?? run[run.length - 1];
  return [node, at + node.length];
}

/** @param {Text[]} run @param {number} from @param {number} to @param {string} key */
function wrap(run, from, to, key) {
  const range = document.createRange();
  range.setStart(...placed(run, from));
  range.setEnd(...placed(run, to));
  const button = h('button',
      {type: 'button', class: 'term', 'aria-expanded': 'false', 'data-term': key});
  button.append(range.extractContents());
  range.insertNode(button);
  join(button);
}

// A line may break beside any button: a bracket or a point beside this one comes along with it.
function join(/** @type {HTMLElement} */ button) {
  const [before, after] = [button.previousSibling, button.nextSibling];
  const opens = before instanceof Text && OPENING.test(before.data);
  const closes = after instanceof Text && CLOSING.test(after.data);
  if (!opens && !closes) return;
  const held = h('span', { class: 'term-held' });
  button.before(held);
  if (opens) held.append(before.splitText(before.length - 1));
  held.append(button);
  if (closes) { after.splitText(1); held.append(after); }
}

/** Mark the first mention of each term in what is one section to a reader.
 * @param {...Node} roots */
export function mark(...roots) {
  const done = new Set();
  for (const run of roots.flatMap(runs)) {
    const text = run.map(({ data }) => data).join('');
    const found = [...text.matchAll(pattern())].map((match) => ({
      key: Object.entries(match.groups ?? {}).find(([, said]) => said)?.[0] ?? '',
      from: match.index ?? 0,
      to: (match.index ?? 0) + match[0].length
    }));
    const first = found.filter(({ key }) => !done.has(key) && done.add(key));
    for (const { key, from, to } of first.reverse()) wrap(run, from, to, key);  // the places before hold
  }
}

/** @param {string} key @param {() => void} leave */
function drawCard(key, leave) {
  const { card, terms } = told();
  const { term, means, article, example, lesson } = terms[key];
  const rows = [
    [card.article, article], [card.example, example],
    ...lesson === lessonNo() ? [] : [[card.lesson, card.lesson_is.replace('{no}', lesson)]]
  ];
  return h('div', {class: 'term-card', role: 'group', 'aria-label': term},
      h('strong', {}, term), h('p', {}, unbroken(means)),
      h('dl', {}, rows.map(([name, said]) => [h('dt', {}, name), h('dd', {}, unbroken(said))])),
      press(null, '×', leave, {class: 'term-close', 'aria-label': card.close}));
}

/** Below the block of a term: inside an item of a list, as a row of its own in a table.
 * @param {HTMLElement} term @param {HTMLElement} card @returns {HTMLElement} what was put there */
function put(term, card) {
  const block = term.closest('.task-head') ?? term.closest(BLOCK) ?? term;
  if (block instanceof HTMLTableCellElement) {
    const row = /** @type {HTMLTableRowElement} */ (block.parentElement);
    const made = h('tr', {class: 'term-row', role: 'row'},
        h('td', {colspan: row.cells.length, role: 'cell'}, card));
    row.after(made);
    return made;
  }
  const inner = block.matches('li') ? block.querySelector(':scope > :is(ul, ol)') : null;
  if (inner) inner.before(card);
  else if (block.matches('.task-head, li, dd, blockquote')) block.append(card);
  else block.after(card);
  return card;
}

// ---------------------------------------------------------------- one card of the page is open

/** @type {HTMLElement | null} */
let open = null;
/** @type {HTMLElement | undefined} */
let below;

function shut() {
  below?.remove();
  open?.setAttribute('aria-expanded', 'false');
  open = null;
}

function leave() {
  const back = open;
  shut();
  back?.focus({ preventScroll: true });
}

/** The card of a term, in sight; the term stays where it is, even if the card of another goes. */
function show(/** @type {HTMLElement} */ term) {
  const { top } = term.getBoundingClientRect();
  shut();
  const card = drawCard(term.dataset.term ?? '', leave);
  below = put(term, card);
  open = term;
  term.setAttribute('aria-expanded', 'true');
  const [at, box] = [term.getBoundingClientRect(), card.getBoundingClientRect()];
  const arrow = at.left + at.width / 2 - box.left - ARROW_PX;
  const most = box.width - EDGE_PX - 2 * ARROW_PX;
  card.style.setProperty('--at', `${Math.max(EDGE_PX, Math.min(most, arrow))}px`);
  if (at.top !== top) scrollBy({ top: at.top - top, behavior: AT_ONCE });
  card.scrollIntoView({ block: 'nearest', behavior: AT_ONCE });
}

function pressed(/** @type {MouseEvent} */ { target }) {
  const term = target instanceof Element ? target.closest('.term') : null;
  if (!(term instanceof HTMLElement)) return;
  if (term === open) leave(); else show(term);
}

function escape(/** @type {KeyboardEvent} */ event) {
  if (event.key !== 'Escape' || !open?.isConnected) return;
  event.preventDefault();
  leave();
}

function markProse(/** @type {ParentNode} */ within) {
  for (const each of within.querySelectorAll('.jp-MarkdownOutput:not(.has-terms)')) {
    each.classList.add('has-terms');
    mark(each);
  }
}

function unfolded(/** @type {Event} */ { target }) {
  if (target instanceof Element && target.matches('.lesson-fold[open]')) markProse(target);
}

/** The terms of a page: what stands open is marked now, a fold once it is opened. @returns {Part} */
export function terms() {
  for (const each of document.querySelectorAll('.lesson-fold[open], .lesson-rest [cell-index]'))
    if (each.matches('.lesson-fold') || !each.closest('.lesson-fold')) markProse(each);
  const drop = hearing([document, 'click', pressed], [document, 'keydown', escape, true],
      [document, 'toggle', unfolded, true]);
  return { on: {}, drop };
}
