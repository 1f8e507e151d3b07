// @ts-check
// Above the board: the question of the scene, the large number, the sentence, and the tools.


import { h } from './draw.js';
import { stepOf, onCoursePage } from './lab.js';
import { authorityOf } from './stage-measures.js';
import { amount, broken, colour } from './stage-row.js';
import { menu } from './stage-menu.js';

const KEYS = { undo: 'Control+Z Meta+Z', redo: 'Control+Shift+Z Meta+Shift+Z Control+Y' };
const TITLES = { undo: 'Ctrl+Z / ⌘Z', redo: 'Ctrl+Shift+Z / ⇧⌘Z' };
const SIGNS = { undo: '↶', redo: '↷' };

/**
 * Undo or redo.
 * @param {"undo" | "redo"} action
 * @param {Desk} desk
 */
function stepButton(action, desk) {
  const label = desk.word(action);
  const button = h('button', { type: 'button', class: 'is-quiet stage-step', 'data-id': action, 'aria-label': label,
    title: `${label}  ${TITLES[action]}`, 'aria-keyshortcuts': KEYS[action] }, SIGNS[action]);
  // A button with nothing to do stays in the order of the keyboard: focus is never lost.
  button.addEventListener('click', () => {
    if (button.ariaDisabled !== 'true') desk.press(action);
    else window.dispatchEvent(new CustomEvent('simlib:say', { detail: desk.word(`no_${action}`) }));
  });
  return button;
}

/**
 * @param {Desk} desk
 * @returns {Part}
 */
export function head(desk) {
  const { model } = desk;
  const title = h('h2', { class: 'stage-question', tabindex: '-1' });
  const [label, number] = [h('small', {}), h('button', { type: 'button', class: 'stage-number' })];
  const sentence = h('p', { class: 'stage-sentence' });
  const kept = h('p', { class: 'stage-a' });
  const steps = /** @type {("undo" | "redo")[]} */ (['undo', 'redo']).map((action) => stepButton(action, desk));
  const tools = menu(desk);
  const node = h('div', { class: 'stage-head' },
    h('div', { class: 'stage-top' }, title, h('div', { class: 'stage-tools' }, ...steps, tools.node)),
    h('div', { class: 'stage-say' }, h('div', { class: 'stage-large' }, label, number),
      h('div', {}, sentence, kept)));

  let picked = '';  // the column whose bars are drawn
  const show = () => {
    const board = /** @type {Board} */ (model.get('board'));
    const large = board.larges?.[picked] ?? board.large;
    const asked = model.get('scene').question || model.get('frame').opening?.title || '';  // another case has its own
    if (title.textContent !== asked) title.replaceChildren(...broken(asked, model.get('frame').lang));
    label.textContent = large?.label ?? '';
    if (large) amount(number, large);
    const authority = authorityOf(board, large);
    number.style.color = authority && colour(authority, desk);
    sentence.replaceChildren(...desk.said(board.sentence ?? ''));
    kept.textContent = board.kept ?? '';
  };
  const allow = () => {
    const open = model.get('tools');
    for (const step of steps) step.ariaDisabled = String(!open[step.dataset.id ?? '']);
    tools.allow(open);
  };
  const keys = (/** @type {KeyboardEvent} */ event) => {
    const step = event.defaultPrevented ? null : stepOf(event);
    const button = steps.find((each) => each.dataset.id === step);
    if (!button?.offsetParent) return;
    const inside = event.target instanceof Node && node.closest('.stage')?.contains(event.target);
    if (!onCoursePage() && !inside) return;
    event.preventDefault();
    button.click();
  };
  document.addEventListener('keydown', keys);
  const hear = (/** @type {Event} */ event) => {
    const { detail, target } = /** @type {CustomEvent<string>} */ (event);
    if (detail === picked || !(target instanceof Node && node.closest('.stage')?.contains(target))) return;
    picked = detail;
    show();
  };
  document.addEventListener('stage:column', hear);
  show();
  allow();
  return {
    node,
    on: { board: show, scene: show, frame: show, tools: allow },
    drop: () => {
      document.removeEventListener('keydown', keys);
      document.removeEventListener('stage:column', hear);
      tools.drop();
    },
  };
}
