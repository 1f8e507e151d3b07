// The editor of a reader's own case. The draft lives here, in the page and in this browser's
// storage; Python checks it, reckons it and writes it down. Native controls throughout, so that
// keyboard, screen reader and phone work as everywhere else.

const here = new URL('.', import.meta.url);
const query = new URL(import.meta.url).search;
const { DRAFT, copyText, element, onCoursePage, saveFile } = await import(new URL('lab.js' + query, here).href);
const { makeControl, summaryOf } = await import(new URL('own-fields.js' + query, here).href);

const sheet = new URL('own.css' + query, here).href;
if (!document.querySelector(`link[href="${sheet}"]`)) {
  document.head.append(element('link', { rel: 'stylesheet', href: sheet }));
}

const QUIET_MS = 400;    // the reader has stopped typing
const STROKE_MS = 1500;  // typing in one field without a longer rest is one step of undo
const SLOW_MS = 8000;
const MOST_STEPS = 100;
const PAGE = 20;         // rows of a table in sight at once
const PREFIX = { parties: 'p', acts: 'act', accounts: 'card', transfers: 't', evidence: 'e', events: 'event',
  positions: 'position', sources: 's' };
const NEW = { parties: { role: 'helper', act: 'payment', grade: 'slight' }, events: { kind: 'transfer' },
  acts: { stage: 'payment' }, recoveries: { payer: 'pool' } };

const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
const copyOf = (value) => JSON.parse(JSON.stringify(value));

// ---------------------------------------------------------------- what this browser keeps

function openStore() {
  let lasting = true;
  const write = (act) => { try { act(localStorage); lasting = true; } catch { lasting = false; } };
  write((storage) => { storage.setItem(DRAFT + ':try', '1'); storage.removeItem(DRAFT + ':try'); });
  return {
    get lasting() { return lasting; },
    read() {
      try {
        const held = JSON.parse(localStorage.getItem(DRAFT) ?? 'null');
        return held && typeof held.draft === 'object' && held.draft ? held : null;
      } catch { return null; }
    },
    keep(held) { write((storage) => storage.setItem(DRAFT, JSON.stringify(held))); },
    forget() { write((storage) => storage.removeItem(DRAFT)); },
  };
}

// ---------------------------------------------------------------- the page

