// @ts-check
// Stage mode (讲台): the stage alone on the whole screen, for a teacher in front of a class. Steps
// lead from the bet through every scene's question and answer; P opens it, Esc leaves, B is black,
// K reaches the knobs; while one has the focus the arrows are its own, and Esc only lets go of it.
// It also tells the page around the lesson what the stage shows ('simlib:frame' on window).

/** @typedef {import('./stage-mode-steps.js').Step} Step */
/** @typedef {ReturnType<typeof import('./stage-mode-screen.js').screen>} Screen */

import { stepsOf, slidesOf, jumpOf, wayOf, isButton, isKnob, isOption } from './stage-mode-steps.js';
import { h } from './draw.js';
import { bars, kept } from './stage-mode-vote.js';

const page = /** @type {any} */ (window);
const ESC_MS = 500;  // a key that was heard, and what it did to the window
const WIDE = 700;  // pixels: in a narrower window there is no stage mode (lesson.js, stage.css)
/** A link with `#talk`, or `&talk` behind a case of one's own, opens it; the stage's own address has neither. */
const asksTalk = () => new URLSearchParams(location.hash.slice(1)).has('talk');
page.simlibTalk = page.simlibTalk || asksTalk();

// What the page around the lesson is told.
function tellPage(/** @type {Model} */ model) {
  const [frame, bet, scene] = ['frame', 'bet', 'scene'].map((trait) => model.get(trait));
  page.simlibFrame = { frame, bet, scene };
  window.dispatchEvent(new CustomEvent('simlib:frame', { detail: page.simlibFrame }));
}

// The hands of the class, in the reveal on the page.
function seat(/** @type {Model} */ model, /** @type {Record<string, string>} */ words) {
  const place = document.querySelector('.stage:not(.talk) .stage-reveal');
  place?.querySelector('.stage-class')?.remove();
  const hands = model.get('bet').open ? null : bars(kept(model.get('frame').topic), words.class);
  if (hands) place?.append(h('div', { class: 'stage-class' }, h('p', {}, words.class), hands));
}

/** The whole screen, where the browser gives it. */
async function fill() {
  try {
    await document.documentElement.requestFullscreen?.();
    await /** @type {any} */ (navigator).keyboard?.lock?.(
        ['Escape']);  // else the browser keeps the first Esc
  } catch { /* not allowed: the window will do */ }
}

// Where a presentation stands, and the messages that lead on.
/** @param {Desk} desk @param {() => void} show */
function walk({ model, tell, press }, show) {
  let now = -1;         // which step; none yet
  let asking = false;   // amounts are hidden
  let stood = '';       // how the page stood when stage mode began, and stands again after it
  const stands = () => JSON.stringify([model.get('scene').id, { ...model.get('values'), own: '' }]);
  // A case that no scene speaks of, once the bet is sent.
  const isOther = () => !model.get('scene').id && !model.get('bet').open;
  const steps = () => isOther() ? slidesOf(model.get('scene').slides) : stepsOf(model.get('scenes'));
  const questionOf = (/** @type {string} */ id) =>
      Math.max(0, steps().findIndex(({scene}) => scene === id));
  /** An answer is shown once the stage is as the answer has it. */
  const lift = () => {
    const { id, answered } = /** @type {Scene} */ (model.get('scene'));
    const { kind, scene } = steps()[now] ?? {};
    if (kind === 'answer' && scene === id && answered) asking = false;
  };
  const enter = (/** @type {number} */ n) => {
    const { kind, scene } = steps()[n];
    now = n;
    asking = kind === 'question' || kind === 'answer';
    lift();
    if (scene) tell(kind === 'answer' ? { scene, turned: true } : { scene });
    show();
  };
  // Nothing to show there.
  /** @param {Step} step */
  const isEmpty = ({kind}) => (kind === 'reveal' && !model.get('reveal').columns) ||
      (kind === 'end' && !model.get('reveal').rule);
  return {
    /** @returns {Step} */
    step: () => steps()[now] ?? steps()[0],
    asking: () => asking,
    first: () => now <= 0,
    last: () => now >= steps().length - 1,
    /** @returns {[number, number]} which dot, of how many: a scene has one, what comes before and after none */
    at: () => {
      if (isOther()) return [now, steps().length];
      const scenes = steps().filter(({ kind }) => kind === 'question');
      return [scenes.findIndex(({ scene }) => scene === steps()[now]?.scene), scenes.length];
    },
    lift,
    // At the bet, at what it came to, or at the question of the scene that a link or the page
    // shows, never at its answer. Where the page stands as before, at the question it was left at.
    begin() {
      const [{ id, turns, answered }, bet] = [model.get('scene'), model.get('bet')];
      const { columns = [] } = /** @type {Reveal} */ (model.get('reveal'));
      if (bet.open || isOther()) {
        [now, asking, stood] = [0, false, stands()];
        return;
      }
      if (now > 0 && steps()[now].scene === '') return;
      const same = stood === stands();
      stood = stands();
      if (now > 0 && same) {
        enter(questionOf(steps()[now].scene));
        return;
      }
      const mine =
          !bet.theirs && columns.some((/** @type {{id: string}} */ column) => column.id === 'you');
      const came = now < 0 && Boolean(page.simlibCame) && !mine;
      const first = id === model.get('scenes')[0]?.id;
      now = first && columns.length && now < 1 && !came ? 1 : questionOf(id);
      asking = steps()[now].kind === 'question';
      if (asking && turns && answered) tell({ scene: id });
    },
    // To a scene's question, the bet or the summary; the bet is opened on the way.
    jump(/** @type {string} */ key) {
      const next = jumpOf(key, steps());
      if (next === null) return false;
      const opens = next > 0 && model.get('bet').open;
      if (opens) press('open');
      if (opens || !isEmpty(steps()[next])) enter(next);
      return true;
    },
    go(/** @type {number} */ way) {
      const { kind } = this.step();
      const opens = kind === 'bet' && way > 0;
      if (opens && model.get('bet').open) press('open');
      let next = now + way;
      while (steps()[next] && !opens && isEmpty(steps()[next])) next += way;
      if (steps()[next]) enter(next);
    },
    /** A class that opened without an answer, and a lesson that reveals nothing then: to the scene. */
    opened() {
      if (isOther()) now = 0;
      if (steps()[now]?.kind === 'reveal' && !model.get('bet').open && !model.get('reveal').columns)
        enter(now + 1);
    },
  };
}

