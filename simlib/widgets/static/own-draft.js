// The draft: what this browser keeps of it, its history, and the asking of Python what it is worth.

import { DRAFT, heldCase, publish } from './lab.js';
import { copyOf, modern, tiedTo } from './own-names.js';

const QUIET_MS = 400;    // the reader has stopped typing
const STROKE_MS = 1500;  // typing in one field without a longer rest is one step of undo
const SLOW_MS = 8000;
const MOST_STEPS = 100;
const DAYS_MS = 30 * 86_400_000;  // after the last change; expire.js removes it then

// Where this browser keeps the draft: nowhere before the reader has said so, then in this tab
// (`visit`) or on this device (`days`).
const STORAGES = { visit: 'sessionStorage', days: 'localStorage' };
function openStore() {
  let [lasting, place, until, last] = [true, '', 0, ''];
  const write = (act) => { try { act(); lasting = true; } catch { lasting = false; } };
  const each = (act) => Object.values(STORAGES).forEach((name) => act(window[name]));
  write(() => each((storage) => {
    storage.setItem(DRAFT + ':try', '1');
    storage.removeItem(DRAFT + ':try');
  }));
  return {
    get lasting() { return lasting; },
    get place() { return place; },
    get until() { return until; },
    read() {
      for (const [name, storage] of Object.entries(STORAGES)) {
        const held = heldCase(storage, DRAFT);
        if (!held || typeof held.draft !== 'object' || !held.draft) continue;
        place = held.place ?? '';  // a draft of before was kept without a question
        [until, last] = [held.until ?? 0, JSON.stringify(held.draft)];
        return held;
      }
      return null;
    },
    keep(held) {
      const now = JSON.stringify(held.draft);
      if (now !== last) until = Date.now() + DAYS_MS;
      last = now;
      write(() => window[STORAGES[place]].setItem(
                DRAFT, JSON.stringify({...held, place, ...(place === 'days' ? {until} : {})})));
    },
    choose(next) {
      this.forget();
      place = next;
    },
    forget() {
      [place, last] = ['', ''];
      write(() => each((storage) => storage.removeItem(DRAFT)));
    },
  };
}

// What was done, so that it can be taken back: whole drafts as text.
function makeHistory() {
  let past = [], ahead = [], stroke = null, struck = 0;
  const goesOn = (key) => {
    const goes = key && key === stroke && performance.now() - struck < STROKE_MS;
    [stroke, struck] = [key, performance.now()];
    return goes;
  };
  const held = (text) => { past = [...past.slice(1 - MOST_STEPS), text]; };
  return {
    get back() { return past.length; },
    get forth() { return ahead.length; },
    record(before, key) { if (!goesOn(key)) held(before); ahead = []; },
    replace(before) { held(before); [ahead, stroke] = [[], null]; },
    clear() { [past, ahead, stroke] = [[], [], null]; },
    step(now, forth) {
      const [from, to] = forth ? [ahead, past] : [past, ahead];
      if (!from.length) return null;
      to.push(now);
      stroke = null;
      return JSON.parse(from.pop());
    },
  };
}

const placeOf = ({spot}) => (spot.length === 1 ? 0 :
        spot[2] === 'name'                     ? 1 :
                                                 2);  // as the steps ask

// What is wrong, and what is only not written yet. A transfer that follows the loss is not asked for
// as long as the loss is not there.
function sorted(message, draft) {
  const follows = ({spot, missing}) => missing && spot[0] === 'transfers' &&
      spot[2] === 'amount_fen' && draft.loss_fen === undefined && tiedTo(draft) === spot[1];
  const problems = message.problems.filter((each) => !follows(each));
  const wrong = problems.filter(({ missing }) => !missing);
  return {
    ...message,
    problems,
    wrong,
    wrongs: wrong.length + message.count - message.problems.length,
    lacks:
        problems.filter(({missing}) => missing).sort((one, other) => placeOf(one) - placeOf(other))
  };
}

