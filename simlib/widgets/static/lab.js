// What a lab draws in the page: forms, charts, and panes of words. State lives in Python; here a
// view shows the synced traits and sends back what the reader does. Native controls throughout,
// so that keyboard, screen reader and phone work as everywhere else.

const here = new URL('.', import.meta.url);
const query = new URL(import.meta.url).search;

const sheet = new URL('lab.css' + query, here).href;
if (![...document.styleSheets].some((each) => each.href === sheet)) {
  document.head.append(Object.assign(document.createElement('link'), { rel: 'stylesheet', href: sheet }));
}

// A page of the course, rather than a notebook open in JupyterLab.
export function onCoursePage() {
  return location.pathname.includes('/voila/');
}

export function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    node.setAttribute(name, value === true ? '' : value);
  }
  node.append(...children);
  return node;
}

// ---------------------------------------------------------------- charts

// plotly.js is three times as large as all else on a page: it comes with the first chart in sight,
// and is asked for again if it did not come.
let loading;

function loadPlotly() {
  loading ??= import(new URL('plotly.min.js' + query, here).href)
    .then(() => window.Plotly, (lost) => { loading = undefined; throw lost; });
  return loading;
}

const NARROW = 520;  // pixels: a phone held upright

// A figure of panels says itself (layout.meta.phone) how a narrow screen lays it out otherwise.
function fitted(figure, width) {
  const phone = width < NARROW && figure.layout.meta?.phone;
  return phone ? { data: figure.data, layout: { ...figure.layout, ...phone } } : figure;
}

export async function plot({ model, el }) {
  const chart = element('div', { class: 'simlib-chart', role: 'img' });
  el.append(chart);
  let Plotly;
  let turn = 0;
  let waits = false;
  // In a fold that is shut a chart is not seen: plotly.js waits until the reader opens it, and where
  // it failed to come, until he opens it again.
  const draw = async () => {
    const mine = ++turn;
    waits = true;
    if (!el.clientWidth || !el.checkVisibility()) return;
    Plotly = await loadPlotly();
    if (mine !== turn) return;  // while it was loaded the figure has changed again
    waits = false;
    const figure = fitted(model.get('figure'), el.clientWidth);
    chart.setAttribute('aria-label', model.get('description'));
    // plotly.js writes into the layout it is given: never hand it the model's own
    const layout = { ...figure.layout, width: el.clientWidth || undefined };
    await Plotly.react(chart, figure.data, layout, { displayModeBar: false });
  };
  let width = el.clientWidth;
  await draw();
  const watcher = new ResizeObserver(() => {
    if (!el.clientWidth || el.clientWidth === width && !waits) return;
    width = el.clientWidth;
    draw();
  });
  watcher.observe(el);
  const opened = () => { if (waits) draw(); };
  document.addEventListener('toggle', opened, true);
  model.on('change:figure', draw);
  return () => {
    watcher.disconnect();
    document.removeEventListener('toggle', opened, true);
    model.off('change:figure', draw);
    Plotly?.purge(chart);
  };
}

// Once a thing is in sight: not in a fold that is shut.
function onceInSight(el, act) {
  const look = () => {
    if (!el.clientWidth || !el.checkVisibility()) return;
    drop();
    act();
  };
  const watcher = new ResizeObserver(look);
  const drop = () => {
    watcher.disconnect();
    document.removeEventListener('toggle', look, true);
  };
  watcher.observe(el);
  document.addEventListener('toggle', look, true);
  return drop;
}

// ---------------------------------------------------------------- panes of words

// What is sent once for a table: the hint of every number that can be asked about, and the name of
// each column, which a phone shows beside the cell.
function spread(table) {
  const { hint } = table.closest('[data-hint]').dataset;
  for (const asks of table.querySelectorAll('[data-say]')) asks.title = hint;
  const names = [...table.tHead.rows[0].cells].map((cell) => cell.textContent);
  for (const row of table.tBodies[0].rows) {
    [...row.cells].forEach((cell, n) => { if (n) cell.dataset.label = names[n]; });
  }
}

