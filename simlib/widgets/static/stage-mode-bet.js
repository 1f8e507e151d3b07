// @ts-check
// The bet of a class: picture, story and questions on the wall; what most hands chose is kept in this
// page alone and stands beside the court and the law when they are revealed.

/** @typedef {import('./stage-types.js').Desk} Desk */

const query = new URL(import.meta.url).search;
/** @type {import('./stage-types.js').Lab} */
const { element } = await import(new URL('lab.js' + query, import.meta.url).href);

/** What the page opens with, as it is told there. */
function story() {
  const picture = /** @type {HTMLElement | undefined} */ (document.querySelector('.lesson-picture')?.cloneNode(true));
  for (const node of picture?.querySelectorAll('[id]') ?? []) node.removeAttribute('id');
  const told = [...document.querySelectorAll('.lesson-story p')].map((each) => each.cloneNode(true));
  return element('div', { class: 'talk-story' }, picture ?? '', element('div', {}, ...told));
}

/**
 * @param {Desk} desk
 * @param {Record<string, string>} words of the page, table `talk`
 */
export function vote({ model }, words) {
  /** @type {Record<string, string>} */
  const chosen = {};
  const node = element('div', { class: 'talk-bet' });
  let asked = '';

  /**
   * @param {string} id
   * @param {string} label
   * @param {string[]} options
   */
  const question = (id, label, options) => {
    const buttons = options.map((option) => element('button', { type: 'button', 'aria-pressed': String(chosen[id] === option) }, option));
    for (const button of buttons) {
      button.addEventListener('click', () => {
        const text = button.textContent ?? '';
        if (chosen[id] === text) delete chosen[id]; else chosen[id] = text;
        for (const each of buttons) each.ariaPressed = String(chosen[id] === each.textContent);
      });
    }
    return element('div', { role: 'group', 'aria-label': label, 'data-id': id }, element('b', {}, label), element('p', {}, ...buttons));
  };
  /**
   * None, a part, or all of it.
   * @param {string} most
   */
  const amounts = (most) => {
    const all = model.get('frame').lang === 'en' ? Number(most).toLocaleString('en') : most;
    return [words.yuan.replace('{n}', '0'), words.some, words.yuan.replace('{n}', all)];
  };
  const show = () => {
    const { html } = model.get('bet');
    if (html === asked) return;
    asked = html;
    const held = element('template');
    held.innerHTML = html;
    const parts = /** @type {HTMLElement[]} */ ([...held.content.querySelectorAll('fieldset, .bet-amount')]).map((part) => {
      const label = part.querySelector('legend, label')?.textContent ?? '';
      const options = [...part.querySelectorAll('label span')].map((each) => each.textContent ?? '');
      return question(part.dataset.id ?? '', label, options.length ? options : amounts(part.querySelector('input')?.max ?? ''));
    });
    node.replaceChildren(story(), ...parts, element('small', {}, words.vote));
  };
  /** What the class chose, as one of the columns that are revealed; null: nothing. */
  const column = () => {
    const [value, ...rest] = ['amount', 'document', 'norm'].map((id) => chosen[id]).filter(Boolean);
    if (!value) return null;
    return element('div', { class: 'voice', 'data-id': 'class' }, element('dt', {}, words.class),
      element('dd', {}, element('b', {}, value), element('small', {}, rest.reverse().join(words.join))));
  };
  return { node, show, column };
}
