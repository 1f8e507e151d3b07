// @ts-check
// What stage mode shows: the bet, the reveal, or a scene with its board and knobs; always on one
// screen. Rows and knobs are those of the stage, larger.

/** @typedef {import('./stage-types.js').Desk} Desk */
/** @typedef {import('./stage-types.js').Board} Board */
/** @typedef {import('./stage-types.js').Control} Control */
/** @typedef {import('./stage-types.js').Item} Item */
/** @typedef {import('./stage-mode-steps.js').Step} Step */

/** @typedef {{step: () => Step, asking: () => boolean, first: () => boolean, last: () => boolean}} Way */

const query = new URL(import.meta.url).search;
/** @param {string} file */
const at = (file) => new URL(file + query, import.meta.url).href;
/** @type {import('./stage-types.js').Lab} */
const { element } = await import(at('lab.js'));
/** @type {typeof import('./stage-mode-steps.js')} */
const { masked } = await import(at('stage-mode-steps.js'));
/** @type {typeof import('./stage-row.js')} */
const { makeRow } = await import(at('stage-row.js'));
/** @type {typeof import('./stage-board.js')} */
const { drawAxis, drawLegend } = await import(at('stage-board.js'));
/** @type {typeof import('./stage-knob.js')} */
const { makeKnob } = await import(at('stage-knob.js'));
/** @type {typeof import('./stage-reveal.js')} */
const { reveal } = await import(at('stage-reveal.js'));

// What gives way when there are more words than room: gaps, then the legend,
// then larger words than need be, at last the size.
const ROOM = [['', 1], ['tight', 1], ['bare', 1], ['lean', 1], ['lean', 0.92], ['lean', 0.84], ['lean', 0.76], ['lean', 0.68]];

/**
 * What the bet asks, to read out to a class.
 * @param {string} html
 */
function questions(html) {
  const held = element('template');
  held.innerHTML = html;
  return [...held.content.querySelectorAll('fieldset, .bet-amount')].map((part) => {
    const asked = part.querySelector('legend, label')?.textContent ?? '';
    const options = [...part.querySelectorAll('label span')].map((each) => element('li', {}, each.textContent ?? ''));
    return element('div', {}, element('b', {}, asked), options.length ? element('ul', {}, ...options) : '');
  });
}

/**
 * The rows of the scene and their scale.
 * @param {Desk} desk
 * @param {Record<string, string>} words
 */
function boardOf(desk, words) {
  const { model } = desk;
  const column = element('div', { class: 'talk-column' });
  const rows = element('div', { class: 'board-rows', role: 'rowgroup' });
  const axis = element('div', { class: 'board-axis', 'aria-hidden': 'true' });
  const grid = element('div', { class: 'board-grid', role: 'table', 'aria-label': words.board }, rows, axis);
  const legend = element('ul', { class: 'stage-legend' });
  grid.style.setProperty('--columns', '1');
  /** @type {Map<string, ReturnType<typeof makeRow>>} */
  let made = new Map();
  let of = '';
  /** @param {boolean} hidden */
  const show = (hidden) => {
    const whole = /** @type {Board} */ (model.get('board'));
    const board = hidden ? masked(whole, words.hidden) : whole;
    if (board.column !== of) { made = new Map(); of = board.column; }
    const { label = '', note = '' } = board.columns.find(({ id }) => id === of) ?? {};
    column.textContent = `${label} · ${note} (${board.unit})`;
    const seen = board.rows.filter((row) => !row.more);
    const nodes = seen.map((row) => {
      const found = made.get(row.id) ?? makeRow([of], desk);
      made.set(row.id, found);
      found.show(row, board, of);
      return found.node;
    });
    if (nodes.length !== rows.children.length || nodes.some((each, n) => each !== rows.children[n])) rows.replaceChildren(...nodes);
    const ticks = board.ticks.filter(({ fen }) => fen < 0.78 * board.top_fen || fen === board.top_fen);
    axis.replaceChildren(...drawAxis({ ...board, ticks }));
    legend.replaceChildren(...drawLegend(board, seen, desk));
  };
  return { node: element('div', { class: 'talk-board' }, column, grid, legend), show };
}

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
 * Why a number is what it is, large.
 * @param {Desk} desk
 * @param {Record<string, string>} words
 */