export function pane({ model, el }) {
  const box = element('div', { class: 'simlib-pane', 'aria-live': model.get('live') ? 'polite' : null });
  el.append(box);
  const show = () => {
    const held = box.contains(document.activeElement) ? document.activeElement.dataset.say : undefined;
    box.innerHTML = model.get('html');
    for (const table of box.querySelectorAll('[data-hint] table')) spread(table);
    if (held) box.querySelector(`[data-say="${CSS.escape(held)}"]`)?.focus();
  };
  const reveal = () => box.scrollIntoView({ block: 'nearest' });
  box.addEventListener('click', (event) => {
    const target = event.target.closest('[data-say]');
    if (target) tell(model, { say: target.dataset.say });
  });
  show();
  model.on('change:html', show);
  model.on('change:revealed', reveal);
  return () => {
    model.off('change:html', show);
    model.off('change:revealed', reveal);
  };
}

// ---------------------------------------------------------------- forms

export function form({ model, el }) {
  const box = element('form', { class: 'simlib-form', 'aria-label': model.get('label') });
  const name = 'simlib-' + serial++;
  box.addEventListener('submit', (event) => event.preventDefault());
  el.append(box);
  const controls = new Map();

  const change = wisher(model);
  const build = () => {
    const focused = box.contains(document.activeElement) ? document.activeElement.id : null;
    controls.clear();
    for (const item of model.get('spec')) controls.set(item.id, KINDS[item.kind](item, `${name}-${item.id}`, change));
    box.replaceChildren(...[...controls.values()].map(({ node }) => node));
    update(new Set());
    if (focused) document.getElementById(focused)?.focus();
  };
  const update = (held = unheard(model)) => {
    const values = model.get('values');
    for (const [id, control] of controls) {
      if (id in values && !held.has(id)) control.show(values[id]);
    }
  };
  const answer = () => update();
  const say = (message) => { if (message.again) update(new Set()); };

  build();
  const unwatch = onceInSight(el, () => tell(model, { seen: true }));
  model.on('change:spec', build);
  model.on('change:values', answer);
  model.on('msg:custom', say);
  return () => {
    unwatch();
    model.off('change:spec', build);
    model.off('change:values', answer);
    model.off('msg:custom', say);
  };
}

// While the kernel is at work (or out of reach) a form's wishes wait and the last one of each control
// stands for all, but a message goes at once: before a button, or another stroke, they must go too,
// or "undo" would overtake what it undoes. What Python has heard twice counts once.
const unsent = new Set();
function sendWishes() {
  for (const model of unsent) model.send({ asked: model.get('asked') });
  unsent.clear();
}

export function tell(model, content, buffers) {
  sendWishes();
  model.send(content, undefined, buffers);
}

// Only what the reader did goes to Python, each with a number of its own: an answer that is
// still on its way can then never be mistaken for a wish.
// Wishes of one stroke (a drag, a run of key presses) can be undone at once.
export function wisher(model) {
  return (id, value, stroke = ++strokes) => {
    const asked = model.get('asked');
    if (stroke !== lastStroke) sendWishes();
    lastStroke = stroke;
    model.set('asked', { ...asked, [id]: [(asked[id]?.[0] ?? 0) + 1, value, stroke] });
    model.save_changes();
    unsent.add(model);
  };
}

// The controls whose last wish Python has not heard yet. An answer to what was before it must not put
// such a control back: the next press on it would then change nothing, and be lost.
export function unheard(model) {
  const heard = model.get('heard');
  return new Set(Object.entries(model.get('asked')).filter(([id, [n]]) => n > (heard[id] ?? 0)).map(([id]) => id));
}

// A button was pressed: what a hand did before it belongs to another stroke.
export function pressed(model, action) {
  if (STEPS.includes(action)) stepped = performance.now();
  tell(model, { press: action });
}

