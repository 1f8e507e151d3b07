// @ts-check
// What stage mode shows: the bet, the reveal, or a scene with its board and knobs; always on one
// screen. Rows and knobs are those of the stage, larger.

/** @typedef {import('./stage-types.js').Desk} Desk */
/** @typedef {import('./stage-types.js').Control} Control */
/** @typedef {import('./stage-types.js').Item} Item */
/** @typedef {import('./stage-mode-steps.js').Step} Step */

/** @typedef {{step: () => Step, asking: () => boolean, first: () => boolean, last: () => boolean, at: () => [number, number]}} Way */

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
/** @type {typeof import('./stage-mode-reveal.js')} */
const { revealed, summed } = await import(at('stage-mode-reveal.js'));
/** @type {typeof import('./stage-scale.js')} */
const { unbroken } = await import(at('stage-scale.js'));

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
 * What stands below: the scene's answer, its place kept from the question on, and the keys. Once a
 * knob has moved the board's own sentence stands there instead.
 * @param {Desk} desk
 * @param {Record<string, string>} words
 */
function footOf({ model }, words) {
  const answer = element('p', { class: 'talk-answer' });
  const moved = element('p', { class: 'talk-answer talk-moved' });
  const ask = element('p', { class: 'talk-ask' }, words.ask);
  const keys = element('span', { class: 'talk-keys' }, words.keys.replace('{of}', String(model.get('scenes').length)));
  const node = element('footer', { class: 'talk-foot' }, element('div', {}, answer, moved, ask), keys);
  /**
   * What is said, as long as it holds.
   * @param {string} kind
   * @param {boolean} asking
   */
  const show = (kind, asking) => {
    const { answer: text, answered } = /** @type {import('./stage-types.js').Scene} */ (model.get('scene'));
    const told = kind === 'answer' && !asking;
    answer.hidden = moved.hidden = ask.hidden = kind !== 'question' && kind !== 'answer';
    moved.textContent = unbroken(model.get('board').sentence ?? '');
    ask.style.visibility = kind === 'question' ? '' : 'hidden';
    answer.textContent = text;
    answer.style.visibility = told && answered ? '' : 'hidden';
    moved.style.visibility = told && !answered ? '' : 'hidden';
    return told ? answered ? text : moved.textContent : '';
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
  const [asked, dots] = [vote(desk, words), element('span', { class: 'talk-dots', 'aria-hidden': 'true' })];
  const [came, end, assumed] = [revealed(desk, words, asked), summed(desk, words, asked), element('p', { class: 'talk-assumed' })];
  const [board, knobs, why, foot] = [boardOf(desk, words), knobsOf(desk, words.knobs), whyOf(desk, words), footOf(desk, words)];
  board.node.prepend(assumed);
  const scene = element('div', { class: 'talk-scene' }, board.node, knobs.node);
  const body = element('div', { class: 'talk-body' }, asked.node, came.node, end.node, scene);
  const said = element('p', { class: 'is-heard', role: 'status' });
  const edge = (/** @type {string} */ look, /** @type {string} */ label, /** @type {string} */ sign) =>
    element('button', { type: 'button', class: `talk-edge ${look}`, 'aria-label': label }, sign);
  const [back, on] = [edge('is-back', words.back, '‹'), edge('is-on', words.forward, '›')];
  const black = element('div', { class: 'talk-black', hidden: true, role: 'img', 'aria-label': words.black });
  const node = element('dialog', { class: 'stage talk', 'aria-label': words.name },
    element('header', { class: 'talk-head' }, title, element('div', {}, place, dots)), body, foot.node, back, on, why.node, black, said);
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
    assumed.textContent = now.assumed;
    assumed.hidden = !now.assumed;
    const [here, of] = way.at();
    dots.replaceChildren(...Array.from({ length: of }, (_, n) => element('i', { class: n === here ? 'is-on' : '' })));
    back.ariaDisabled = String(way.first());
    on.ariaDisabled = String(way.last());
    const told = kind === 'reveal' ? came.show() : kind === 'end' ? end.show() : '';
    heard = [place.textContent, title.textContent, now.assumed && !told ? now.assumed : '', foot.show(kind, way.asking()) || told].filter(Boolean).join(' ');
    if (!waits && black.hidden) tellOnce(heard);
  };
  /** @param {Way} way */
  const show = (way) => {
    const step = way.step();
    const { kind } = step;
    const waits = Boolean(step.scene) && step.scene !== model.get('scene').id;
    head(way, step, waits);
    for (const [part, own] of /** @type {[HTMLElement, string][]} */ ([[asked.node, 'bet'], [came.node, 'reveal'], [end.node, 'end']])) part.hidden = kind !== own;
    scene.hidden = ['bet', 'reveal', 'end'].includes(kind);
    const masks = waits || way.asking() && !model.get('scene').turns;  // a scene that turns shows where it begins
    node.classList.toggle('is-asking', masks);
    if (kind === 'bet') asked.show();
    if (!scene.hidden) { board.show(masks); knobs.show(); why.show(); }
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
