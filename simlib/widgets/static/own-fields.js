// The fields of the editor: a label above a native control for each kind of fact, what is wrong with
// it below; the rarer ones folded.

import { choose, draw, h, press, tick } from './draw.js';
import {asText, fieldOf, fill, inWords, nameOf, pointed, renamed, toFen, toNumber, toWhole, toYuan} from './own-names.js';

// ----------------------------------------------------------------
// The controls of the editor, one for each kind of field: native ones throughout.

const LONG = ['summary', 'note', 'text', 'words'];
const ZONE_MS = 8 * 3600 * 1000;  // instants are shown in Beijing time

// Each maker gets what is asked: {id, row, field, set, context, table, where}; it gives its nodes.

const typed = ({id, row, field, set}, {show, read, help = '', ...attributes}) => [h('input', {
  id,
  type: 'text',
  autocomplete: 'off',
  placeholder: field.blank ?? '',
  ...attributes,
  value: row[field.id] === undefined ? '' : show(row[field.id]),
  oninput: ({target: {value}}) => set(value.trim() === '' ? '' : read(value))
}),
    help && h('span', {class: 'own-help'}, help)];

const blankOf = ({ field, context: { say } }) => field.blank ?? (field.must ? '' : say.unknown);

const selected = ({ id, row, field, set }, options, blank) => {
  const redraw = () => {
    const now = row[field.id];
    const known = options();
    const strange = now !== undefined && !known.some(([value]) => value === now) ?
        [[asText(now), asText(now)]] :
        [];
    const all =
        [...(blank === null && now !== undefined ? [] : [['', blank ?? '']]), ...known, ...strange];
    draw(select, all.map(([value, label]) => h('option', { value }, label)));
    select.value = now === undefined ? '' : asText(now);
  };
  const renew = () => { if (document.activeElement !== select) redraw(); };  // not under the finger
  // Names may have changed since it was drawn.
  const select = h('select', {
    id,
    onfocus: redraw,
    onpointerdown: redraw,
    'onown:names': renew,
    onchange: () => set(select.value)
  });
  redraw();
  return [select];
};

// What the chosen option means, below it.
const glossed = (asked, [select]) => {
  const { field: { gloss } } = asked;
  if (!gloss) return [select];
  const line = h('span', { class: 'own-help', id: `${asked.id}-gloss` });
  const tell = () => { line.textContent = gloss[select.value] ?? ''; };
  select.setAttribute('aria-describedby', line.id);
  select.addEventListener('change', tell);
  tell();
  return [select, line];
};

// Several of a list: ticks behind a line that names those chosen.
const ticked = ({ id, row, field, set }, options, say) => {
  const chosen = () => (Array.isArray(row[field.id]) ? row[field.id] : []);
  const line = h('summary');
  const known = () => [...options(),
      ...chosen()
          .filter((one) => !options().some(([value]) => value === one))
          .map((one) => [one, one])];
  const tell = () => {
    line.textContent = chosen()
                           .map((one) => known().find(([value]) => value === one)?.[1] ?? one)
                           .join(say.lang === 'zh' ? '、' : ', ') ||
        say.none;
  };
  const put = (value) => (on) => {
    set(on ? [...chosen(), value] : chosen().filter((one) => one !== value));
    tell();
  };
  const unfold = ({target: box}) => {
    if (box.open)
      box.replaceChildren(line,
          ...known().map(([value, label], n) =>
                             tick(`${id}-${n}`, label, chosen().includes(value), put(value))));
  };
  tell();
  return [h('details', { class: 'own-ticks', ontoggle: unfold }, line)];
};

const split = (line) => line.split(/[,，、;；]/).map((one) => one.trim()).filter(Boolean);

// What stands in a field of days: the browser shows no placeholder there.
const dated = (asked, [input, ...others]) => {
  const blank = h('span', { class: 'own-help', 'data-blank': '' });
  const tell = () => { blank.textContent = input.value === '' ? asked.context.say.unknown : ''; };
  input.addEventListener('input', tell);
  tell();
  return [input, ...others, blank];
};

const day = (asked) => {
  const given = asked.row[asked.field.id];
  const native = given === undefined || /^\d{4}-\d\d-\d\d$/.test(given);
  const made = typed(asked, {show: asText, read: (value) => value, type: native ? 'date' : 'text'});
  return asked.field.must ? made : dated(asked, made);
};

