// The controls of the own-case editor: one for each kind of field, native ones throughout.

const query = new URL(import.meta.url).search;
const { element } = await import(new URL('lab.js' + query, new URL('.', import.meta.url)).href);

let serial = 0;
const NOTED = ['money', 'fraction', 'whole', 'day', 'instant', 'choice', 'flag', 'pointer'];
const LONG = ['summary', 'note', 'text', 'words'];
const ZONE_MS = 8 * 3600 * 1000;  // instants are shown in Beijing time

// What a row is called in its own language, or by its number.
export function summaryOf(table, row, n, say) {
  const words = row.name ?? row.title ?? row.words ?? row.text;
  const here = document.documentElement.lang.startsWith('en') ? 'en' : 'zh';
  const name = typeof words === 'object' && words ? words[here] || words.zh || words.en : words;
  const moved = table === 'transfers' ? `${row.payer ?? '?'} → ${row.payee ?? '?'}　${toYuan(row.amount_fen ?? '')}` : '';
  const who = [row.party, row.holder, row.payer, row.victim].filter((each) => typeof each === 'string')[0];
  const said = [row.id, moved || name || who].filter((each) => typeof each === 'string' && each !== '').join('　');
  return String(said || fillNumber(say.row, n)).slice(0, 80);
}
const fillNumber = (text, n) => text.replace('{n}', n + 1);

// Yuan as typed → whole fen, or the text as it stands if it is no amount.
export function toFen(text) {
  const plain = text.normalize('NFKC').replace(/[,\s]/g, '').replace(/元$/, '');
  const parts = /^(-?)(\d{1,15})(?:\.(\d{1,2}))?$/.exec(plain);
  if (!parts) return text;
  const fen = Number(parts[2] + (parts[3] ?? '').padEnd(2, '0'));
  return parts[1] ? -fen : fen;
}
export function toYuan(fen) {
  if (typeof fen !== 'number' || !Number.isInteger(fen)) return String(fen);
  const digits = String(Math.abs(fen)).padStart(3, '0');
  const [whole, rest] = [digits.slice(0, -2), digits.slice(-2)];
  return (fen < 0 ? '-' : '') + whole + (rest === '00' ? '' : '.' + rest);
}
const toNumber = (text) => {
  const plain = text.normalize('NFKC').trim();
  return /^-?(\d+\.?\d*|\.\d+)$/.test(plain) ? Number(plain) : text;
};
const toWhole = (text) => (/^-?\d{1,15}$/.test(text.trim()) ? Number(text) : text);

// A field of `row` with its label, its kind and source, and a place for what is wrong with it.
export function makeControl(table, row, field, noted, context, spot) {
  const { say, change } = context;
  const id = 'own-' + serial++;
  const where = [...spot, field.id];
  const set = (value) => change(() => {
    if (value === '' || value === null || value === undefined || (Array.isArray(value) && !value.length)) delete row[field.id];
    else row[field.id] = value;
    notes.show?.();
  }, where.join('/'));
  const notes = noted && NOTED.includes(field.kind) ? makeNotes(table, row, field, context, where) : {};
  const control = (CONTROLS[field.kind] ?? CONTROLS.line)({ id, row, field, set, context, table, where });
  const group = control.group;
  const label = element(group ? 'legend' : 'label', { for: group ? null : id, class: 'simlib-label' }, field.label, field.must ? ' *' : '');
  const node = element(group ? 'fieldset' : 'div', { class: `own-field own-${field.kind}`, 'data-spot': where.join('/'), 'data-id': field.id },
    label, ...control.nodes, ...(notes.nodes ?? []), element('div', { class: 'own-said-here' }));
  notes.show?.();
  return node;
}

// Of what kind a fact is, and where it comes from: only beside a fact that is there.
function makeNotes(table, row, field, { say, spec, change, ...context }, where) {
  const note = (key, name, blank, options) => {
    const select = element('select', { 'aria-label': `${field.label}：${name}`, class: 'own-note' },
      ...[['', blank], ...options].map(([value, text]) => element('option', { value }, text)));
    select.value = row[key]?.[field.id] ?? '';
    select.addEventListener('change', () => change(() => {
      row[key] = { ...row[key], [field.id]: select.value };
      if (!select.value) delete row[key][field.id];
      if (!Object.keys(row[key]).length) delete row[key];
    }, `${where.join('/')}/${key}`));
    return select;
  };
  const kind = note('kinds', say.kind, `${say.kind}：${say.kind_none}`, spec.kinds);
  const sources = (context.draft.sources ?? []).filter((each) => each.id).map((each) => [each.id, each.id]);
  const key = table ? 'sources' : 'fact_sources';
  const nodes = [kind, ...(sources.length ? [note(key, say.source, `${say.source}：${say.kind_none}`, sources)] : [])];
  const show = () => { for (const each of nodes) each.hidden = row[field.id] === undefined && !each.value; };
  return { nodes, show };
}

// ---------------------------------------------------------------- the kinds

