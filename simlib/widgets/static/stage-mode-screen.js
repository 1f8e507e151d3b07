// @ts-check
// What stage mode shows: the bet, the reveal, or a scene with its board and knobs; always on one
// screen. Rows and knobs are those of the stage, larger.

/** @typedef {import('./stage-mode-steps.js').Step} Step */

/** @typedef {{step: () => Step, asking: () => boolean, first: () => boolean, last: () => boolean, at: () => [number, number]}} Way */

const HEARD_MS = 1500;  // a step has been told by then
import { h } from './draw.js';
import { unheard } from './lab.js';
import { vote, revealed, summed } from './stage-mode-vote.js';
import { boardOf, whyOf } from './stage-mode-board.js';
import { isOption, unsaid } from './stage-mode-steps.js';
import { makeKnob } from './stage-knobs.js';
import { broken } from './stage-row.js';
import { clauses, sentences, unbroken } from './stage-measures.js';

// From most to least: larger words before wider rows, so that no screen is left empty; then gaps give
// way, ends of scales, words that are larger than need be, and at last the size.
const GROWN = [1.2, 1.15, 1.1, 1.05, 1].flatMap((size) => [['roomy', size], ['', size]]);
const ROOM = [
  ...GROWN, ['tight', 1], ['bare', 1], ['lean', 1], ['lean', 1, true], ['lean', 0.97, true],
  ['lean', 0.92, true], ['lean', 0.84, true], ['lean', 0.76, true], ['lean', 0.68, true]
];
const PLAIN = ['reveal', 'end'];  // their words are as large as they should be
const SLACK = 1.5;  // pixels
const BARS = 0.27;  // of the window: what bars keep while words grow

const CHIPS = 3;  // a list of so many is shown whole

// A knob whose words can all be read from afar: a short list as steps to choose from.
/** @param {Item} item @param {Desk} desk @returns {Control} */
function large(item, desk) {
  const chips = item.kind === 'select' && (item.options?.length ?? 0) <= CHIPS;
  return makeKnob(chips ? { ...item, kind: 'choice' } : item, desk);
}

// Of what kind a fact is, without what is said of it in brackets: a wall has room for a word.
const brief = (/** @type {string} */ text) => text.replace(/\s*[（(].*[）)]$/, '');

// The scene's three knobs, alive.
function knobsOf(/** @type {Desk} */ desk, /** @type {string} */ label) {
  const { model } = desk;
  const node = h('form', { class: 'talk-knobs', 'aria-label': label });
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
    for (const item of spec) controls.set(item.id, large(item, desk));
    node.replaceChildren(...[...controls.values()].map((control) => control.node));
  };
  const show = () => {
    build();
    const [values, tags, held] = [model.get('values'), model.get('tags'), unheard(model)];
    for (const [id, control] of controls) {
      if (id in values && !held.has(id)) control.show(values[id]);
      const tag = /** @type {HTMLElement | null} */ (control.node.querySelector('.tag'));
      const [kind, text] = tags[id] ?? [];
      if (tag) {
        tag.hidden = !text;
        tag.dataset.kind = kind ?? '';
        tag.textContent = brief(text ?? '');
      }
    }
  };
  return { node, show };
}