const instant = (asked) => {
  const { row, field, context: { say } } = asked;
  const show = (value) => {
    const at = Date.parse(value);
    return Number.isNaN(at) ? asText(value) : new Date(at + ZONE_MS).toISOString().slice(0, 19);
  };
  const native = row[field.id] === undefined || !Number.isNaN(Date.parse(row[field.id]));
  const read = (value) =>
      (native ? (value.length === 16 ? value + ':00' : value) + '+08:00' : value);
  return dated(asked,
      typed(asked,
          {show, read, type: native ? 'datetime-local' : 'text', step: 1, help: say.instant_help}));
};

const id = (asked) => {
  const { row, field, context, table } = asked;
  let before = row[field.id];
  return typed(asked, {
    show: asText,
    read: (value) => value.trim(),
    spellcheck: 'false',
    maxlength: 64,
    onchange: () => {
      context.change(() => renamed(context, table, before, row[field.id]), asked.where.join('/'));
      before = row[field.id];
    }
  });
};

// Words of one language. While the other says the same, nothing, or what the template said, it follows.
const words = (asked) => {
  const { id: name, row, field, context: { say, change, stock }, where } = asked;
  const lang = field.lang ?? say.lang;
  const other = lang === 'zh' ? 'en' : 'zh';
  const now = () => (typeof row[field.id] === 'object' && row[field.id] ? row[field.id] : {});
  const long = LONG.includes(field.id);
  const write = ({target: input}) => {
    const follows =
        (now()[other] ?? '') === '' || now()[other] === now()[lang] || stock.includes(now()[other]);
    change(() => {
      const held = { ...now(), [lang]: input.value, ...(follows ? { [other]: input.value } : {}) };
      if (held.zh || held.en) row[field.id] = held; else delete row[field.id];
    }, where.join('/'));
    const twin = input.closest('.own-row, .own-head')
                     ?.querySelector(`[data-spot="${where.join('/')}"] [data-words=${other}]`);
    if (follows && twin) twin.value = input.value;
  };
  return [h(long ? 'textarea' : 'input', {
    id: name,
    placeholder: lang === say.lang ? field.blank ?? '' : '',
    lang,
    type: long ? null : 'text',
    rows: long ? 2 : null,
    autocomplete: 'off',
    'data-words': lang,
    value: now()[lang] ?? '',
    oninput: write
  })];
};

// What is yes or no; where nothing is usual, nobody may have found it.
const isTick = (field) => field.kind === 'flag' && field.default !== undefined;
const flag = ({ id: name, row, field, set, context: { say } }) => {
  const now = row[field.id];
  if (isTick(field))
    return [h('input', {
      id: name,
      type: 'checkbox',
      checked: now ?? field.default,
      onchange: ({target: {checked}}) => set(checked === field.default ? '' : checked)
    })];
  return [choose([['', say.unknown], ['yes', say.yes], ['no', say.no]],
      now === undefined ? '' :
          now           ? 'yes' :
                          'no',
      (value) => set(value === '' ? '' : value === 'yes'), {id: name})];
};

const CONTROLS = {
  line: (asked) => typed(asked, {show: asText, read: (value) => value}),
  money: (asked) =>
      typed(asked, {show: toYuan, read: toFen, inputmode: 'decimal', placeholder: blankOf(asked)}),
  fraction: (asked) => typed(asked, {
    show: asText,
    read: toNumber,
    inputmode: 'decimal',
    placeholder: blankOf(asked),
    help: asked.context.say.fraction_help
  }),
  whole: (asked) => typed(
      asked, {show: asText, read: toWhole, inputmode: 'numeric', placeholder: blankOf(asked)}),
  day,
  instant,
  id,
  words,
  flag,
  choice: (asked) => glossed(asked,
      selected(asked, () => asked.field.options,
          asked.field.must ? null : asked.field.blank ?? asked.context.say.unknown)),
  pointer: (asked) => [...selected(asked, () => pointed(asked.context, asked.field),
                           asked.field.must ? null : blankOf(asked)),
      asked.field.help && h('span', { class: 'own-help' }, asked.field.help)],
  place: (asked) =>
      selected(asked, () => pointed(asked.context, asked.field), asked.context.say.unknown),
  several: (asked) => ticked(asked, () => asked.field.options, asked.context.say),
  pointers: (asked) => ticked(asked, () => pointed(asked.context, asked.field), asked.context.say),
  list: (asked) => typed(asked, {
    show: (value) => [value].flat().join(', '),
    read: split,
    help: asked.context.say.redrawhelp
  }),
  groups: (asked) => groups(asked, ticked, (n) => fill(asked.context.say.group, {n})),
  settings,
  nested,
};