export function own({ model, el }) {
  const say = model.get('words');
  const spec = model.get('spec');
  const store = openStore();
  const tables = new Map(spec.tables.map((table) => [table.id, table]));
  const views = new Map();
  let draft = copyOf(model.get('first'));
  let past = [], ahead = [], stroke = null, struck = 0;
  let asked = 0, checked = 0, found = null, timer = null, slow = null, then = null, forgetting = false, leaving = false;
  let newer = false;  // another tab wrote the draft after this one
  let forgotten = false;  // the draft was deleted here, and nothing has been written since

  // ------------------------------------------------------------ changes, undo, keeping

  const record = (key) => {
    const goes = key && key === stroke && Date.now() - struck < STROKE_MS;
    [stroke, struck] = [key, Date.now()];
    return goes;
  };
  const change = (edit, key = null) => {
    const before = JSON.stringify(draft);
    edit(draft);
    if (JSON.stringify(draft) === before) return;
    if (!record(key)) past = [...past.slice(1 - MOST_STEPS), before];
    ahead = [];
    later();
  };
  const replace = (next, note) => {
    past = [...past.slice(1 - MOST_STEPS), JSON.stringify(draft)];
    [draft, ahead, stroke] = [next, [], null];
    build();
    tell(note);
    later(0);
  };
  const step = (from, to) => {
    if (!from.length) return;
    to.push(JSON.stringify(draft));
    draft = JSON.parse(from.pop());
    stroke = null;
    build();
    later(0);
  };
  const keep = () => newer || forgotten || store.keep({ draft, text: found?.text ?? '', title: found?.title || draft.title?.zh || draft.id || '' });
  const later = (wait = QUIET_MS) => {
    newer = forgotten = false;
    clearTimeout(timer);
    buttons();
    timer = setTimeout(check, wait);
  };
  const check = () => {
    timer = null;
    asked += 1;
    keep();
    if (leaving) return;
    model.send({ check: { draft, n: asked } });
    clearTimeout(slow);
    slow = setTimeout(() => tell(say.lost), SLOW_MS);
  };
  const flush = () => { if (timer !== null) { clearTimeout(timer); check(); } };

  // ------------------------------------------------------------ what Python says

  const hear = (message) => {
    if (message.checked?.n === asked) {
      clearTimeout(slow);
      if (note.textContent === say.lost) tell('');
      [checked, found] = [asked, message.checked];
      keep();
      show();
      if (then) { const act = then; then = null; act(); }
    }
    if (message.draft && forgetting) {
      forgetting = false;
      [draft, past, ahead] = [message.draft, [], []];
      build();
      tell(say.forgotten);
      asked += 1;
      model.send({ check: { draft, n: asked } });
    } else if (message.draft) replace(message.draft, fill(say[message.said], { count: message.count }));
    if (message.refused) tell(say.not_loaded, message.refused);
  };
  // Once Python has seen the draft as it is now.
  const settled = (act) => { if (timer === null && checked === asked) act(); else { then = act; flush(); } };

  // ------------------------------------------------------------ the tools

  const note = element('div', { class: 'simlib-said own-said', role: 'status' });
  const tell = (text, lines = []) => note.replaceChildren(text, ...lines.map((line) => element('p', { class: 'simlib-warn' }, line)));
  const tool = (id, label, act, more = {}) => {
    const button = element('button', { type: 'button', 'data-id': id, ...more }, label);
    button.addEventListener('click', () => { if (button.getAttribute('aria-disabled') !== 'true') act(button); });
    return button;
  };
  const undo = tool('undo', say.undo, () => step(past, ahead), { title: 'Ctrl+Z / ⌘Z', 'aria-keyshortcuts': 'Control+Z Meta+Z' });
  const redo = tool('redo', say.redo, () => step(ahead, past), { title: 'Ctrl+Shift+Z / ⇧⌘Z', 'aria-keyshortcuts': 'Control+Shift+Z Meta+Shift+Z Control+Y' });
  const buttons = () => {
    undo.setAttribute('aria-disabled', String(!past.length));
    redo.setAttribute('aria-disabled', String(!ahead.length));
  };
  const file = element('input', { type: 'file', accept: '.toml,.txt', hidden: true, 'aria-label': say.load });
  file.addEventListener('change', async () => {
    const [chosen] = file.files;
    file.value = '';
    if (!chosen) return;
    if (chosen.size > model.get('most')) { tell(fill(say.big, { most: model.get('most') })); return; }
    model.send({ file: chosen.name }, undefined, [await chosen.arrayBuffer()]);
  });
  const save = () => settled(() => saveFile({ name: `${/^[\w-]+$/.test(draft.id ?? '') ? draft.id : 'case'}.toml`,
    type: 'application/toml', text: found.text }));
  const copy = () => settled(async () => {
    if (!found.link) { tell(say.too_long); return; }
    const url = new URL(location.href);
    url.search = '?s=' + encodeURIComponent(found.link);
    if (await copyText(url.href)) tell(say.copied);
    else { tell(''); note.append(element('input', { readonly: true, value: url.href, 'aria-label': say.copy })); note.lastChild.select(); }
  });
  let sure = false;
  const forget = (button) => {
    sure = !sure;
    button.textContent = sure ? say.forget_sure : say.forget;
    if (sure) return;
    store.forget();
    forgetting = forgotten = true;
    clearTimeout(timer);
    timer = null;
    model.send({ start: model.get('starts')[0][0] });
  };
  const start = element('select', { id: 'own-start' }, ...model.get('starts').map(([value, label]) => element('option', { value }, label)));
  const count = tool('own-count', '', () => list.scrollIntoView({ block: 'start' }));  // on a phone, where the list is far below
  const bar = element('div', { class: 'simlib-form own-bar' },
    element('div', { class: 'simlib-row' }, element('label', { for: 'own-start', class: 'simlib-label' }, say.start), start,
      tool('start', say.start_go, () => model.send({ start: start.value }))),
    element('div', { class: 'simlib-buttons' }, undo, redo, tool('save', say.save, save), tool('load', say.load, () => file.click()), file,
      tool('copy', say.copy, copy), tool('statement', say.statement.open, () => openStatement()), tool('forget', say.forget, forget)),
    note);

  // ------------------------------------------------------------ what the draft is worth

  const list = element('section', { class: 'own-list', 'aria-label': say.problems });
  const alarms = element('section', { class: 'own-alarms', 'aria-label': say.warnings });
  const pane = element('section', { class: 'simlib-pane own-preview', 'aria-label': say.preview });
  const labs = element('section', { class: 'own-labs', 'aria-label': say.labs });
  const nameOf = (spot) => {
    const [table, n, field] = tables.has(spot[0]) ? spot : [null, null, spot[0]];
    const names = [];
    if (table) names.push(tables.get(table).label);
    if (typeof n === 'number') names.push(summaryOf(table, draft[table]?.[n] ?? {}, n, say));
    const fields = table ? tables.get(table).fields : spec.head.fields;
    const label = fields.find((each) => each.id === field)?.label ?? field;
    if (label) names.push(label);
    return names.join(' · ') || say.head;
  };
  const entry = (problem) => {
    const button = element('button', { type: 'button', class: 'own-jump', title: say.jump, 'data-path': problem.path }, nameOf(problem.spot));
    button.addEventListener('click', () => jump(problem.spot));
    return element('li', {}, button, ' ', problem.said, ' ', element('code', {}, problem.code));
  };
  const show = () => {
    const { problems, warnings } = found;
    const all = found.count;
    count.textContent = all ? fill(say.problem_count, { count: all }).replace(/[：:]$/, '') : say.no_problem;
    count.classList.toggle('is-wrong', all > 0);
    list.replaceChildren(element('h3', {}, say.problems),
      element('p', { role: 'status' }, all ? fill(say.problem_count, { count: all }) : say.no_problem),
      element('ol', {}, ...problems.map(entry)),
      all > problems.length ? element('p', {}, fill(say.more_problems, { count: all - problems.length })) : '');
    alarms.replaceChildren(...(warnings.length ? [element('h3', {}, say.warnings), element('p', {}, say.warning_lead),
      element('ul', {}, ...warnings.map(entry))] : []));
    pane.innerHTML = found.preview;  // written and escaped by Python
    pane.prepend(element('h3', {}, say.preview));
    if (!found.preview) pane.append(element('p', { class: 'simlib-hint' }, say.preview_wait));
    labs.replaceChildren(element('h3', {}, say.labs), found.lab
      ? element('ul', {}, ...model.get('labs').map(([name, title]) => element('li', {},
        element('a', { href: new URL(name, location.href).pathname + '?s=' + found.lab }, title))))
      : element('p', { class: 'simlib-hint' }, say.labs_shut));
    mark();
  };
  // Each problem beside its field, and counted on what is shut above it.
  const mark = () => {
    for (const old of form.querySelectorAll('.own-problem, .own-alarm')) old.remove();
    for (const old of form.querySelectorAll('[aria-invalid]')) { old.removeAttribute('aria-invalid'); old.removeAttribute('aria-describedby'); }
    if (!found) return;
    for (const [problems, kind] of [[found.problems, 'own-problem'], [found.warnings, 'own-alarm']]) problems.forEach((problem, n) => {
      const node = nearest(problem.spot);
      if (!node) return;
      const said = element('p', { class: kind, id: `${kind}-${n}` }, problem.said);
      (node.querySelector(':scope > .own-said-here') ?? node).append(said);
      if (kind === 'own-alarm') return;
      for (const control of node.querySelectorAll('input, select, textarea')) {
        control.setAttribute('aria-invalid', 'true');
        control.setAttribute('aria-describedby', said.id);
      }
    });
    for (const view of views.values()) view.count(found.problems);
  };
  const nearest = (spot) => {
    for (let length = spot.length; length > 0; length -= 1) {
      const node = form.querySelector(`[data-spot="${CSS.escape(spot.slice(0, length).join('/'))}"]`);
      if (node) return node;
    }
    return null;
  };
  const jump = (spot) => {
    const view = views.get(spot[0]);
    if (view) view.reveal(spot[1]);
    else form.querySelector('[data-table=head]').open = true;
    mark();
    const node = nearest(spot);
    if (!node) return;
    for (let up = node.closest('details'); up; up = up.parentElement.closest('details')) up.open = true;
    node.scrollIntoView({ block: 'center' });
    node.querySelector('input, select, textarea, summary, button')?.focus({ preventScroll: true });
  };

  // ------------------------------------------------------------ the form

  const form = element('form', { class: 'simlib-form own-form', 'aria-label': say.label });
  form.addEventListener('submit', (event) => event.preventDefault());
  const context = { say, spec, tables, change, mark: () => mark(), get draft() { return draft; } };
  const build = () => {
    const open = new Set([...form.querySelectorAll(':scope > details[open]')].map((each) => each.dataset.table));
    const first = !form.children.length;
    const head = element('details', { 'data-table': 'head', open: first || open.has('head') },
      element('summary', {}, say.head), ...fieldsOf('', draft, spec.head, context, []));
    form.replaceChildren(head);
    for (const table of spec.tables) {
      const view = makeTable(table, context, views.get(table.id)?.place);
      views.set(table.id, view);
      view.node.open = first ? table.id === 'parties' : open.has(table.id);
      form.append(view.node);
    }
    const alien = Object.keys(draft).filter((key) => !tables.has(key) && !['kinds', 'fact_sources'].includes(key)
      && !spec.head.fields.some((each) => each.id === key));
    head.append(...alien.map((key) => alienField(draft, key, [key], context, build)));
    buttons();
    mark();
  };

  const openStatement = async () => {
    const { statement } = await import(new URL('own-statement.js' + query, here).href);
    statement({ model, say: say.statement, below: bar, get draft() { return draft; }, insert: (rows, text) => {
      const next = copyOf(draft);
      for (const [table, list] of Object.entries(rows)) next[table] = [...(next[table] ?? []), ...list];
      replace(next, text);
    } });
  };

  const keys = (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.defaultPrevented) return;
    if (event.target.closest?.('textarea, input:not([type=checkbox]):not([type=file])')) return;  // the browser's own undo
    const key = event.key.toLowerCase();
    const which = key === 'z' ? (event.shiftKey ? redo : undo) : key === 'y' && event.ctrlKey ? redo : null;
    if (which) { event.preventDefault(); which.click(); }
  };

  const box = element('div', { class: 'simlib-lab own-editor' },
    element('p', { class: 'simlib-hint' }, say.privacy, store.lasting ? '' : ' ' + say.memory), bar,
    element('div', { class: 'simlib-form own-count' }, count),
    element('div', { class: 'own-stage' }, form, element('div', { class: 'own-side' }, list, alarms, pane, labs)));
  el.append(box);

  const held = store.read();
  const linked = model.get('linked');
  if (held && linked && JSON.stringify(held.draft) !== JSON.stringify(draft)) {
    past = [JSON.stringify(held.draft)];
    tell(say.linked);
  } else if (held && !linked) draft = held.draft;
  build();
  if (onCoursePage()) {  // from here on the browser's draft counts, not the address
    window.simlibState = '';
    window.dispatchEvent(new Event('simlib:state'));
    history.replaceState(history.state, '', location.pathname);
  }
  asked += 1;
  model.send({ check: { draft, n: asked } });
  model.on('msg:custom', hear);
  document.addEventListener('keydown', keys);
  const leave = () => { leaving = true; keep(); };  // the kernel ends with the page
  window.addEventListener('beforeunload', leave);
  const elsewhere = (event) => {
    if (event.key !== DRAFT || !event.newValue) return;
    newer = true;
    tell(say.elsewhere);
  };
  window.addEventListener('storage', elsewhere);  // heard in every tab but the one that writes
  return () => {
    window.removeEventListener('storage', elsewhere);
    document.removeEventListener('keydown', keys);
    window.removeEventListener('beforeunload', leave);
    model.off('msg:custom', hear);
  };
}

