// @ts-check
// After the bet: you, the court, the law in force, and the rule of the lesson.


import { h } from './draw.js';

/**
 * @param {Desk} desk
 * @returns {Part}
 */
export function reveal(desk) {
  const { model } = desk;
  const node = h('section', { class: 'stage-reveal', 'aria-label': desk.word('reveal'), 'data-id': 'reveal' });
  const heading = h('h2', { class: 'is-heard', tabindex: '-1' }, desk.word('reveal'));
  const box = h('div', { class: 'stage-voices' });
  node.append(heading, box);
  const onward = h('button', { type: 'button', class: 'is-strong stage-onward', 'data-id': 'onward' });
  onward.addEventListener('click', () => {
    const card = node.closest('.stage')?.querySelector('.stage-tasks');
    card?.closest('.stage-grid')?.scrollIntoView({ block: 'start' });
    /** @type {HTMLElement | null | undefined} */ (card?.querySelector('h3'))?.focus({ preventScroll: true });
    const [first] = /** @type {Tasks} */ (model.get('tasks')).list;
    desk.tell({ task: first.id, do: 'start' });
  });
  /** The first task not yet begun is what comes next. */
  const lead = () => {
    const [first] = /** @type {Tasks} */ (model.get('tasks')).list ?? [];
    onward.hidden = first?.state !== 'new';
    onward.textContent = first ? `${desk.word('try', { title: first.title })} ↓` : '';
  };
  /**
   * What explains the sentence, folded.
   * @param {string[]} said
   * @param {string} head
   */
  const fold = (said, head) => said.length ? [h('details', { class: 'stage-fold reveal-fold' }, h('summary', {}, head), ...said.map((each) => h('p', {}, ...desk.said(each))))] : [];
  const show = () => {
    const { columns = [], sentence = '', theirs: linked = '', folded = [], folded_theirs: other = [], more = '', rule = '', right = null } = /** @type {Reveal} */ (model.get('reveal'));
    const theirs = model.get('bet').theirs && !(/** @type {any} */ (window).simlibMine);
    const voices = columns.map(({ id, label, value, note }) => h('div', { class: 'voice', 'data-id': id },
      h('dt', {}, id === 'you' && theirs ? desk.word('theirs') : label), h('dd', {}, h('b', {}, value), h('small', {}, ...desk.said(note)))));
    node.hidden = !columns.length && !sentence && !rule;
    heading.textContent = columns.map(({ id, label }) => (id === 'you' && theirs ? desk.word('theirs') : label)).join(desk.word('voices')) || desk.word('reveal');
    box.replaceChildren(h('dl', {}, ...voices),
      h('div', { class: 'stage-verdict' },
        h('p', { class: theirs || right === null ? '' : right ? 'is-right' : 'is-other' }, ...desk.said(theirs && linked ? linked : sentence)),
        h('p', { class: 'stage-rule', hidden: !rule }, ...desk.said(rule)), ...fold(theirs ? other : folded, more)), onward);
    lead();
  };
  show();
  return { node, on: { reveal: show, bet: show, tasks: lead } };
}