// The hand on a slider: movements close together are one stroke, and while it moves an answer to an
// earlier place must not pull it back.
export function handOn(slider) {
  let moved = -Infinity;
  let stroke = 0;
  let held = false;
  for (const end of ['change', 'pointerup', 'pointercancel', 'blur']) slider.addEventListener(end, () => { held = false; });
  return {
    move() {
      if (!held && performance.now() - moved > PAUSE_MS || moved < stepped) stroke = ++strokes;
      held = true;
      moved = performance.now();
      return stroke;
    },
    moving: () => document.activeElement === slider && performance.now() - moved < 500 && moved > stepped,
  };
}

let serial = 0;
let strokes = 0;
let lastStroke = 0;
let stepped = 0;  // when the reader last undid or redid something
const STEPS = ['undo', 'redo', 'swap', 'reset:'];
const PAUSE_MS = 700;  // arrow keys pressed faster than this are one stroke

// Ctrl or Cmd with Z, Shift for redo (also Ctrl+Y); where one types, the browser's own undo holds.
export function stepOf(event) {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return null;
  if (event.target.closest?.('textarea, [contenteditable=true], input:not([type=range], [type=radio], [type=checkbox])')) return null;
  const key = event.key.toLowerCase();
  if (key === 'z') return event.shiftKey ? 'redo' : 'undo';
  return key === 'y' && event.ctrlKey ? 'redo' : null;
}

// A control: its node, and how it shows a value.
const KINDS = {
  choice(item, id, change) {
    const radios = item.options.map((option) => {
      const radio = element('input', { type: 'radio', name: id, value: option.value, id: `${id}-${option.value}` });
      radio.addEventListener('change', () => change(item.id, option.value));
      return [radio, element('label', { for: radio.id }, option.label)];
    });
    const node = element('fieldset', { class: 'simlib-choice', 'data-id': item.id },
      element('legend', {}, label(item)), element('div', { class: 'simlib-options' }, ...radios.flat()));
    return { node, show: (value) => radios.forEach(([radio]) => { radio.checked = radio.value === value; }) };
  },

  select(item, id, change) {
    const select = element('select', { id }, ...item.options.map((o) => element('option', { value: o.value }, o.label)));
    select.addEventListener('change', () => change(item.id, select.value));
    const node = element('div', { class: 'simlib-row', 'data-id': item.id }, label(item, id), select);
    return { node, show: (value) => { select.value = value; } };
  },

  // A quantity: a slider, and the same number to type.
  range(item, id, change) {
    const bounds = { min: item.min, max: item.max, step: item.step };
    const slider = element('input', { type: 'range', id, ...bounds });
    const typed = element('input', { type: 'number', ...bounds, 'aria-label': item.label });
    const accept = (text, stroke) => {
      const value = Number(text);
      if (text === '' || !Number.isFinite(value)) return;
      change(item.id, Math.min(item.max, Math.max(item.min, value)), stroke);
    };
    const hand = handOn(slider);
    slider.addEventListener('input', () => accept(slider.value, hand.move()));
    typed.addEventListener('change', () => accept(typed.value));
    const node = element('div', { class: 'simlib-range', 'data-id': item.id },
      element('div', { class: 'simlib-head' }, label(item, id)),
      slider, element('span', { class: 'simlib-typed' }, typed, ' ' + item.unit));
    const show = (value) => {
      slider.setAttribute('aria-valuetext', `${value}${item.unit}`);
      if (!hand.moving()) slider.value = value;
      if (document.activeElement !== typed) typed.value = value;
    };
    return { node, show };
  },
};

function label(item, id) {
  return element(id ? 'label' : 'span', { for: id, class: 'simlib-label' }, item.label);
}