// `view` draws: build() everything anew, show(found) what Python says, tell(text) a sentence, tools().
export function makeDraft({ model, say, view }) {
  const store = openStore();
  const history = makeHistory();
  const blank = JSON.stringify(model.get('blank'));
  let draft = modern(copyOf(model.get('first')));
  let asked = 0, checked = 0, found = null, timer = null, slow = null, then = null;
  let leaving = false, newer = false, forgotten = false, forgetting = false;
  let old = false;      // a draft of before, about which nobody was asked
  let begun = '';       // the draft as the page opened it, with a link: nothing to keep yet
  let isLinked = false;
  let [links, current] = model.get('links');  // the format of links when the draft was saved

  const isWritten = () => JSON.stringify(draft) !== begun;
  const asks = () => store.lasting && !store.place && !forgotten && (old || isWritten());
  const keep = () => {
    if (newer || forgotten || !store.place || isLinked && !isWritten()) return;
    store.keep({
      draft, links,
      text: found?.text ?? '',
      lab: found?.lab ?? '',
      shut: found?.shut ?? {},  // lessons that cannot show it
      title: found?.title || draft.title?.zh || draft.id || ''
    });
    if (isLinked) publish('', true);  // a reload now opens the draft
    isLinked = false;
  };
  const ask = () => {
    asked += 1;
    model.send({ check: { draft, links, n: asked } });
    clearTimeout(slow);
    slow = setTimeout(() => view.tell(say.lost), SLOW_MS);
  };
  const check = () => {
    timer = null;
    keep();
    if (!leaving) ask();
  };
  const later = (wait = QUIET_MS) => {
    newer = forgotten = false;
    clearTimeout(timer);
    view.tools();
    timer = setTimeout(check, wait);
  };
  const put = (next) => {
    draft = next;
    view.build();
    later(0);
  };
  const replace = (next, note) => {
    history.replace(JSON.stringify(draft));
    links = current;
    put(modern(next));
    view.tell(note);
  };
  const step = (forth) => {
    const next = history.step(JSON.stringify(draft), forth);
    if (next) put(next);
  };
  const worth = (message) => {
    if (message.n !== asked) return;
    clearTimeout(slow);
    [checked, found] = [asked, sorted(message, draft)];
    keep();
    view.tools();
    view.show(found);
    if (then) { const act = then; then = null; act(found); }
  };
  const started = (next, note) => {
    if (!forgetting) { replace(next, note); return; }
    forgetting = false;
    history.clear();
    draft = modern(next);
    [begun, old, isLinked, links] = [JSON.stringify(draft), false, false, current];
    view.build();
    view.tools();
    view.tell(say.forgotten);
    ask();
  };

  return {
    get value() { return draft; },
    get isBlank() { return JSON.stringify(draft) === blank; },
    get found() { return found; },
    get lasting() { return store.lasting; },
    get asks() { return asks(); },
    get isLinked() { return isLinked; },
    get keptIn() { return store.place; },
    get until() { return store.until; },
    keepIn(place) {
      store.choose(place);
      [old, newer, begun] = [false, false, ''];
      keep();
      view.tools();
    },
    get canUndo() { return history.back > 0; },
    get canRedo() { return history.forth > 0; },
    replace, worth, started,
    undo: () => step(false),
    redo: () => step(true),
    change(edit, key = null) {
      const before = JSON.stringify(draft);
      edit(draft);
      if (JSON.stringify(draft) === before) return;
      history.record(before, key);
      later();
    },
    // Rules that had another default when the draft was saved: as now (null), or as then.
    readRules(rules) {
      links = current;
      if (rules) this.change((held) => { held.rules = { ...held.rules, ...rules }; });
      else later(0);
    },
    // Once Python has seen the draft as it is now.
    settled(act) {
      if (timer === null && checked === asked) { act(found); return; }
      then = act;
      if (timer !== null) { clearTimeout(timer); check(); }
    },
    forget() {
      store.forget();
      forgetting = forgotten = true;
      clearTimeout(timer);
      timer = null;
      model.send({ start: model.get('starts')[0][0] });
    },
    // What this browser holds, unless a link came; called once, before anything is drawn.
    resume() {
      const held = store.read();
      const linked = model.get('linked');
      const same = Boolean(held?.text) &&
          held.text === model.get('text');  // back from a lesson, with the same case
      if (held && linked && !same && JSON.stringify(held.draft) !== JSON.stringify(draft)) {
        history.replace(JSON.stringify(held.draft));
        view.tell(say.linked);
      } else if (held && (same || !linked)) {
        draft = modern(held.draft);
        links = held.links ?? 1;
      }
      isLinked = linked && !(held && same);
      old = Boolean(held) && !store.place && !isLinked;
      begun = JSON.stringify(draft);
    },
    ask,
    leave(event) {  // the kernel ends with the page
      leaving = true;
      keep();
      if (asks() && isWritten())
        event.preventDefault();  // it is kept nowhere yet: the browser asks
    },
    elsewhere(event) {  // heard in every tab but the one that writes
      if (event.key !== DRAFT || !event.newValue || store.place === 'visit') return;
      newer = true;
      view.tell(say.elsewhere);
    },
  };
}
