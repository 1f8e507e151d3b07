// What tests of drawing need in a page: `test`, `same`, a model as anywidget hands one over, and keys.
const tests = [];

export const test = (name, act) => tests.push([name, act]);

/** Both say the same as JSON. */
export function same(actual, expected) {
  const [one, other] = [actual, expected].map((each) => JSON.stringify(each));
  if (one !== other) throw new Error(`${one} instead of ${other}`);
}

/** Name → what was wrong with it, of the tests of one file. */
export async function told(file) {
  const wrong = {};
  try { await import(new URL(file, import.meta.url).href); } catch (error) { wrong[file] = String(error.stack); }
  for (const [name, act] of tests) {
    try { await act(); } catch (error) { wrong[name] = String(error.stack ?? error); }
    document.body.replaceChildren();
  }
  return { count: tests.length, wrong };
}

/** A model that keeps what is sent; `put` changes a trait as Python does. */
export function modelOf(traits) {
  const heard = {};
  const tell = (event, message) => [...heard[event] ?? []].forEach((act) => act(message));
  return {
    sent: [], tell,
    get: (name) => traits[name],
    set(name, value) { traits[name] = value; },
    save_changes() {},
    send(content) { this.sent.push(content); },
    on(event, act) { (heard[event] ??= new Set()).add(act); },
    off(event, act) { heard[event]?.delete(act); },
    put(name, value) { traits[name] = value; tell(`change:${name}`); },
    listeners: () => Object.values(heard).reduce((sum, acts) => sum + acts.size, 0),
  };
}

/** Words that say their own key. */
export const wordsOf = (known = {}) => new Proxy(known, { get: (held, key) => held[key] ?? (typeof key === 'string' ? key : undefined) });

export function shown(node) {
  document.body.append(node);
  return node;
}

/** A key on what has the focus; whether the page has taken it. */
export function key(name, node = document.activeElement, more = {}) {
  const event = new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true, ...more });
  node.dispatchEvent(event);
  return event.defaultPrevented;
}

/** What a reader writes, chooses or moves. */
export function write(field, value, event = 'input') {
  if (typeof value === 'boolean') field.checked = value; else field.value = value;
  field.dispatchEvent(new Event(event, { bubbles: true }));
}

// The page's clock stands still but for `wait`: no test waits for time to pass, or depends on how fast a machine is.
const later = window.setTimeout.bind(window);
let [now, serial, timers] = [0, 0, []];
window.setTimeout = (act, ms = 0) => { timers.push({ id: ++serial, at: now + ms, act }); return serial; };
window.clearTimeout = (gone) => { timers = timers.filter(({ id }) => id !== gone); };
performance.now = () => now;

/** So much time passes; whatever is due then is done, and what the browser itself does soon. */
export async function wait(ms = 0) {
  const end = now + ms;
  for (let due; (due = timers.filter(({ at }) => at <= end).sort((one, other) => one.at - other.at)[0]);) {
    window.clearTimeout(due.id);
    now = Math.max(now, due.at);
    due.act();
    await new Promise((done) => { later(done); });
  }
  now = end;
  await new Promise((done) => { later(done, 10); });
}

/** What the browser does in its own time has come about. */
export async function until(is) {
  for (let n = 0; n < 500 && !is(); n++) await wait();
}

export const text = (node, selector) => [...node.querySelectorAll(selector)].map((each) => each.textContent);