/** @type {Record<string, number>} */
const TURNS = {ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1};

/** @param {Model} model @param {Desk} desk @returns {() => void} how it goes away */
export function talk(model, desk) {
  const told = document.getElementById('lesson-words');
  if (!told) return () => {};  // JupyterLab: there is no page to present
  const words = JSON.parse(told.textContent ?? '').talk;
  /** @type {Screen} */
  let shown;
  /** @type {Promise<Screen> | undefined} */
  let coming;
  /** Its screen comes when it is first wanted: few readers ever see it. */
  const ready = () => coming ??=
      import('./stage-mode-screen.js').then(({screen}) => wire(screen(desk, words)), (error) => {
        coming = undefined;  // the server was away: the next press asks again
        throw error;
      });
  const way = walk(desk, () => show());
  const isOpen = () => Boolean(shown?.node.open);
  const show = () => {
    if (!isOpen()) return;
    shown.show(way);
    if (document.activeElement === document.body)
      shown.title.focus();  // what had the focus has gone
  };
  let [top, escaped] = [0, -Infinity];
  let small =
      false;  // a page that opened in stage mode has not got the whole screen: browsers ask for a key first
  const enlarge = () => {
    if (small) fill();
    small = false;
  };

  const enter = async () => {
    if (innerWidth < WIDE) return;
    desk.press('present');
    shown = await ready();
    if (shown.node.open) return;
    top = scrollY;
    way.begin();
    document.documentElement.classList.add('is-talk');
    document.body.append(shown.node);
    await fill();
    small = !document.fullscreenElement;
    if (!shown.node.open) shown.node.showModal();
    show();
    shown.title.focus();
  };
  const leave = () => {
    if (!isOpen()) return;
    shown.close();
    shown.node.close();
    shown.node.remove();
    desk.press('presented');
    document.documentElement.classList.remove('is-talk');
    seat(model, words);
    if (document.fullscreenElement) document.exitFullscreen();
    window.scrollTo({ top, behavior: /** @type {any} */ ('instant') });
  };
  /** What was held is let go; whether anything was. */
  const release = () => {
    if (![isKnob, isOption].some((is) => is(document.activeElement))) return false;
    shown.title.focus();
    return true;
  };
  const step = (/** @type {number} */ by) => {
    release();
    shown.close();
    if (by > 0 && way.step().kind === 'bet' && shown.asksBack()) show(); else way.go(by);
  };
  /** Esc: out of the black, out of the reasons, out of a knob, out of stage mode. */
  const back = () => {
    if (!shown.black.hidden) shown.dim(false);
    else if (!shown.close() && !release()) leave();
  };
  // Where Enter leads from a number that was typed: to the next one of the class's hands, or back
  // to the presentation, whose the keys are then.
  /** @param {HTMLInputElement} typed @returns {HTMLElement} */
  const after = (typed) => {
    const counts = [...shown.node.querySelectorAll('.talk-choice input')];
    const next = counts.includes(typed) ? counts[counts.indexOf(typed) + 1] : null;
    return next instanceof HTMLElement ? next : shown.title;
  };
  // A switch goes to the side of the arrow; whether the key was a switch's.
  const flipped = (/** @type {KeyboardEvent} */ {target, key}) => {
    if (!(target instanceof HTMLInputElement && target.type === 'checkbox' &&
            ['ArrowLeft', 'ArrowRight'].includes(key)))
      return false;
    if (target.checked !== (key === 'ArrowRight')) target.click();
    return true;
  };
  // From an option of the bet to its neighbour of the same question; whether the key led there.
  const among = (/** @type {KeyboardEvent} */ {target, key}) => {
    const by = TURNS[key];
    if (!by || !(target instanceof HTMLElement && isOption(target))) return false;
    const all = [...target.closest('[role=group]')?.querySelectorAll('button') ?? []];
    all.at((all.indexOf(/** @type {HTMLButtonElement} */ (target)) + by) % all.length)?.focus();
    return true;
  };
  // Heard on the document: the keys work whatever has the focus.
  const keys = (/** @type {KeyboardEvent} */ event) => {
    if (!isOpen() || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Escape') {
      event.preventDefault();
      escaped = performance.now();
      back();
      return;
    }
    enlarge();
    if (!shown.black.hidden) {
      event.preventDefault();
      event.stopPropagation();
      shown.dim(false);
      return;
    }
    if (flipped(event) || among(event)) { event.preventDefault(); return; }
    const typing =
        isKnob(event.target) && /** @type {HTMLInputElement} */ (event.target).type === 'number';
    const by = wayOf(event.key, isKnob(event.target), typing);
    if (by) { event.preventDefault(); step(by); return; }  // what was typed counts
    if (typing) {
      if (event.key === 'Enter') after(/** @type {HTMLInputElement} */ (event.target)).focus();
      return;
    }
    if (event.key.toLowerCase() === 'b') { shown.dim(true); return; }
    if (event.key.toLowerCase() === 'k') { event.preventDefault(); shown.reach(); return; }
    const held = isKnob(event.target) || isButton(event.target);
    if (event.key === ' ' && !held) { event.preventDefault(); step(1); return; }
    if (isKnob(event.target) && ['Home', 'End'].includes(event.key)) return;
    if (way.jump(event.key)) { event.preventDefault(); shown.close(); }
  };
  function wire(/** @type {Screen} */ made) {
    const { node } = made;
    node.addEventListener('click', enlarge);
    made.back.addEventListener('click', () => step(-1));
    made.on.addEventListener('click', () => step(1));
    made.black.addEventListener('click', () => made.dim(false));
    made.leave.addEventListener('click', leave);
    node.addEventListener('cancel', (event) => {
      event.preventDefault();
      back();
    });
    // A knob that was moved, or an option that was chosen, with the mouse gives the arrows back.
    node.addEventListener('click', ({target, detail}) => {
      const moved = target instanceof HTMLInputElement && target.type !== 'number';
      if (detail > 0 && (moved || isOption(target))) made.title.focus();
    });
    return made;
  }

  const flip = () => { if (isOpen()) leave(); else enter(); };
  // A browser that keeps Esc for itself leaves the whole screen by it: that was the key.
  const left = () => {
    if (isOpen() && !document.fullscreenElement && performance.now() - escaped > ESC_MS) back();
  };
  const resized = () => show();
  const hashed = () => { if (asksTalk() && !isOpen()) enter(); };
  const answer = () => desk.press('answer');
  const page_ = () => tellPage(model);
  const bet = () => { way.opened(); show(); page_(); seat(model, words); };
  const traits = {
    board: show,
    values: show,
    spec: show,
    tags: show,
    scene: () => {
      way.lift();
      show();
      page_();
    },
    reveal: show,
    bet,
    drawer: show,
    told: show,
    frame: page_
  };
  for (const [trait, act] of Object.entries(traits)) model.on('change:' + trait, act);
  /** @type {[EventTarget, string, (event?: any) => void][]} */
  const heard = [
    [window, 'simlib:talk', flip], [window, 'simlib:answer', answer], [window, 'resize', resized],
    [window, 'hashchange', hashed], [document, 'fullscreenchange', left],
    [document, 'keydown', keys]
  ];
  for (const [target, event, act] of heard) target.addEventListener(event, act);
  page_();
  seat(model, words);
  if (page.simlibTalk) { page.simlibTalk = false; enter(); }
  return () => {
    leave();
    for (const [trait, act] of Object.entries(traits)) model.off('change:' + trait, act);
    for (const [target, event, act] of heard) target.removeEventListener(event, act);
  };
}
