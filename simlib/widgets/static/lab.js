// @ts-check
// What a lab draws in the page: forms, charts, and panes of words. State lives in Python; here a
// view shows the synced traits and sends back what the reader does. Native controls throughout,
// so that keyboard, screen reader and phone work as everywhere else.

import { choose, h, press, styled } from './draw.js';

styled('tokens.css', 'lab.css');

const page = /** @type {any} */ (window);

/** A page of the course, rather than a notebook open in JupyterLab. */
export const onCoursePage = () => location.pathname.includes('/voila/');

// ---------------------------------------------------------------- charts

// plotly.js is three times as large as all else on a page: it comes with the first chart in sight,
// and is asked for again if it did not come.
/** @type {Promise<any> | undefined} */
let loading;

function loadPlotly() {
  loading ??= import(new URL('plotly.min.js', import.meta.url).href)
    .then(() => page.Plotly, (lost) => { loading = undefined; throw lost; });
  return loading;
}

const NARROW = 520;  // pixels: a phone held upright

// A figure of panels says itself (layout.meta.phone) how a narrow screen lays it out otherwise.
function fitted(/** @type {any} */ figure, /** @type {number} */ width) {
  const phone = width < NARROW && figure.layout.meta?.phone;
  return phone ? { data: figure.data, layout: { ...figure.layout, ...phone } } : figure;
}

export async function plot(/** @type {View} */ { model, el }) {
  const chart = h('div', { class: 'simlib-chart', role: 'img' });
  el.append(chart);
  /** @type {any} */
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
  const watcher = new ResizeObserver(() => {
    if (!el.clientWidth || el.clientWidth === width && !waits) return;
    width = el.clientWidth;
    draw();
  });
  watcher.observe(el);
  const opened = () => { if (waits) draw(); };
  document.addEventListener('toggle', opened, true);
  model.on('change:figure', draw);
  draw();  // not awaited: if plotly.js does not come, the chart stands and asks for it once more
  return () => {
    watcher.disconnect();
    document.removeEventListener('toggle', opened, true);
    model.off('change:figure', draw);
    Plotly?.purge(chart);
  };
}