const typed = ({ id, row, field, set }, { show, read, help, ...attributes }) => {
  const input = element('input', { id, type: 'text', autocomplete: 'off', placeholder: field.blank ?? '', ...attributes });
  input.value = row[field.id] === undefined ? '' : show(row[field.id]);
  input.addEventListener('input', () => set(input.value.trim() === '' ? '' : read(input.value)));
  return { nodes: [input, ...(help ? [element('span', { class: 'simlib-help' }, help)] : [])] };
};
const text = (value) => (typeof value === 'string' ? value : JSON.stringify(value));

const selected = ({ id, row, field, set }, options, blank) => {
  const select = element('select', { id });
  const draw = () => {
    const now = row[field.id];
    const known = options();
    const strange = now !== undefined && !known.some(([value]) => value === now) ? [[text(now), text(now)]] : [];
    const list = [...(blank === null && now !== undefined ? [] : [['', blank ?? '']]), ...known, ...strange];
    select.replaceChildren(...list.map(([value, label]) => element('option', { value }, label)));
    select.value = now === undefined ? '' : text(now);
  };
  draw();
  select.addEventListener('focus', draw);  // names may have changed since
  select.addEventListener('pointerdown', draw);
  select.addEventListener('change', () => set(select.value));
  return { nodes: [select] };
};

const named = ({ field, context: { draft, say } }) => field.homes.flatMap((home) => (draft[home] ?? [])
  .map((row, n) => [row.id, summaryOf(home, row, n, say)]).filter(([id]) => typeof id === 'string' && id)).concat(field.also ?? []);

// Several of a list: ticks behind a line that names those chosen.
const ticked = ({ id, row, field, set }, options, say) => {
  const chosen = () => (Array.isArray(row[field.id]) ? row[field.id] : []);
  const line = element('summary', {});
  const box = element('details', { class: 'own-ticks' }, line);
  const known = () => [...options(), ...chosen().filter((one) => !options().some(([value]) => value === one)).map((one) => [one, one])];
  const tell = () => { line.textContent = chosen().map((one) => known().find(([value]) => value === one)?.[1] ?? one).join('、') || say.none; };
  box.addEventListener('toggle', () => {
    if (!box.open) return;
    box.replaceChildren(line, ...known().map(([value, label], n) => {
      const tick = element('input', { type: 'checkbox', id: `${id}-${n}` });
      tick.checked = chosen().includes(value);
      tick.addEventListener('change', () => { set(tick.checked ? [...chosen(), value] : chosen().filter((one) => one !== value)); tell(); });
      return element('div', { class: 'own-tick' }, tick, element('label', { for: tick.id }, label));
    }));
  });
  tell();
  return { nodes: [box], group: true };
};

const lines = (asked, { show, read, help, rows = 2 }) => {
  const { id, row, field, set } = asked;
  const area = element('textarea', { id, rows, spellcheck: 'false' });
  area.value = row[field.id] === undefined ? '' : show(row[field.id]);
  area.addEventListener('input', () => set(read(area.value)));
  return { nodes: [area, element('span', { class: 'simlib-help' }, help)] };
};
const split = (line) => line.split(/[,，、;；]/).map((one) => one.trim()).filter(Boolean);