// What stands below: the scene's point and its whole answer, their place kept from the question on,
// and the keys, beside which knobs the step has put back. Once a knob has moved, what moved by it on the wall stands there instead, then the
// board's own sentence, as far as there is room.
/** @param {Desk} desk @param {Record<string, string>} words */
function footOf({ model }, words) {
  const [point, whole] = [h('p', { class: 'talk-point' }), h('p', { class: 'talk-whole' })];
  const answer = h('div', { class: 'talk-answer' }, point, whole);
  const moved = h('p', { class: 'talk-moved' });
  const ask = h('p', { class: 'talk-ask' }, words.ask);
  const [back, keys] = [h('span', { class: 'talk-back' }), h('span', { class: 'talk-keys' })];
  const node = h('footer', {class: 'talk-foot'}, h('div', {}, answer, moved, ask),
      h('p', {class: 'talk-line-keys'}, back, keys));
  /** What a knob moved, then what the board says: as many sentences as there is room for. */
  const tellMoved = () => {
    const said = sentences([
      model.get('scene').moved, unsaid(model.get('board').sentence ?? '', model.get('scene').moved)
    ].filter(Boolean)
            .join(model.get('frame').lang === 'zh' ? '' : ' '));
    do moved.textContent = unbroken(said.join(''));
    while (moved.scrollHeight > moved.clientHeight + 1 && said.length > 1 && said.pop());
    return moved.textContent;
  };
  // What is said, as long as it holds.
  /** @param {string} kind @param {boolean} asking
   * @param {boolean} waits the scene is still the one before */
  const show = (kind, asking, waits) => {
    const scene = /** @type {Scene} */ (model.get('scene'));
    const told = kind === 'answer' && !asking;
    const turned =
        !waits && (told ? !scene.answered : kind === 'question' && scene.turns && !scene.asks);
    answer.hidden = moved.hidden = ask.hidden = kind !== 'question' && kind !== 'answer';
    ask.style.visibility = kind === 'question' && !turned ? '' : 'hidden';
    point.replaceChildren(
        ...broken(unbroken(scene.point || scene.answer), model.get('frame').lang));
    answer.classList.toggle('is-short', Boolean(scene.point));
    whole.textContent = unbroken(scene.point ? scene.answer : '');
    answer.style.visibility = told && scene.answered ? '' : 'hidden';
    back.textContent = waits || answer.hidden ? '' : unbroken(scene.back);
    moved.style.visibility = turned ? '' : 'hidden';
    if (turned) return tellMoved();
    const answered = told && !waits ? [scene.point, scene.answer] : [];
    return [back.textContent, ...answered].filter(Boolean).join(' ');
  };
  // The keys there are: of the reasons, of what is held, or else of the step.
  const hint = (/** @type {string} */ of, /** @type {boolean} */ held, /** @type {string} */ arrows) => {
    keys.classList.toggle('is-held', held);
    const { slides } = model.get('scene');
    const [kind, count] = of !== 'case' ? [of, model.get('scenes').length] :
                                          [slides.length > 1 ? of : 'one', slides.length];
    keys.textContent = (words[`keys_${kind}`] ?? words.keys).replace('{of}', String(count))
        .replace('{arrows}', arrows);
  };
  return { node, show, hint };
}