// Once a thing is in sight: not in a fold that is shut.
function onceInSight(/** @type {HTMLElement} */ el, /** @type {() => void} */ act) {
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
function spread(/** @type {any} */ table) {
  const { hint } = table.closest('[data-hint]').dataset;
  for (const asks of table.querySelectorAll('[data-say]')) asks.title = hint;
  const names = [...table.tHead.rows[0].cells].map((cell) => cell.textContent);
  for (const row of table.tBodies[0].rows) {
    [...row.cells].forEach((cell, n) => { if (n) cell.dataset.label = names[n]; });
  }
}

export function pane(/** @type {View} */ { model, el }) {
  const box = h('div', { class: 'simlib-pane', 'aria-live': model.get('live') ? 'polite' : null,
    onclick: ({ target }) => {
      const asked = target instanceof Element ? target.closest('[data-say]') : null;
      if (asked instanceof HTMLElement) tell(model, { say: asked.dataset.say });
    } });
  el.append(box);
  const show = () => {
    const { activeElement: held } = document;
    const say = held instanceof HTMLElement && box.contains(held) ? held.dataset.say : undefined;
    box.innerHTML = model.get('html');
    for (const table of box.querySelectorAll('[data-hint] table')) spread(table);
    if (say) /** @type {HTMLElement | null} */
      (box.querySelector(`[data-say="${CSS.escape(say)}"]`))?.focus();
  };
  show();
  return listening(model,
      {'change:html': show, 'change:revealed': () => box.scrollIntoView({block: 'nearest'})});
}

// Hear events of a model; what is given back ends that.
/** @param {Model} model @param {Record<string, (message?: any) => void>} acts */
export function listening(model, acts) {
  for (const [event, act] of Object.entries(acts)) model.on(event, act);
  return () => { for (const [event, act] of Object.entries(acts)) model.off(event, act); };
}

// ---------------------------------------------------------------- forms

export function form(/** @type {View} */ { model, el }) {
  const box = h('form', {
    class: 'simlib-form',
    'aria-label': model.get('label'),
    onsubmit: (event) => event.preventDefault()
  });
  const name = `simlib-${serial++}`;
  el.append(box);
  /** @type {Map<string, Control>} */
  const controls = new Map();
  const change = wisher(model);
  const build = () => {
    const focused = box.contains(document.activeElement) ? document.activeElement?.id : '';
    controls.clear();
    for (const item of model.get('spec'))
      controls.set(item.id, KINDS[item.kind](item, `${name}-${item.id}`, change));
    box.replaceChildren(...[...controls.values()].map(({ node }) => node));
    update(new Set());
    if (focused) document.getElementById(focused)?.focus();
  };
  const update = (held = unheard(model)) => {
    const values = model.get('values');
    for (const [id, control] of controls)
      if (id in values && !held.has(id)) control.show(values[id]);
  };
  build();
  const unwatch = onceInSight(el, () => tell(model, { seen: true }));
  const silence = listening(model, { 'change:spec': build, 'change:values': () => update(),
    'msg:custom': (/** @type {any} */ { again }) => { if (again) update(new Set()); } });
  return () => { unwatch(); silence(); };
}

// While the kernel is at work (or out of reach) a form's wishes wait and the last one of each control
// stands for all, but a message goes at once: before a button, or another stroke, they must go too,
// or "undo" would overtake what it undoes. What Python has heard twice counts once.
/** @type {Set<Model>} */
const unsent = new Set();
function sendWishes() {
  for (const model of unsent) model.send({ asked: model.get('asked') });
  unsent.clear();
}

/** @param {Model} model @param {unknown} content @param {ArrayBuffer[]} [buffers] */
export function tell(model, content, buffers) {
  sendWishes();
  model.send(content, undefined, buffers);
}

// Only what the reader did goes to Python, each with a number of its own: an answer that is
// still on its way can then never be mistaken for a wish.
// Wishes of one stroke (a drag, a run of key presses) can be undone at once.
/** @param {Model} model @returns {Change} */
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
/** @param {Model} model @returns {Set<string>} */
export function unheard(model) {
  const heard = model.get('heard');
  return new Set(
      Object.entries(model.get('asked')).filter(([id, [n]]) => n > (heard[id] ?? 0)).map(([
        id
      ]) => id));
}

// A button was pressed: what a hand did before it belongs to another stroke.
export function pressed(/** @type {Model} */ model, /** @type {string} */ action) {
  if (STEPS.includes(action)) stepped = performance.now();
  tell(model, { press: action });
}

// The hand on a slider: movements close together are one stroke, and while it moves an answer to an
// earlier place must not pull it back.
export function handOn(/** @type {HTMLInputElement} */ slider) {
  let moved = -Infinity;
  let stroke = 0;
  let held = false;
  for (const end of ['change', 'pointerup', 'pointercancel', 'blur'])
    slider.addEventListener(end, () => {
      held = false;
    });
  return {
    move() {
      if (!held && performance.now() - moved > PAUSE_MS || moved < stepped) stroke = ++strokes;
      held = true;
      moved = performance.now();
      return stroke;
    },
    moving: () =>
        document.activeElement === slider && performance.now() - moved < 500 && moved > stepped,
  };
}

let serial = 0;
let strokes = 0;
let lastStroke = 0;
let stepped = 0;  // when the reader last undid or redid something
const STEPS = ['undo', 'redo', 'swap', 'reset:'];
const PAUSE_MS = 700;  // arrow keys pressed faster than this are one stroke

// Ctrl or Cmd with Z, Shift for redo (also Ctrl+Y); where one types, the browser's own undo holds.
export function stepOf(/** @type {any} */ event) {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return null;
  if (event.target.closest?.(
          'textarea, [contenteditable=true], input:not([type=range], [type=radio], [type=checkbox])'))
    return null;
  const key = event.key.toLowerCase();
  if (key === 'z') return event.shiftKey ? 'redo' : 'undo';
  return key === 'y' && event.ctrlKey ? 'redo' : null;
}

// A control: its node, and how it shows a value.
/** @type {Record<string, (item: any, id: string, change: Change) => Control>} */
const KINDS = {
  choice(item, id, change) {
    /** @type {HTMLInputElement[]} */
    const radios = item.options.map((/** @type {Option} */ {value}) => h('input', {
      type: 'radio',
      name: id,
      value,
      id: `${id}-${value}`,
      onchange: () => change(item.id, value)
    }));
    const node =
        h('fieldset', {class: 'simlib-choice', 'data-id': item.id}, h('legend', {}, label(item)),
            h('div', {class: 'simlib-options'}, radios.map((radio, n) => [radio, h('label', { for: radio.id
            }, item.options[n].label)])));
    return {
      node,
      show: (value) => radios.forEach((radio) => {
        radio.checked = radio.value === value;
      })
    };
  },

  select(item, id, change) {
    const options = item.options.map((/** @type {Option} */ each) => [each.value, each.label]);
    const select = choose(options, options[0]?.[0], (value) => change(item.id, value), { id });
    return {
      node: h('div', {class: 'simlib-row', 'data-id': item.id}, label(item, id), select),
      show: (value) => {
        select.value = value;
      }
    };
  },

  // A quantity: a slider, and the same number to type.
  range(item, id, change) {
    const bounds = { min: item.min, max: item.max, step: item.step };
    const accept = (/** @type {string} */ text, /** @type {number} */ stroke) => {
      const value = Number(text);
      if (text === '' || !Number.isFinite(value)) return;
      change(item.id, Math.min(item.max, Math.max(item.min, value)), stroke);
    };
    /** @type {HTMLInputElement} */
    const slider = h(
        'input', {type: 'range', id, ...bounds, oninput: () => accept(slider.value, hand.move())});
    /** @type {HTMLInputElement} */
    const typed = h('input', {
      type: 'number',
      ...bounds,
      'aria-label': item.label,
      onchange: () => accept(typed.value, ++strokes)
    });
    const hand = handOn(slider);
    const node = h('div', {class: 'simlib-range', 'data-id': item.id},
        h('div', {class: 'simlib-head'}, label(item, id)), slider,
        h('span', {class: 'simlib-typed'}, typed, ' ' + item.unit));
    const show = (/** @type {any} */ value) => {
      slider.setAttribute('aria-valuetext', `${value}${item.unit}`);
      if (!hand.moving()) slider.value = value;
      if (document.activeElement !== typed) typed.value = value;
    };
    return { node, show };
  },
};

/** @param {Item} item @param {string} [id] */
const label = (item, id) => h(id ? 'label' : 'span', { for: id, class: 'simlib-label' }, item.label);

// The reader's own case: from a file on his device, or what the editor left in this browser.
/** @param {any} item @param {Model} model @returns {Control} */
export function ownCase(item, model) {
  const hint = h('span', { class: 'simlib-help', role: 'status' });
  const send = (/** @type {string} */ content, /** @type {string} */ text,
      /** @type {ArrayBuffer[]} */...buffers) => {
    sentCase = text;
    tell(model, {own: content, text: buffers.length ? '' : text},
        buffers.length ? buffers : undefined);
  };
  const file = filePicker({accept: '.toml,.txt', 'aria-label': item.say.open}, async ([chosen]) => {
    if (chosen.size > item.most) {
      hint.textContent = item.say.big;
      return;
    }
    const bytes = await chosen.arrayBuffer();
    send('file', new TextDecoder().decode(bytes), bytes);
  });
  const draft = heldDraft();
  const node = h('div', {class: 'simlib-row', 'data-id': item.id},
      press(null, item.say.open, () => file.click()), file,
      draft &&
          press('own-draft', item.say.draft.replace('{title}', draft.title),
              () => send('text', heldDraft()?.text ?? '')),
      hint);
  // What the address cannot carry this tab keeps, so that a reload brings it back.
  const keep = () => {
    if (openCase === null || model.get('values').own !== 'left') return;
    try {
      sessionStorage.setItem(OPENED, JSON.stringify({text: openCase}));
    } catch { /* private window, or full */
    }
  };
  const drop = listening(model, { 'msg:custom': (/** @type {any} */ { own }) => {
    if (own !== 'opened') return;
    openCase = sentCase;
    keep();
  } });
  if (item.awaits) {
    const texts =
        [heldCase('sessionStorage', OPENED), draft].flatMap((held) => (held ? [held.text] : []));
    if (texts.length) model.send({ own: 'stored', texts });
  }
  return { node, show: (value) => { hint.textContent = item.say[value] ?? ''; keep(); }, drop };
}

// A hidden field for files of the reader's; the same file, edited, can be chosen again.
/** @param {Props} props @param {(chosen: File[]) => void} act */
export function filePicker(props, act) {
  const file = h('input', { type: 'file', hidden: true, ...props, onchange: () => {
    const chosen = [...file.files ?? []];
    file.value = '';
    if (chosen.length) act(chosen);
  } });
  return file;
}

// What this browser holds of a reader's own case: the editor's draft (in this tab, or for some days),
// and, for as long as a tab is open, what a lab has opened in it and no address can carry.
export const DRAFT = 'simlib:own:1';
const OPENED = 'simlib:opened:1';
/** @type {string | null} */
let sentCase = null;  // what was sent last: the control that hears the answer may be a new one
/** @type {string | null} */
let openCase = null;

/** @param {"sessionStorage" | "localStorage"} storage @param {string} place */
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
/** @param {string} link */
export function publish(link, own = false) {
  page.simlibState = link;
  page.simlibOwnCase = own;
  window.dispatchEvent(new Event('simlib:state'));
  if (!onCoursePage()) return;
  const query = new URLSearchParams(location.search);
  if (link && !own) query.set('s', link); else query.delete('s');
  const text = query.toString();
  history.replaceState(
      {simlib: true}, '', location.pathname + (text ? '?' + text : '') + fragmentOf(own && link));
}

// The page's address with a state.
/** @param {string} link */
export function addressOf(link, own = false) {
  const url = new URL(location.href);
  url.search = link && !own ? '?s=' + encodeURIComponent(link) : '';
  url.hash = fragmentOf(own && link);
  return url.href;
}

/** @param {string | false} link */
export const fragmentOf = (link) => (link ? '#s=' + encodeURIComponent(link) : '');

// The state in the fragment of the page's address goes to Python, and nothing is shown before Python
// has it: until then the lesson's own case would stand there.
/** @param {Model} model @returns {Promise<void>} */
export function handed(model) {
  const text = onCoursePage() && page.simlibFragment;
  if (!text || model.get('handed')) return Promise.resolve();
  return new Promise((done) => {
    const taken = () => { model.off('change:handed', taken); done(); };
    model.on('change:handed', taken);
    tell(model, { own: 'link', text });
  });
}

// navigator.clipboard exists only on https and localhost; a class network is plain http.
export async function copyText(/** @type {string} */ text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = h('textarea', { class: 'simlib-offscreen', 'aria-hidden': 'true' });
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand('copy');
    area.remove();
    return done;
  }
}

/** @param {{name: string, type: string, text: string}} file */
export function saveFile({ name, type, text }) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const anchor = h('a', { href: url, download: name });
  document.body.append(anchor);
  anchor.click();
  anchor.remove();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}