// ---------------------------------------------------------------- one row's fields

function fieldsOf(table, row, shape, context, spot) {
  const build = (field) => makeControl(table, row, field, shape.noted, context, spot);
  const more = shape.fields.filter((field) => field.more);
  const plain = shape.fields.filter((field) => !field.more).map(build);
  if (!more.length) return plain;
  const box = element('details', { class: 'own-more' }, element('summary', {}, context.say.more), ...more.map(build));
  box.open = more.some((field) => row[field.id] !== undefined && field.id !== 'id' && table !== 'parties');
  return [...plain, box];
}

// What a file had and the page has no control for: it can be seen and taken away.
function alienField(row, key, spot, { say, change }, again) {
  const button = element('button', { type: 'button' }, say.remove);
  button.addEventListener('click', () => { change(() => { delete row[key]; }); again(); });
  return element('div', { class: 'own-field', 'data-spot': spot.join('/') },
    element('span', { class: 'simlib-label' }, key), ' ', element('code', {}, JSON.stringify(row[key])), ' ', say.alien, ' ', button);
}

// ---------------------------------------------------------------- a table: rows, a page at a time

function makeTable(table, context, before) {
  const { say, change, mark } = context;
  const rows = () => context.draft[table.id] ?? [];
  const place = before ?? { from: 0, open: new Set() };
  const badge = element('span', { class: 'own-badge' });
  const size = element('span', { class: 'own-size' });
  const body = element('div', { class: 'own-rows' });
  const node = element('details', { class: 'own-table', 'data-table': table.id },
    element('summary', {}, table.label, ' ', size, ' ', badge), body);
  let drawn = false;
  let problems = [];

  const edit = (act, focus) => {
    change((draft) => { draft[table.id] ??= []; act(draft[table.id]); });
    draw();
    mark();
    if (focus !== undefined) body.querySelector(`[data-row="${focus}"]`)?.querySelector('input, select, summary')?.focus();
  };
  const add = (row, at) => {
    place.open = new Set([at]);
    place.from = Math.floor(at / PAGE) * PAGE;
    edit((list) => list.splice(at, 0, row), at);
  };
  const move = (n, by) => {
    if (n + by < 0 || n + by >= rows().length) return;
    place.open = new Set(place.open.has(n) ? [n + by] : []);
    place.from = Math.floor((n + by) / PAGE) * PAGE;
    edit((list) => list.splice(n + by, 0, ...list.splice(n, 1)));
    body.querySelector(`[data-row="${n + by}"] [data-id=${by < 0 ? 'up' : 'down'}]`)?.focus();
  };
  const freshId = () => {
    const used = new Set(Object.values(context.draft).filter(Array.isArray).flat().map((row) => row?.id));
    const stem = PREFIX[table.id];
    for (let n = rows().length + 1; ; n += 1) if (!used.has(stem + n)) return stem + n;
  };
  const drawRow = (row, n) => {
    const line = element('summary', {}, element('span', { class: 'own-name' }, summaryOf(table.id, row, n, say)), ' ', element('span', { class: 'own-badge' }));
    const box = element('details', { class: 'own-row', 'data-row': n, 'data-spot': `${table.id}/${n}` }, line, element('div', { class: 'own-said-here' }));
    const tool = (id, act) => {
      const button = element('button', { type: 'button', 'data-id': id, 'aria-label': `${say[id]}: ${summaryOf(table.id, row, n, say)}` }, say[id]);
      button.addEventListener('click', act);
      return button;
    };
    const fillRow = () => {
      if (box.dataset.full || !box.open) return;
      box.dataset.full = 'yes';
      const own = { ...context, get draft() { return context.draft; },
        change: (act, key) => { change(act, key); line.firstChild.textContent = summaryOf(table.id, row, n, say); } };
      const known = new Set([...table.fields.map((field) => field.id), 'kinds', 'sources']);
      box.append(...fieldsOf(table.id, row, table, own, [table.id, n]),
        ...Object.keys(row).filter((key) => !known.has(key)).map((key) => alienField(row, key, [table.id, n, key], context, draw)),
        element('div', { class: 'simlib-buttons' }, tool('up', () => move(n, -1)), tool('down', () => move(n, 1)),
          tool('double', () => add({ ...copyOf(row), ...('id' in row ? { id: freshId() } : {}) }, n + 1)),
          tool('remove', () => { place.open = new Set(); edit((list) => list.splice(n, 1), Math.min(n, rows().length - 2)); })));
    };
    box.addEventListener('toggle', () => {
      if (box.open) place.open.add(n); else place.open.delete(n);
      const fresh = !box.dataset.full;
      fillRow();
      if (fresh && box.open) mark();
    });
    box.open = place.open.has(n);
    fillRow();
    return box;
  };
  const draw = () => {
    const all = rows();
    size.textContent = all.length ? String(all.length) : '';
    if (!node.open) { body.replaceChildren(); drawn = false; return; }
    drawn = true;
    place.from = Math.max(0, Math.min(place.from, Math.floor((all.length - 1) / PAGE) * PAGE));
    const shown = all.slice(place.from, place.from + PAGE);
    const turn = (label, by, off) => {
      const button = element('button', { type: 'button', 'aria-disabled': String(off) }, label);
      button.addEventListener('click', () => { if (!off) { place.from += by; place.open = new Set(); draw(); mark(); } });
      return button;
    };
    const pager = all.length > PAGE ? element('div', { class: 'simlib-buttons own-pager' },
      turn(say.before, -PAGE, place.from === 0), element('span', {}, fill(say.page, { from: place.from + 1, to: place.from + shown.length, all: all.length })),
      turn(say.after, PAGE, place.from + PAGE >= all.length)) : '';
    const more = element('button', { type: 'button', 'data-id': `add-${table.id}` }, fill(say.add, { one: table.one }));
    more.addEventListener('click', () => add({ ...(PREFIX[table.id] ? { id: freshId() } : {}), ...NEW[table.id] }, rows().length));
    body.replaceChildren(...shown.map((row, n) => drawRow(row, place.from + n)), pager, element('div', { class: 'simlib-buttons' }, more));
  };
  const count = (list) => {
    problems = list;
    const mine = list.filter(({ spot }) => spot[0] === table.id);
    badge.textContent = mine.length || '';
    for (const row of body.querySelectorAll('.own-row')) {
      const here = mine.filter(({ spot }) => spot[1] === Number(row.dataset.row)).length;
      row.querySelector('summary .own-badge').textContent = here || '';
    }
  };
  node.addEventListener('toggle', () => { if (node.open !== drawn) { draw(); mark(); } });
  const reveal = (n) => {
    node.open = true;
    if (typeof n === 'number') {
      place.from = Math.floor(n / PAGE) * PAGE;
      place.open = new Set([n]);
    }
    draw();
  };
  draw();
  return { node, count, reveal, place };
}