const CONTROLS = {
  line: (asked) => typed(asked, { show: text, read: (value) => value }),
  money: (asked) => typed(asked, { show: toYuan, read: toFen, inputmode: 'decimal', placeholder: asked.field.blank ?? (asked.field.must ? '' : asked.context.say.unknown) }),
  fraction: (asked) => typed(asked, { show: text, read: toNumber, inputmode: 'decimal', placeholder: asked.field.blank ?? asked.context.say.unknown, help: asked.context.say.fraction_help }),
  whole: (asked) => typed(asked, { show: text, read: toWhole, inputmode: 'numeric' }),

  day: (asked) => {
    const given = asked.row[asked.field.id];
    const native = given === undefined || /^\d{4}-\d\d-\d\d$/.test(given);
    return typed(asked, { show: text, read: (value) => value, type: native ? 'date' : 'text' });
  },

  instant: (asked) => {
    const show = (value) => {
      const at = Date.parse(value);
      return Number.isNaN(at) ? text(value) : new Date(at + ZONE_MS).toISOString().slice(0, 19);
    };
    const native = asked.row[asked.field.id] === undefined || !Number.isNaN(Date.parse(asked.row[asked.field.id]));
    const read = (value) => (native ? (value.length === 16 ? value + ':00' : value) + '+08:00' : value);
    return typed(asked, { show, read, type: native ? 'datetime-local' : 'text', step: 1, help: asked.context.say.instant_help });
  },

  id: (asked) => {
    const { row, field, context, table } = asked;
    let before = row[field.id];
    const found = typed(asked, { show: text, read: (value) => value.trim(), spellcheck: 'false', maxlength: 64 });
    found.nodes[0].addEventListener('change', () => {
      context.change(() => renamed(context.draft, context, table, before, row[field.id]), asked.where.join('/'));
      before = row[field.id];
    });
    return found;
  },

  words: (asked) => {
    const { id, row, field, context: { say, change }, where } = asked;
    const long = LONG.includes(field.id);
    const now = () => (typeof row[field.id] === 'object' && row[field.id] ? row[field.id] : {});
    const inputs = ['zh', 'en'].map((lang, n) => {
      const input = element(long ? 'textarea' : 'input', { id: n ? `${id}-en` : id, lang, type: long ? null : 'text', rows: long ? 2 : null,
        autocomplete: 'off', placeholder: say[lang], 'aria-label': `${field.label}（${say[lang]}）` });
      input.value = now()[lang] ?? '';
      return input;
    });
    inputs.forEach((input, n) => input.addEventListener('input', () => {
      const [lang, other] = n ? ['en', 'zh'] : ['zh', 'en'];
      const same = (now()[other] ?? '') === '' || now()[other] === now()[lang];  // one language written: the other says the same
      change(() => {
        const held = { ...now(), [lang]: input.value, ...(same ? { [other]: input.value } : {}) };
        if (held.zh || held.en) row[field.id] = held; else delete row[field.id];
      }, where.join('/'));
      if (same) inputs[1 - n].value = input.value;
    }));
    return { nodes: inputs };
  },

  choice: (asked) => selected(asked, () => asked.field.options, asked.field.must ? null : asked.context.say.none),
  pointer: (asked) => selected(asked, () => named(asked), asked.field.must ? null : asked.context.say.none),
  place: (asked) => selected(asked, () => named(asked), asked.context.say.none),
  several: (asked) => ticked(asked, () => asked.field.options, asked.context.say),
  pointers: (asked) => ticked(asked, () => named(asked), asked.context.say),

  flag: ({ id, row, field, set, context: { say } }) => {
    if (field.default === undefined) {
      const select = element('select', { id }, ...[['', say.unknown], ['yes', say.yes], ['no', say.no]].map(([value, label]) => element('option', { value }, label)));
      select.value = row[field.id] === undefined ? '' : row[field.id] ? 'yes' : 'no';
      select.addEventListener('change', () => set(select.value === '' ? '' : select.value === 'yes'));
      return { nodes: [select] };
    }
    const tick = element('input', { id, type: 'checkbox' });
    tick.checked = row[field.id] ?? field.default;
    tick.addEventListener('change', () => set(tick.checked === field.default ? '' : tick.checked));
    return { nodes: [tick] };
  },

  list: (asked) => typed(asked, { show: (value) => [value].flat().join(', '), read: split, help: asked.context.say.list_help }),
  groups: (asked) => lines(asked, {
    show: (value) => [value].flat().map((group) => [group].flat().join(', ')).join('\n'),
    read: (value) => value.split('\n').map(split).filter((group) => group.length).map((group) => (group.length === 1 ? group[0] : group)),
    help: asked.context.say.groups_help,
  }),
  settings: (asked) => lines(asked, { show: text, read: (value) => value, help: asked.context.say.settings_help, rows: 3 }),

  nested: ({ row, field, context, where }) => {
    const inner = () => (typeof row[field.id] === 'object' && row[field.id] ? row[field.id] : {});
    const held = new Proxy({}, {
      get: (_, key) => inner()[key],
      set: (_, key, value) => { row[field.id] = { ...inner(), [key]: value }; return true; },
      deleteProperty: (_, key) => {
        const { [key]: gone, ...rest } = inner();
        if (Object.keys(rest).length) row[field.id] = rest; else delete row[field.id];
        return true;
      },
    });
    const blank = field.id === 'proof' ? { blank: '1' } : {};
    return { nodes: field.fields.map((each) => makeControl('', held, { ...blank, ...each }, false, context, where)), group: true };
  },
};

// Another id for a row: whatever named it by the old one names it by the new one.
function renamed(draft, { spec }, table, before, now) {
  if (!before || !now || before === now) return;
  const rows = Object.values(draft).filter(Array.isArray).flat();
  if (rows.some((row) => row?.id === before)) return;  // another row has it still
  const other = (value) => (value === before ? now : Array.isArray(value) ? value.map(other) : value);
  const through = (row, fields) => {
    for (const field of fields) {
      if (field.homes && row[field.id] !== undefined && (field.homes.includes(table) || field.kind === 'place')) row[field.id] = other(row[field.id]);
    }
  };
  through(draft, spec.head.fields);
  for (const each of spec.tables) for (const row of Array.isArray(draft[each.id]) ? draft[each.id] : []) {
    through(row, each.fields);
    if (table === 'sources') {
      if (row.source === before) row.source = now;
      for (const key of Object.keys(row.sources ?? {})) row.sources[key] = other(row.sources[key]);
    }
    if (typeof row.set === 'string') row.set = row.set.split('\n').map((line) => line.replace(/^"?([\w-]+)(?=\.)/, (whole, id) => (id === before ? whole.replace(id, now) : whole))).join('\n');
  }
  if (table === 'sources') for (const key of Object.keys(draft.fact_sources ?? {})) draft.fact_sources[key] = other(draft.fact_sources[key]);
}
