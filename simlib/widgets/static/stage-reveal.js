// @ts-check
// After the bet: you, the court, the law in force, and the rule of the lesson.

/** @typedef {import('./stage-types.js').Desk} Desk */
/** @typedef {import('./stage-types.js').Part} Part */

const query = new URL(import.meta.url).search;
/** @param {string} file */
const at = (file) => new URL(file + query, import.meta.url).href;
/** @type {import('./stage-types.js').Lab} */
const { element } = await import(at('lab.js'));

/**
 * @param {Desk} desk
 * @returns {Part}
 */
export function reveal(desk) {
  const { model } = desk;
  const node = element('section', { class: 'stage-reveal', 'aria-label': desk.word('reveal'), 'data-id': 'reveal' });
  const heading = element('h2', { class: 'is-heard', tabindex: '-1' }, desk.word('reveal'));
  const box = element('div', { class: 'stage-voices' });
  node.append(heading, box);
  const onward = element('button', { type: 'button', class: 'is-strong stage-onward', 'data-id': 'onward' });
  onward.addEventListener('click', () => {
    const card = node.closest('.stage')?.querySelector('.stage-tasks');
    card?.closest('.stage-grid')?.scrollIntoView({ block: 'start' });
    /** @type {HTMLElement | null | undefined} */ (card?.querySelector('h3'))?.focus({ preventScroll: true });
    const [first] = /** @type {import('./stage-types.js').Tasks} */ (model.get('tasks')).list;
    desk.tell({ task: first.id, do: 'start' });
  });
  /** The first task not yet begun is what comes next. */
  const lead = () => {
    const [first] = /** @type {import('./stage-types.js').Tasks} */ (model.get('tasks')).list ?? [];
    onward.hidden = first?.state !== 'new';
    onward.textContent = first ? `${desk.word('try', { title: first.title })} ↓` : '';
  };
  /**
   * What explains the sentence, folded.
   * @param {string[]} said
   * @param {string} head
   */
  const fold = (said, head) => said.length ? [element('details', { class: 'stage-fold reveal-fold' }, element('summary', {}, head), ...said.map((each) => element('p', {}, ...desk.said(each))))] : [];
  const show = () => {
    const { columns = [], sentence = '', theirs: linked = '', folded = [], folded_theirs: other = [], more = '', rule = '', right = null } = /** @type {import('./stage-types.js').Reveal} */ (model.get('reveal'));
    const theirs = model.get('bet').theirs && !(/** @type {any} */ (window).simlibMine);
    const voices = columns.map(({ id, label, value, note }) => element('div', { class: 'voice', 'data-id': id },
      element('dt', {}, id === 'you' && theirs ? desk.word('theirs') : label), element('dd', {}, element('b', {}, value), element('small', {}, ...desk.said(note)))));
    node.hidden = !columns.length && !sentence && !rule;
    heading.textContent = columns.map(({ id, label }) => (id === 'you' && theirs ? desk.word('theirs') : label)).join(desk.word('voices')) || desk.word('reveal');
    box.replaceChildren(element('dl', {}, ...voices),
      element('div', { class: 'stage-verdict' },
        element('p', { class: theirs || right === null ? '' : right ? 'is-right' : 'is-other' }, ...desk.said(theirs && linked ? linked : sentence)),
        element('p', { class: 'stage-rule', hidden: !rule }, ...desk.said(rule)), ...fold(theirs ? other : folded, more)), onward);
    lead();
  };
  show();
  return { node, on: { reveal: show, bet: show, tasks: lead } };
}
