// Controls that hold others: groups of acts, the facts that a setting changes, tables in a row.

import { h } from './draw.js';
import { fieldOf, pointed } from './own-names.js';

const SETTABLE = ['parties', 'accounts', 'transfers', 'evidence'];
const PLAIN = ['money', 'fraction', 'whole', 'day', 'choice', 'flag'];
const SUPPOSED = 'knowing';
const OPEN = 'unknown';  // what a setting says of a fact nobody found

const button = (label, act, id) => {
  const made = h('button', { type: 'button', 'data-id': id }, label);
  made.addEventListener('click', act);
  return made;
};

// Groups of acts: of every group at least one must happen.
export function groups({ id, row, field, set, context }, ticked, label) {
  const { say } = context;
  const box = h('div', { class: 'own-groups' });
  const now = () => [row[field.id] ?? []].flat().map((group) => [group].flat());
  const keep = (list) => set(list.map((group) => (group.length === 1 ? group[0] : group)));
  const draw = () => box.replaceChildren(...now().map((group, n) => {
    const held = { [field.id]: group };
    const change = (value) => {
      held[field.id] = Array.isArray(value) ? value : [];
      keep(now().map((each, m) => (m === n ? held[field.id] : each)));
    };
    const { nodes } = ticked({ id: `${id}-${n}`, row: held, field, set: change }, () => pointed(context, field), say);
    return h('div', { class: 'own-group', role: 'group', 'aria-label': label(n + 1) }, h('span', { class: 'own-help' }, label(n + 1)), ...nodes,
      button(say.remove, () => { keep(now().filter((_, m) => m !== n)); draw(); }));
  }), button(say.group_add, () => { keep([...now(), []]); draw(); }));
  draw();
  return { nodes: [box], group: true };
}

// A table inside a row, e.g. how well each element is proved.
export function nested({ row, field, context, where }) {
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
  return { nodes: field.fields.map((each) => context.makeControl('', held, { ...blank, ...each }, context, where)), group: true };
}

// ---------------------------------------------------------------- what a setting changes

// The facts of a thing that a setting can change: paths below its id, with their fields.
function facts(context, table) {
  const fields = table ? context.spec.tables.find((each) => each.id === table).fields : context.spec.head.fields;
  return fields.flatMap((field) => (field.kind === 'nested'
    ? field.fields.filter((each) => PLAIN.includes(each.kind)).map((each) => [`${field.id}.${each.id}`, { ...each, label: `${field.label}：${each.label}` }])
    : PLAIN.includes(field.kind) ? [[field.id, field]] : []));
}

function tableOf(context, id) {
  return SETTABLE.find((table) => (context.draft[table] ?? []).some((row) => row?.id === id));
}

// What the case says of a fact without the setting.
function held({ draft }, path) {
  const [id, ...below] = path.includes('.') ? path.split('.') : ['', path];
  const home = id ? SETTABLE.flatMap((table) => draft[table] ?? []).find((row) => row?.id === id) : draft;
  const found = below.reduce((value, key) => value?.[key], home) ?? OPEN;
  return found === OPEN && below.at(-1) === 'grade' ? SUPPOSED : found;  // a setting supposes a grade
}

// One changed fact: whose, which, and what it becomes. Empty is what nobody found.
function fact(path, asked, replace) {
  const { row, field, context, where } = asked;
  const { say } = context;
  const [who, name] = path.includes('.') ? [path.slice(0, path.indexOf('.')), path.slice(path.indexOf('.') + 1)] : ['', path];
  const table = who ? tableOf(context, who) : '';
  const known = table === undefined ? [] : facts(context, table);
  const shape = known.find(([key]) => key === name)?.[1];
  const select = (label, options, value, act) => {
    const made = h('select', {}, ...options.map(([key, text]) => h('option', { value: key }, text)));
    made.value = value;
    made.addEventListener('change', () => act(made.value));
    return h('label', { class: 'own-part' }, h('span', {}, label), made);
  };
  const swap = (next) => replace(next, held(context, next));
  const whose = () => select(say.set_who, [['', say.set_case], ...pointed(context, { homes: SETTABLE })], who,
    (next) => swap(`${next && next + '.'}${facts(context, next && tableOf(context, next))[0][0]}`));
  const which = () => select(say.set_field, [...(shape ? [] : [[name, name]]), ...known.map(([key, each]) => [key, each.label])], name,
    (next) => swap(who ? `${who}.${next}` : next));
  const parts = table === undefined
    ? [h('p', {}, say.alien), h('details', {}, h('summary', {}, say.technical), h('code', {}, `${path} = ${JSON.stringify(row[field.id][path])}`))]
    : [whose(), which(), ...(shape ? [valueOf(asked, path, shape)] : [])];
  return h('div', { class: 'own-fact', 'data-spot': shape ? null : [...where, path].join('/') }, ...parts,
    button(say.remove, () => replace(null), 'set-remove'), h('div', { class: 'own-said-here' }));
}

function valueOf({ row, field, context, where }, path, shape) {
  const inner = () => row[field.id] ?? {};
  const put = (value) => { row[field.id] = { ...inner(), [path]: value }; return true; };
  const held = new Proxy({}, {
    get: () => (inner()[path] === OPEN ? undefined : inner()[path]),
    set: (_, key, value) => put(value),
    deleteProperty: () => put(OPEN),
  });
  const { default: usual, roles, ...plain } = { ...shape, ...(shape.options ? { options: shape.options.filter(([value]) => value !== OPEN) } : {}), id: path, label: context.say.set_value, must: false, blank: context.say.unknown };
  return context.makeControl('', held, plain, context, where);
}

export function settings(asked) {
  const { row, field, set, context } = asked;
  const box = h('div', { class: 'own-facts' });
  const now = () => (typeof row[field.id] === 'object' && row[field.id] ? row[field.id] : {});
  const replace = (path) => (next, value) => {
    const changed = Object.entries(now()).flatMap(([key, held]) => (key !== path ? [[key, held]] : next === null ? [] : [[next, value]]));
    set(changed.length ? Object.fromEntries(changed) : '');
    draw();
  };
  const add = () => {
    const free = (context.draft.parties ?? []).flatMap((party) => facts(context, 'parties').map(([key]) => `${party.id}.${key}`))
      .filter((path) => /\.(grade|fault|assets_fen|gain_direct_fen|causal_force)$/.test(path)).find((path) => !(path in now()) && called(path));
    const path = free ?? 'loss_fen';
    set({ ...now(), [path]: held(context, path) });
    draw();
    box.querySelector('.own-fact:last-of-type select')?.focus();
  };
  // A party whose fault counts comes first: that is what most settings are about.
  const called = (path) => {
    const party = context.draft.parties.find((each) => path.startsWith(`${each.id}.`));
    return (fieldOf(context.spec, 'parties', 'grade')?.roles ?? []).includes(party?.role);
  };
  const draw = () => {
    const paths = Object.keys(now());
    box.replaceChildren(...(paths.length ? [] : [h('p', { class: 'own-help' }, context.say.set_none)]),
      ...paths.map((path) => fact(path, asked, replace(path))), button(context.say.set_add, add, 'set-add'));
    context.mark?.();
  };
  draw();
  return { nodes: [box], group: true };
}