// ----------------------------------------------------------------
// Controls that hold others: groups of acts, the facts that a setting changes, tables in a row.

const SETTABLE = ['parties', 'accounts', 'transfers', 'evidence'];
const PLAIN = ['money', 'fraction', 'whole', 'day', 'choice', 'flag'];
const SUPPOSED = 'knowing';
const OPEN = 'unknown';  // what a setting says of a fact nobody found

// Groups of acts: of every group at least one must happen.
function groups({ id, row, field, set, context }, ticked, label) {
  const { say } = context;
  const box = h('div', { class: 'own-groups' });
  const now = () => [row[field.id] ?? []].flat().map((group) => [group].flat());
  const keep = (list) => set(list.map((group) => (group.length === 1 ? group[0] : group)));
  const show = () => box.replaceChildren(...now().map((group, n) => {
    const held = { [field.id]: group };
    const change = (value) => {
      held[field.id] = Array.isArray(value) ? value : [];
      keep(now().map((each, m) => (m === n ? held[field.id] : each)));
    };
    const nodes = ticked(
        {id: `${id}-${n}`, row: held, field, set: change}, () => pointed(context, field), say);
    return h('div', {class: 'own-group', role: 'group', 'aria-label': label(n + 1)},
        h('span', {class: 'own-help'}, label(n + 1)), nodes, press(null, say.remove, () => {
          keep(now().filter((_, m) => m !== n));
          show();
        }));
  }),
      press(null, say.group_add, () => {
        keep([...now(), []]);
        show();
      }));
  show();
  return [box];
}

// A table inside a row, e.g. how well each element is proved.
function nested({ row, field, context, where }) {
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
  return field.fields.map((each) => makeControl('', held, { ...blank, ...each }, context, where));
}

// ---------------------------------------------------------------- what a setting changes

// The facts of a thing that a setting can change: paths below its id, with their fields.
function facts(context, table) {
  const fields = table ? context.spec.tables.find((each) => each.id === table).fields :
                         context.spec.head.fields;
  return fields.flatMap((field) => (field.kind === 'nested' ?
                                field.fields.filter((each) => PLAIN.includes(each.kind))
                                    .map((each) => [`${field.id}.${each.id}`,
                                             {...each, label: `${field.label}：${each.label}`}]) :
                                PLAIN.includes(field.kind) ? [[field.id, field]] :
                                                             []));
}

function tableOf(context, id) {
  return SETTABLE.find((table) => (context.draft[table] ?? []).some((row) => row?.id === id));
}

// What the case says of a fact without the setting.
function held({ draft }, path) {
  const [id, ...below] = path.includes('.') ? path.split('.') : ['', path];
  const home =
      id ? SETTABLE.flatMap((table) => draft[table] ?? []).find((row) => row?.id === id) : draft;
  const found = below.reduce((value, key) => value?.[key], home) ?? OPEN;
  return found === OPEN && below.at(-1) === 'grade' ? SUPPOSED :
                                                      found;  // a setting supposes a grade
}

// One changed fact: whose, which, and what it becomes. Empty is what nobody found.
function fact(path, asked, replace) {
  const { row, field, context, where } = asked;
  const { say } = context;
  const [who, name] = path.includes('.') ?
      [path.slice(0, path.indexOf('.')), path.slice(path.indexOf('.') + 1)] :
      ['', path];
  const table = who ? tableOf(context, who) : '';
  const known = table === undefined ? [] : facts(context, table);
  const shape = known.find(([key]) => key === name)?.[1];
  const select = (label, options, value, act) =>
      h('label', {class: 'own-part'}, h('span', {}, label), choose(options, value, act));
  const swap = (next) => replace(next, held(context, next));
  const whose = () =>
      select(say.set_who, [['', say.set_case], ...pointed(context, {homes: SETTABLE})], who,
          (next) =>
              swap(`${next && next + '.'}${facts(context, next && tableOf(context, next))[0][0]}`));
  const which = () => select(say.set_field,
      [...(shape ? [] : [[name, name]]), ...known.map(([key, each]) => [key, each.label])], name,
      (next) => swap(who ? `${who}.${next}` : next));
  const parts = table === undefined ?
      [
        h('p', {}, say.alien),
        h('details', {}, h('summary', {}, say.technical),
            h('code', {}, `${path} = ${JSON.stringify(row[field.id][path])}`))
      ] :
      [whose(), which(), ...(shape ? [valueOf(asked, path, shape)] : [])];
  return h('div', {class: 'own-fact', 'data-spot': shape ? null : [...where, path].join('/')},
      ...parts, press('set-remove', say.remove, () => replace(null)),
      h('div', {class: 'own-said-here'}));
}

