// @ts-check
// What stage mode shows: the bet, the reveal, or a scene with its board and knobs; always on one
// screen. Rows and knobs are those of the stage, larger.

/** @typedef {import('./stage-types.js').Desk} Desk */
/** @typedef {import('./stage-types.js').Control} Control */
/** @typedef {import('./stage-types.js').Item} Item */
/** @typedef {import('./stage-mode-steps.js').Step} Step */

/** @typedef {{step: () => Step, asking: () => boolean, first: () => boolean, last: () => boolean}} Way */

const query = new URL(import.meta.url).search;
/** @param {string} file */
const at = (file) => new URL(file + query, import.meta.url).href;
/** @type {import('./stage-types.js').Lab} */
const { element } = await import(at('lab.js'));
/** @type {typeof import('./stage-mode-bet.js')} */
const { vote } = await import(at('stage-mode-bet.js'));
/** @type {typeof import('./stage-mode-board.js')} */
const { boardOf } = await import(at('stage-mode-board.js'));
/** @type {typeof import('./stage-mode-why.js')} */
const { whyOf } = await import(at('stage-mode-why.js'));
/** @type {typeof import('./stage-knob.js')} */
const { makeKnob } = await import(at('stage-knob.js'));
/** @type {typeof import('./stage-reveal.js')} */
const { reveal } = await import(at('stage-reveal.js'));

// What gives way when there are more words than room: gaps, then the legend,
// then larger words than need be, at last the size.
const ROOM = [['', 1], ['tight', 1], ['bare', 1], ['lean', 1], ['lean', 0.97], ['lean', 0.92], ['lean', 0.84], ['lean', 0.76], ['lean', 0.68]];

/**
 * The scene's three knobs, alive.
 * @param {Desk} desk
 * @param {string} label
 */
function knobsOf(desk, label) {
  const { model } = desk;
  const node = element('form', { class: 'talk-knobs', 'aria-label': label });
  node.addEventListener('submit', (event) => event.preventDefault());
  /** @type {Map<string, Control>} */
  const controls = new Map();
  let built = '';
  const build = () => {
    const spec = /** @type {Item[]} */ (model.get('spec')).filter(({ place }) => place === 'main');
    const wanted = JSON.stringify(spec);
    if (wanted === built) return;
    built = wanted;
    for (const control of controls.values()) control.drop?.();
    controls.clear();
    for (const item of spec) controls.set(item.id, makeKnob(item, desk));
    node.replaceChildren(...[...controls.values()].map((control) => control.node));
  };
  const show = () => {
    build();
    const [values, tags] = [model.get('values'), model.get('tags')];
    for (const [id, control] of controls) {
      if (id in values) control.show(values[id]);
      const tag = /** @type {HTMLElement | null} */ (control.node.querySelector('.tag'));
      const [kind, text] = tags[id] ?? [];
      if (tag) { tag.hidden = !text; tag.dataset.kind = kind ?? ''; tag.textContent = text ?? ''; }
    }
  };
  return { node, show };
}

/**
 * What stands below: the scene's answer, its place kept from the question on, and the keys.
 * @param {Desk} desk
 * @param {Record<string, string>} words
 */
function footOf({ model }, words) {
  const answer = element('p', { class: 'talk-answer' });
  const moved = element('p', { class: 'talk-moved' }, words.moved);
  const node = element('footer', { class: 'talk-foot' }, element('div', {}, answer, moved), element('span', { class: 'talk-keys' }, words.keys));
  /**
   * What is said, as long as it holds.
   * @param {string} kind
   * @param {boolean} asking
   */
  const show = (kind, asking) => {
    const { answer: text, answered } = /** @type {import('./stage-types.js').Scene} */ (model.get('scene'));
    const told = kind === 'answer' && !asking;
    answer.hidden = moved.hidden = kind !== 'question' && kind !== 'answer';
    answer.textContent = text;
    answer.style.visibility = told && answered ? '' : 'hidden';
    moved.style.visibility = told && !answered ? '' : 'hidden';
    return told ? answered ? text : words.moved : '';
  };
  return { node, show };
}

/**
 * @param {Desk} desk
 * @param {Record<string, string>} words of the page, table `talk`
 */