// The reader's own case: from a file on his device, or what the editor left in this browser.
export function ownCase(item, model) {
  const hint = element('span', { class: 'simlib-help', role: 'status' });
  const file = element('input', { type: 'file', accept: '.toml,.txt', hidden: true, 'aria-label': item.say.open });
  const pick = element('button', { type: 'button' }, item.say.open);
  const send = (content, text, buffers) => { sentCase = text; tell(model, { own: content, text: buffers ? '' : text }, buffers); };
  pick.addEventListener('click', () => file.click());
  file.addEventListener('change', async () => {
    const [chosen] = file.files;
    file.value = '';  // the same file, edited, can be chosen again
    if (!chosen) return;
    if (chosen.size > item.most) { hint.textContent = item.say.big; return; }
    const bytes = await chosen.arrayBuffer();
    send('file', new TextDecoder().decode(bytes), [bytes]);
  });
  const node = element('div', { class: 'simlib-row', 'data-id': item.id }, pick, file);
  const draft = heldDraft();
  if (draft) {
    const open = element('button', { type: 'button', 'data-id': 'own-draft' }, item.say.draft.replace('{title}', draft.title));
    open.addEventListener('click', () => send('text', heldDraft()?.text ?? ''));
    node.append(open);
  }
  node.append(hint);
  // What the address cannot carry this tab keeps, so that a reload brings it back.
  const keep = () => {
    if (openCase === null || model.get('values').own !== 'left') return;
    try { sessionStorage.setItem(OPENED, JSON.stringify({ text: openCase })); } catch { /* private window, or full */ }
  };
  const opened = (message) => {
    if (message.own !== 'opened') return;
    openCase = sentCase;
    keep();
  };
  model.on('msg:custom', opened);
  if (item.awaits) {
    const texts = [heldCase('sessionStorage', OPENED), draft].filter(Boolean).map((held) => held.text);
    if (texts.length) model.send({ own: 'stored', texts });
  }
  return { node, show: (value) => { hint.textContent = item.say[value] ?? ''; keep(); },
    drop: () => model.off('msg:custom', opened) };
}

// What this browser holds of a reader's own case: the editor's draft (in this tab, or for some days),
// and, for as long as a tab is open, what a lab has opened in it and no address can carry.
export const DRAFT = 'simlib:own:1';
const OPENED = 'simlib:opened:1';
let sentCase = null;  // what was sent last: the control that hears the answer may be a new one
let openCase = null;

export function heldCase(storage, place) {
  try {
    const held = JSON.parse(window[storage].getItem(place) ?? 'null');
    return typeof held?.text === 'string' && !(held.until < Date.now()) ? held : null;
  } catch { return null; }  // private window, or not ours
}

const heldDraft = () => heldCase('sessionStorage', DRAFT) ?? heldCase('localStorage', DRAFT);

// ---------------------------------------------------------------- links and files

// The page's address keeps the state, so that a reload brings it back: that of a reader's own case
// (`own`) in the fragment, which goes to no server.
export function publish(link, own = false) {
  window.simlibState = link;
  window.simlibOwnCase = own;
  window.dispatchEvent(new Event('simlib:state'));
  if (!onCoursePage()) return;
  const query = new URLSearchParams(location.search);
  if (link && !own) query.set('s', link); else query.delete('s');
  const text = query.toString();
  history.replaceState({ simlib: true }, '', location.pathname + (text ? '?' + text : '') + fragmentOf(own && link));
}

// The page's address with a state.
export function addressOf(link, own = false) {
  const url = new URL(location.href);
  url.search = link && !own ? '?s=' + encodeURIComponent(link) : '';
  url.hash = fragmentOf(own && link);
  return url.href;
}

export const fragmentOf = (link) => (link ? '#s=' + encodeURIComponent(link) : '');

// The state in the fragment of the page's address goes to Python, and nothing is shown before Python
// has it: until then the lesson's own case would stand there.
export function handed(model) {
  const text = onCoursePage() && window.simlibFragment;
  if (!text || model.get('handed')) return Promise.resolve();
  return new Promise((done) => {
    const taken = () => { model.off('change:handed', taken); done(); };
    model.on('change:handed', taken);
    tell(model, { own: 'link', text });
  });
}

// navigator.clipboard exists only on https and localhost; a class network is plain http.
export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = element('textarea', { class: 'simlib-offscreen', 'aria-hidden': 'true' });
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand('copy');
    area.remove();
    return done;
  }
}

export function saveFile({ name, type, text }) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const anchor = element('a', { href: url, download: name });
  document.body.append(anchor);
  anchor.click();
  anchor.remove();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}