function valueOf({ row, field, context, where }, path, shape) {
  const inner = () => row[field.id] ?? {};
  const put = (value) => { row[field.id] = { ...inner(), [path]: value }; return true; };
  const held = new Proxy({}, {
    get: () => (inner()[path] === OPEN ? undefined : inner()[path]),
    set: (_, key, value) => put(value),
    deleteProperty: () => put(OPEN),
  });
  const {default: usual, roles, ...plain} = {
    ...shape,
    ...(shape.options ? {options: shape.options.filter(([value]) => value !== OPEN)} : {}),
    id: path,
    label: context.say.set_value,
    must: false,
    blank: context.say.unknown
  };
  return makeControl('', held, plain, context, where);
}

function settings(asked) {
  const { row, field, set, context } = asked;
  const box = h('div', { class: 'own-facts' });
  const now = () => (typeof row[field.id] === 'object' && row[field.id] ? row[field.id] : {});
  const replace = (path) => (next, value) => {
    const changed = Object.entries(now()).flatMap(([key, held]) => (key !== path ? [[key, held]] :
                                                          next === null ? [] :
                                                                          [[next, value]]));
    set(changed.length ? Object.fromEntries(changed) : '');
    show();
  };
  const add = () => {
    const free =
        (context.draft.parties ?? [])
            .flatMap((party) => facts(context, 'parties').map(([key]) => `${party.id}.${key}`))
            .filter((path) => /\.(grade|fault|assets_fen|gain_direct_fen|causal_force)$/.test(path))
            .find((path) => !(path in now()) && called(path));
    const path = free ?? 'loss_fen';
    set({ ...now(), [path]: held(context, path) });
    show();
    box.querySelector('.own-fact:last-of-type select')?.focus();
  };
  // A party whose fault counts comes first: that is what most settings are about.
  const called = (path) => {
    const party = context.draft.parties.find((each) => path.startsWith(`${each.id}.`));
    return (fieldOf(context.spec, 'parties', 'grade')?.roles ?? []).includes(party?.role);
  };
  const show = () => {
    const paths = Object.keys(now());
    box.replaceChildren(
        ...(paths.length ? [] : [h('p', {class: 'own-help'}, context.say.set_none)]),
        ...paths.map((path) => fact(path, asked, replace(path))),
        press('set-add', context.say.set_add, add));
    context.mark?.();
  };
  show();
  return [box];
}

// ----------------------------------------------------------------
// Fields of the editor: a label above its control, what is wrong with it below; the rarer ones folded.

const NOTED = ['money', 'fraction', 'whole', 'day', 'instant', 'choice', 'flag', 'pointer'];
const REQUIRED = 'input:not([type=checkbox], [type=radio], [type=file]), select, textarea';
const GROUPS = [
  'several', 'pointers', 'groups', 'settings', 'nested'
];  // under a legend, not one control with a label
let serial = 0;

// A field of `row`: its label, its control, a place for what is wrong with it.
export function makeControl(table, row, field, context, spot) {
  const id = 'own-' + serial++;
  const where = [...spot, field.id];
  const set = (value) => context.change(() => {
    if (value === '' || value === null || value === undefined ||
        (Array.isArray(value) && !value.length))
      delete row[field.id];
    else
      row[field.id] = value;
  }, where.join('/'));
  const nodes =
      (CONTROLS[field.kind] ?? CONTROLS.line)({id, row, field, set, context, table, where});
  const group = GROUPS.includes(field.kind);
  const isMust = Boolean(field.must || field.wanted);
  const label = h(group ? 'legend' : 'label', { for: group ? null : id, class: 'own-label' }, field.label, isMust && h('small', { 'aria-hidden': 'true' }, context.say.must));
    const made = h(group ? 'fieldset' : 'div',
        {class: `own-field own-${field.kind}`, 'data-spot': where.join('/'), 'data-id': field.id},
        isTick(field) ? [nodes, label] : [label, nodes], h('div', {class: 'own-said-here'}));
    if (isMust)
      for (const control of made.querySelectorAll(REQUIRED))
        control.setAttribute('aria-required', 'true');  // it says so itself
    return made;
}