/** @param {Desk} desk @param {Record<string, string>} words of the page, table `talk` */
export function screen(desk, words) {
  const { model, tell } = desk;
  const [title, place] = [h('h2', { tabindex: '-1' }), h('span', { class: 'talk-place' })];
  const [asked, dots] = [vote(desk, words), h('span', {class: 'talk-dots', 'aria-hidden': 'true'})];
  const [came, end, assumed] =
      [revealed(desk, words, asked), summed(desk, words, asked), h('p', {class: 'talk-assumed'})];
  const [board, knobs, why, foot] = [
    boardOf(desk, words), knobsOf(desk, words.knobs), whyOf(desk, words, () => hint()),
    footOf(desk, words)
  ];
  board.node.prepend(assumed);
  const scene = h('div', { class: 'talk-scene' }, board.node, knobs.node, board.legend);
  const body = h('div', { class: 'talk-body' }, asked.node, came.node, end.node, scene);
  const said = h('p', { class: 'is-heard', role: 'status' });
  const edge =
      (/** @type {string} */ look, /** @type {string} */ label, /** @type {string} */ sign) =>
          h('button', {type: 'button', class: `talk-edge ${look}`, 'aria-label': label}, sign);
  const [back, on] = [edge('is-back', words.back, '‹'), edge('is-on', words.forward, '›')];
  const leave = h('button', {type: 'button', class: 'talk-leave', 'aria-label': words.leave}, '×');
  const black =
      h('div', {class: 'talk-black', hidden: true, role: 'img', 'aria-label': words.black});
  const node = h('dialog', {class: 'stage talk', 'aria-label': words.name},
      h('header', {class: 'talk-head'}, title, h('div', {}, place, dots)), body, foot.node, back,
      on, leave, why.node, black, said);
  scene.addEventListener('click', ({ target }) => {
    const pressed = target instanceof Element ? target.closest('[data-say]') : null;
    if (pressed instanceof HTMLElement && pressed.dataset.say) tell({ say: pressed.dataset.say });
  });

  // Whether everything that is seen lies in its place, and bars are long enough to be compared.
  const fits = (/** @type {number} */ size) => {
    const { top, right, bottom } = body.getBoundingClientRect();
    const bar = scene.querySelector('.bar')?.clientWidth ?? 0;
    if (size > 1 && bar && bar < innerWidth * BARS) return false;
    return ![...body.querySelectorAll('*:not(svg *)')].some((each) => {
      const box = each.getBoundingClientRect();
      return box.width > 1 &&
          (box.top < top - SLACK || box.right > right + SLACK || box.bottom > bottom + SLACK);
    });
  };
  // A step keeps its size while it is shown, so that an answer stands where its question stood; it is
  // found anew in another step or another window, and so is the same whatever came before.
  let [fitted, least] = ['', 0];
  const fit = (/** @type {string} */ of) => {
    const key = `${of} ${innerWidth} ${innerHeight}`;
    if (key !== fitted) [fitted, least] = [key, 0];
    for (; least < ROOM.length; least++) {
      const [room, size, bare = false] = ROOM[least];
      if (Number(size) > 1 && PLAIN.includes(of)) continue;
      node.dataset.room = String(room);
      node.classList.toggle(
          'is-untagged', Boolean(bare));  // before words get smaller than they may be
      node.style.setProperty('--fit', String(size));
      settle();
      if (fits(Number(size))) return;
    }
    least = ROOM.length - 1;
  };
  // The title breaks where one of its clauses ends, or else between words.
  const entitle = (/** @type {string} */ text) => {
    const { lang } = model.get('frame');
    title.replaceChildren(
        ...clauses(unbroken(text), lang).map((each) => h('span', {}, ...broken(each, lang))));
  };
  /** Clauses are kept whole as long as that takes no line more. */
  const settle = () => {
    title.classList.remove('is-run');
    const tall = title.offsetHeight;
    title.classList.add('is-run');
    if (title.offsetHeight >= tall) title.classList.remove('is-run');
  };
  // Of step; what has the focus, if the keys are its own; the arrows that lead on.
  let [kind, held, arrows] = ['', '', ''];
  const hint = () => {
    const [open, plain] = [!why.node.hidden, kind === 'question' || kind === 'answer' ? '' : kind];
    foot.hint(open ? 'why' : held || plain, open || Boolean(held), arrows);
  };
  let heard = '';
  let last = {
    spot: '',
    heard: '',
    since: -Infinity
  };  // where the reader was when something was told, what, and since when
  // What is heard: only what is new, and nothing of a scene that is being left.
  /** @param {string} text */
  const tellOnce = (text) => { if (said.textContent !== text) said.textContent = text; };
  /** @param {Way} way @param {Step} step @param {boolean} waits */
  const head = (way, { kind }, waits) => {
    const now = model.get('scene');
    const places =
        {bet: words.bet, reveal: words.reveal, end: words.end};
    const { question } = model.get('frame');
    const { wall = {} } = /** @type {Reveal} */ (model.get('reveal'));
    const posed = kind === 'reveal' && wall.question ||
        question;  // what it answers, where it answers less than the lesson asks
    entitle(kind === 'case' ? model.get('frame').case : kind in places ? posed : now.question);
    const [here, of] = way.at();
    const [counted, n] = kind === 'case' ?
        [words.slide.replace('{position}', model.get('frame').position), here + 1] :
        [words.scene, now.n];
    place.textContent = places[/** @type {"bet"} */ (kind)] ??
        counted.replace('{n}', n).replace('{of}', String(of));
    assumed.textContent = now.assumed;
    assumed.hidden = !now.assumed;
    dots.replaceChildren(
        ...Array.from({length: of}, (_, n) => h('i', {class: n === here ? 'is-on' : ''})));
    for (const [edge, ends] of /** @type {[HTMLElement, boolean][]} */ (
             [[back, way.first()], [on, way.last()]])) {
      edge.ariaDisabled = String(ends);
      edge.tabIndex = ends ? -1 : 0;
    }
    arrows = [way.first() ? '' : '←', way.last() ? '' : '→'].filter(Boolean).join(' ');
    const told = kind === 'reveal' ? came.show() : kind === 'end' ? end.show() : '';
    const where = [
      place.textContent, title.textContent, now.assumed && !told ? now.assumed : ''
    ].filter(Boolean).join(' ');
    const news = foot.show(kind, way.asking(), waits) || told;
    heard = [where, news].filter(Boolean).join(' ');
    if (waits || !black.hidden || heard === last.heard) return;
    const spot = [kind, way.asking(), where].join(' ');
    const stays = spot === last.spot &&
        performance.now() - last.since >
            HEARD_MS;  // a knob was turned: the question has been heard
    tellOnce(stays && news ? news : heard);
    last = { spot, heard, since: stays ? last.since : performance.now() };
  };
  const show = (/** @type {Way} */ way) => {
    const step = way.step();
    kind = step.kind;
    const waits = Boolean(step.scene) && step.scene !== model.get('scene').id;
    head(way, step, waits);
    for (const [part, own] of /** @type {[HTMLElement, string][]} */ (
             [[asked.node, 'bet'], [came.node, 'reveal'], [end.node, 'end']]))
      part.hidden = kind !== own;
    scene.hidden = ['bet', 'reveal', 'end'].includes(kind);
    const now = model.get('scene');
    const hides = way.asking() && now.asks ? now.covered : [];
    const masks = waits || way.asking() && !now.turns;  // a scene that turns shows where it begins
    node.classList.toggle('is-asking', masks);
    node.dataset.scene = step.scene ? String(model.get('scene').n) : '';
    if (kind === 'bet') asked.show();
    if (!scene.hidden) {
      board.show(masks, hides, way.asking() && now.turns && now.asks, step.slide);
      knobs.show();
      why.show();
    }
    hint();
    if (!waits) fit(step.scene || kind);  // the board of the scene before says nothing of the next
    if (kind === 'bet') asked.enlarge();
    if (!scene.hidden) board.scale();
  };
  // Black, or back again.
  const dim = (/** @type {boolean} */ on) => {
    black.hidden = !on;
    tellOnce(on ? words.black : heard);
  };
  /** To the first knob, or from one to the next; of a bet to the options of a question. */
  const reach = () => {
    const all = [...body.querySelectorAll('.talk-knobs .knob, .talk-bet [role=group]')].filter(
        (each) => each.getClientRects().length);
    const now = all.findIndex((knob) => knob.contains(document.activeElement));
    const next = all[(now + 1) % all.length];
    // A knob that is open has a pill that is pressed: the key leads to its track all the same.
    const [chosen, any] = next?.matches('.knob') ?
        ['input:checked', 'input, select'] :
        ['[aria-pressed=true]', 'button[aria-pressed], input, select'];
    /** @type {HTMLElement | null | undefined} */ (next?.querySelector(chosen) ?? next?.querySelector(any))?.focus();
  };
  /** Whose the keys are while this has the focus; empty: the presentation's. */
  const holder = (/** @type {EventTarget | null} */ target) => {
    if (isOption(target)) return 'option';
    if (!(target instanceof Element && target.matches('input, select'))) return '';
    if (!target.closest('.talk-knobs')) return 'count';
    if (/** @type {HTMLInputElement} */ (target).type === 'number') return 'number';
    return body.querySelectorAll('.talk-knobs .knob').length < 2 ? 'lone' : 'knob';
  };
  node.addEventListener('focusin', ({ target }) => {
    held = holder(target);
    hint();
  });
  return {
    node,
    title,
    back,
    on,
    leave,
    black,
    dim,
    show,
    reach,
    close: why.close,
    asksBack: asked.asksBack
  };
}