function whyOf({ model, tell }, words) {
  const title = element('h3', { tabindex: '-1' });
  const body = element('div', { class: 'stage-reasons', tabindex: '0' });
  const shut = element('button', { type: 'button', 'aria-label': words.close }, '×');
  const node = element('section', { class: 'talk-why', hidden: true, 'aria-label': words.why }, element('header', {}, title, shut), body);
  const show = () => {
    const why = /** @type {import('./stage-types.js').Why} */ (model.get('drawer'));
    const fresh = node.hidden && Boolean(why.say);
    node.hidden = !why.say;
    title.textContent = why.title;
    if (body.innerHTML !== why.html) body.innerHTML = why.html;
    if (fresh) title.focus();
  };
  /** Whether there was something to close. */
  const close = () => {
    if (node.hidden) return false;
    node.hidden = true;
    tell({ say: '' });
    return true;
  };
  shut.addEventListener('click', close);
  return { node, show, close };
}

/**
 * @param {Desk} desk
 * @param {Record<string, string>} words of the page, table `talk`
 */
export function screen(desk, words) {
  const { model, tell } = desk;
  const [title, place] = [element('h2', { tabindex: '-1' }), element('span', { class: 'talk-place' })];
  const asked = element('div', { class: 'talk-bet' });
  const came = reveal(desk);
  const told = element('div', { class: 'talk-told' }, came.node ?? '');
  const [board, knobs, why] = [boardOf(desk, words), knobsOf(desk, words.knobs), whyOf(desk, words)];
  const scene = element('div', { class: 'talk-scene' }, board.node, knobs.node);
  const body = element('div', { class: 'talk-body' }, asked, told, scene);
  const answer = element('p', { class: 'talk-answer' });
  const said = element('p', { class: 'is-heard', role: 'status' });
  const edge = (/** @type {string} */ look, /** @type {string} */ label, /** @type {string} */ sign) =>
    element('button', { type: 'button', class: `talk-edge ${look}`, 'aria-label': label }, sign);
  const [back, on] = [edge('is-back', words.back, '‹'), edge('is-on', words.forward, '›')];
  const black = element('div', { class: 'talk-black', hidden: true, role: 'img', 'aria-label': words.black });
  const node = element('dialog', { class: 'stage talk', 'aria-label': words.name },
    element('header', { class: 'talk-head' }, title, place), body,
    element('footer', { class: 'talk-foot' }, answer, element('span', { class: 'talk-keys' }, words.keys)), back, on, why.node, black, said);
  scene.addEventListener('click', ({ target }) => {
    const pressed = target instanceof Element ? target.closest('[data-say]') : null;
    if (pressed instanceof HTMLElement && pressed.dataset.say) tell({ say: pressed.dataset.say });
  });

  const fits = () => body.scrollHeight <= body.clientHeight + 1 && body.scrollWidth <= body.clientWidth + 1
    && scene.scrollHeight <= scene.clientHeight + 1;
  const fit = () => {
    for (const [room, size] of ROOM) {
      node.dataset.room = String(room);
      node.style.setProperty('--fit', String(size));
      if (fits()) return;
    }
  };
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
    const scenes = { bet: words.bet, reveal: words.reveal, case: model.get('frame').position };
    title.textContent = kind === 'case' ? model.get('frame').case : kind === 'bet' || kind === 'reveal' ? model.get('frame').question : now.question;
    place.textContent = scenes[/** @type {"bet"} */ (kind)] ?? words.scene.replace('{n}', now.n).replace('{of}', now.of);
    answer.textContent = kind === 'answer' && !way.asking() ? now.answer : '';
    back.ariaDisabled = String(way.first());
    on.ariaDisabled = String(way.last());
    if (!waits && black.hidden) tellOnce(answer.textContent || `${place.textContent} ${title.textContent}`);
  };
  /** @param {Way} way */
  const show = (way) => {
    const step = way.step();
    const { kind } = step;
    const waits = Boolean(step.scene) && step.scene !== model.get('scene').id;
    head(way, step, waits);
    asked.hidden = kind !== 'bet';
    told.hidden = kind !== 'reveal';
    scene.hidden = !(asked.hidden && told.hidden);
    node.classList.toggle('is-asking', way.asking() || waits);
    if (!asked.hidden) asked.replaceChildren(...questions(model.get('bet').html));
    if (!told.hidden) came.on.reveal();
    if (!scene.hidden) { board.show(way.asking() || waits); knobs.show(); why.show(); }
    fit();
  };
  /**
   * Black, or back again.
   * @param {boolean} on
   */
  const dim = (on) => {
    black.hidden = !on;
    tellOnce(on ? words.black : answer.textContent || `${place.textContent} ${title.textContent}`);
  };
  return { node, title, back, on, black, dim, show, close: why.close };
}