// Whether a field is asked of this row: some are about one role only, one about several victims only.
function isAsked(table, row, field, draft) {
  if (row[field.id] !== undefined) return true;
  if (!table && field.id === 'claimant')
    return (draft.parties ?? []).filter((each) => each?.role === 'victim').length > 1;
  return (!field.roles || field.roles.includes(row.role)) &&
      (!field.acts || field.acts.includes(row.act));
}

// All fields of a row: what most people need, then one fold with the rest.
export function fieldsOf(table, row, shape, context, spot) {
  const build = (field) => makeControl(table, row, field, context, spot);
  const asked = shape.fields.filter((field) => isAsked(table, row, field, context.draft));
  const first = asked.filter((field) => !field.more && !field.technical);
  const plain = h('div', { class: 'own-fields' }, ...first.map(build));
  const fold = h('details', { class: 'own-more' }, h('summary', {}, context.say.more));
  const fillFold = () => {
    if (fold.dataset.full) return;
    fold.dataset.full = 'yes';
    const others = asked.filter((field) => field.kind === 'words')
                       .map((field) => otherLanguage(field, context.say));
    const technical = shape.fields.filter((field) => field.technical);
    const inner = technical.map((field) => (field.id === 'id' ? twin(build(field)) : build(field)));
    const ids = technical.every((field) => field.id === 'id') ? ' own-twin' : '';
    fold.append(h('div', {class: 'own-fields'}, ...others.map(build).map(twin),
                    ...asked.filter((field) => field.more).map(build)),
        shape.noted ? notes(table, row, shape, context, spot) : '',
        inner.length ?
            h('details', {class: `own-technical${ids}`}, h('summary', {}, context.say.technical),
                h('div', {class: 'own-fields'}, ...inner)) :
            '');
  };
  fold.addEventListener('own:fill', fillFold);  // a problem lies in it
  fold.addEventListener('toggle', () => {
    if (fold.open && !fold.dataset.full) {
      fillFold();
      context.mark();
    }
  });
  return [plain, fold];
}

// Ids and what stands for the other language: seen only by who asks for it.
function twin(node) {
  node.classList.add('own-twin');
  return node;
}

function otherLanguage(field, say) {
  const lang = say.lang === 'zh' ? 'en' : 'zh';
  return { ...field, lang, must: false, label: fill(say[`in_${lang}`], { field: field.label }) };
}

// Of what kind each fact is, and where it comes from: only for facts that are there.
function notes(table, row, shape, context, spot) {
  const { say, spec } = context;
  const box = h('details', { class: 'own-notes' }, h('summary', {}, say.kinds));
  const note = (field, key, label, options) =>
      h('label', {class: 'own-part'}, h('span', {}, fill(label, {field: field.label})),
          choose([['', say.kind_none], ...options], row[key]?.[field.id] ?? '',
              (value) => context.change(() => {
                row[key] = {...row[key], [field.id]: value};
                if (!value) delete row[key][field.id];
                if (!Object.keys(row[key]).length) delete row[key];
              }, `${[...spot, field.id].join('/')}/${key}`)));
  box.addEventListener('toggle', () => {
    if (!box.open) return;
    const sources = (context.draft.sources ?? [])
                        .filter((each) => each?.id)
                        .map((each, n) => [each.id,
                                 inWords(each.text, say) || nameOf(context, 'sources', each, n)]);
    const key = table ? 'sources' : 'fact_sources';
    const facts =
        shape.fields.filter((field) => NOTED.includes(field.kind) && row[field.id] !== undefined);
    const made =
        facts.flatMap((field) => [note(field, 'kinds', say.kind, spec.kinds),
                          ...(sources.length ? [note(field, key, say.source, sources)] : [])]);
    box.replaceChildren(box.firstChild,
        made.length ? h('div', {class: 'own-fields'}, ...made) :
                      h('p', {class: 'own-help'}, say.kinds_none));
  });
  return box;
}

// What a file had and the page has no control for: it can be seen and taken away.
export function alienField(row, key, spot, { say, change }, again) {
    return h('div', {class: 'own-field own-alien', 'data-spot': spot.join('/')},
        h('p', {}, say.alien),
        h('details', {}, h('summary', {}, say.technical),
            h('code', {}, `${key} = ${JSON.stringify(row[key])}`)),
        press(null, say.remove, () => {
          change(() => {
            delete row[key];
          });
          again();
        }), h('div', {class: 'own-said-here'}));
}