export function screen(desk, words) {
  const { model, tell } = desk;
  const [title, place] = [element('h2', { tabindex: '-1' }), element('span', { class: 'talk-place' })];
  const [asked, came, end] = [vote(desk, words), reveal(desk), element('p', { class: 'talk-end' })];
  const told = element('div', { class: 'talk-told' }, came.node ?? '');
  const [board, knobs, why, foot] = [boardOf(desk, words), knobsOf(desk, words.knobs), whyOf(desk, words), footOf(desk, words)];
  const scene = element('div', { class: 'talk-scene' }, board.node, knobs.node);
  const body = element('div', { class: 'talk-body' }, asked.node, told, end, scene);
  const said = element('p', { class: 'is-heard', role: 'status' });
  const edge = (/** @type {string} */ look, /** @type {string} */ label, /** @type {string} */ sign) =>
    element('button', { type: 'button', class: `talk-edge ${look}`, 'aria-label': label }, sign);
  const [back, on] = [edge('is-back', words.back, '‹'), edge('is-on', words.forward, '›')];
  const black = element('div', { class: 'talk-black', hidden: true, role: 'img', 'aria-label': words.black });
  const node = element('dialog', { class: 'stage talk', 'aria-label': words.name },
    element('header', { class: 'talk-head' }, title, place), body, foot.node, back, on, why.node, black, said);
  scene.addEventListener('click', ({ target }) => {
    const pressed = target instanceof Element ? target.closest('[data-say]') : null;
    if (pressed instanceof HTMLElement && pressed.dataset.say) tell({ say: pressed.dataset.say });
  });

  const fits = () => body.scrollHeight <= body.clientHeight + 1 && body.scrollWidth <= body.clientWidth + 1
    && scene.scrollHeight <= scene.clientHeight + 1;
  /** @type {Map<string, number>} */
  const sizes = new Map();  // a step keeps its size, so that an answer stands where its question stood
  /** @param {string} of */
  const fit = (of) => {
    const key = `${of} ${innerWidth} ${innerHeight}`;
    for (let n = sizes.get(key) ?? 0; n < ROOM.length; n++) {
      const [room, size] = ROOM[n];
      node.dataset.room = String(room);
      node.style.setProperty('--fit', String(size));
      sizes.set(key, n);
      if (fits()) return;
    }
  };
  let heard = '';
  /**
   * What is heard: only what is new, and nothing of a scene that is being left.
   * @param {string} text
   */
  const tellOnce = (text) => { if (said.textContent !== text) said.textContent = text; };
  /**
   * @param {Way} way
   * @param {Step} step
   * @param {boolean} waits
   */
  const head = (way, { kind }, waits) => {
    const now = model.get('scene');
    const places = { bet: words.bet, reveal: words.reveal, end: words.end, case: model.get('frame').position };
    const { question } = model.get('frame');
    title.textContent = kind === 'case' ? model.get('frame').case : kind in places ? question : now.question;
    place.textContent = places[/** @type {"bet"} */ (kind)] ?? words.scene.replace('{n}', now.n).replace('{of}', now.of);
    end.textContent = kind === 'end' ? model.get('reveal').rule ?? '' : '';
    back.ariaDisabled = String(way.first());
    on.ariaDisabled = String(way.last());
    heard = [place.textContent, title.textContent, foot.show(kind, way.asking()) || end.textContent].join(' ');
    if (!waits && black.hidden) tellOnce(heard);
  };
  /** @param {Way} way */
  const show = (way) => {
    const step = way.step();
    const { kind } = step;
    const waits = Boolean(step.scene) && step.scene !== model.get('scene').id;
    head(way, step, waits);
    for (const [part, own] of /** @type {[HTMLElement, string][]} */ ([[asked.node, 'bet'], [told, 'reveal'], [end, 'end']])) part.hidden = kind !== own;
    scene.hidden = ['bet', 'reveal', 'end'].includes(kind);
    node.classList.toggle('is-asking', way.asking() || waits);
    if (kind === 'bet') asked.show();
    if (kind === 'reveal') { came.on.reveal(); told.querySelector('dl')?.prepend(asked.column() ?? ''); }
    if (!scene.hidden) { board.show(way.asking() || waits); knobs.show(); why.show(); }
    fit(step.scene || kind);
    if (!scene.hidden) board.scale();
  };
  /**
   * Black, or back again.
   * @param {boolean} on
   */
  const dim = (on) => {
    black.hidden = !on;
    tellOnce(on ? words.black : heard);
  };
  return { node, title, back, on, black, dim, show, close: why.close };
}
