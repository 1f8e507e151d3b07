// The controls of the editor, one for each kind of field: native ones throughout.

import { h } from './draw.js';
import { asText, fill, pointed, renamed, toFen, toNumber, toWhole, toYuan } from './own-names.js';
import { groups, nested, settings } from './own-inner.js';

const LONG = ['summary', 'note', 'text', 'words'];
const ZONE_MS = 8 * 3600 * 1000;  // instants are shown in Beijing time

// Each maker gets what is asked: {id, row, field, set, context, table, where}; it gives its nodes, and
// whether they are a group with a legend rather than one control with a label.

const typed = ({ id, row, field, set }, { show, read, help = '', ...attributes }) => {
  const input = h('input', { id, type: 'text', autocomplete: 'off', placeholder: field.blank ?? '', ...attributes });
  input.value = row[field.id] === undefined ? '' : show(row[field.id]);
  input.addEventListener('input', () => set(input.value.trim() === '' ? '' : read(input.value)));
  return { nodes: [input, ...(help ? [h('span', { class: 'own-help' }, help)] : [])] };
};

const blankOf = ({ field, context: { say } }) => field.blank ?? (field.must ? '' : say.unknown);

const selected = ({ id, row, field, set }, options, blank) => {
  const select = h('select', { id });
  const draw = () => {
    const now = row[field.id];
    const known = options();
    const strange = now !== undefined && !known.some(([value]) => value === now) ? [[asText(now), asText(now)]] : [];
    const list = [...(blank === null && now !== undefined ? [] : [['', blank ?? '']]), ...known, ...strange];
    select.replaceChildren(...list.map(([value, label]) => h('option', { value }, label)));
    select.value = now === undefined ? '' : asText(now);
  };
  draw();
  select.addEventListener('focus', draw);  // names may have changed since
  select.addEventListener('pointerdown', draw);
  select.addEventListener('own:names', () => { if (document.activeElement !== select) draw(); });  // not under the finger
  select.addEventListener('change', () => set(select.value));
  return { nodes: [select] };
};

// What the chosen option means, below it.
const glossed = (asked, made) => {
  const { field: { gloss } } = asked;
  if (!gloss) return made;
  const [select] = made.nodes;
  const line = h('span', { class: 'own-help', id: `${asked.id}-gloss` });
  const tell = () => { line.textContent = gloss[select.value] ?? ''; };
  select.setAttribute('aria-describedby', line.id);
  select.addEventListener('change', tell);
  tell();
  return { nodes: [select, line] };
};

// Several of a list: ticks behind a line that names those chosen.
export const ticked = ({ id, row, field, set }, options, say) => {
  const chosen = () => (Array.isArray(row[field.id]) ? row[field.id] : []);
  const line = h('summary', {});
  const box = h('details', { class: 'own-ticks' }, line);
  const known = () => [...options(), ...chosen().filter((one) => !options().some(([value]) => value === one)).map((one) => [one, one])];
  const tell = () => { line.textContent = chosen().map((one) => known().find(([value]) => value === one)?.[1] ?? one).join(say.lang === 'zh' ? '、' : ', ') || say.none; };
  box.addEventListener('toggle', () => {
    if (!box.open) return;
    box.replaceChildren(line, ...known().map(([value, label], n) => {
      const tick = h('input', { type: 'checkbox', id: `${id}-${n}` });
      tick.checked = chosen().includes(value);
      tick.addEventListener('change', () => { set(tick.checked ? [...chosen(), value] : chosen().filter((one) => one !== value)); tell(); });
      return h('label', { class: 'own-tick', for: tick.id }, tick, h('span', {}, label));
    }));
  });
  tell();
  return { nodes: [box], group: true };
};

const split = (line) => line.split(/[,，、;；]/).map((one) => one.trim()).filter(Boolean);

// What stands in a field of days: the browser shows no placeholder there.
const dated = (asked, made) => {
  const [input] = made.nodes;
  const blank = h('span', { class: 'own-help', 'data-blank': '' });
  const tell = () => { blank.textContent = input.value === '' ? asked.context.say.unknown : ''; };
  input.addEventListener('input', tell);
  tell();
  return { nodes: [...made.nodes, blank] };
};

const day = (asked) => {
  const given = asked.row[asked.field.id];
  const native = given === undefined || /^\d{4}-\d\d-\d\d$/.test(given);
  const made = typed(asked, { show: asText, read: (value) => value, type: native ? 'date' : 'text' });
  return asked.field.must ? made : dated(asked, made);
};

const instant = (asked) => {
  const { row, field, context: { say } } = asked;
  const show = (value) => {
    const at = Date.parse(value);
    return Number.isNaN(at) ? asText(value) : new Date(at + ZONE_MS).toISOString().slice(0, 19);
  };
  const native = row[field.id] === undefined || !Number.isNaN(Date.parse(row[field.id]));
  const read = (value) => (native ? (value.length === 16 ? value + ':00' : value) + '+08:00' : value);
  return dated(asked, typed(asked, { show, read, type: native ? 'datetime-local' : 'text', step: 1, help: say.instant_help }));
};

const id = (asked) => {
  const { row, field, context, table } = asked;
  let before = row[field.id];
  const found = typed(asked, { show: asText, read: (value) => value.trim(), spellcheck: 'false', maxlength: 64 });
  found.nodes[0].addEventListener('change', () => {
    context.change(() => renamed(context, table, before, row[field.id]), asked.where.join('/'));
    before = row[field.id];
  });
  return found;
};

// Words of one language. While the other says the same, nothing, or what the template said, it follows.
const words = (asked) => {
  const { id: name, row, field, context: { say, change, stock }, where } = asked;
  const lang = field.lang ?? say.lang;
  const other = lang === 'zh' ? 'en' : 'zh';
  const now = () => (typeof row[field.id] === 'object' && row[field.id] ? row[field.id] : {});
  const long = LONG.includes(field.id);
  const input = h(long ? 'textarea' : 'input', { id: name, placeholder: lang === say.lang ? field.blank ?? '' : '', lang, type: long ? null : 'text', rows: long ? 2 : null, autocomplete: 'off', 'data-words': lang });
  input.value = now()[lang] ?? '';
  input.addEventListener('input', () => {
    const follows = (now()[other] ?? '') === '' || now()[other] === now()[lang] || stock.includes(now()[other]);
    change(() => {
      const held = { ...now(), [lang]: input.value, ...(follows ? { [other]: input.value } : {}) };
      if (held.zh || held.en) row[field.id] = held; else delete row[field.id];
    }, where.join('/'));
    const twin = input.closest('.own-row, .own-head')?.querySelector(`[data-spot="${where.join('/')}"] [data-words=${other}]`);
    if (follows && twin) twin.value = input.value;
  });
  return { nodes: [input] };
};

const flag = ({ id: name, row, field, set, context: { say } }) => {
  if (field.default === undefined) {
    const select = h('select', { id: name }, ...[['', say.unknown], ['yes', say.yes], ['no', say.no]].map(([value, label]) => h('option', { value }, label)));
    select.value = row[field.id] === undefined ? '' : row[field.id] ? 'yes' : 'no';
    select.addEventListener('change', () => set(select.value === '' ? '' : select.value === 'yes'));
    return { nodes: [select] };
  }
  const tick = h('input', { id: name, type: 'checkbox' });
  tick.checked = row[field.id] ?? field.default;
  tick.addEventListener('change', () => set(tick.checked === field.default ? '' : tick.checked));
  return { nodes: [tick], tick: true };
};

export const CONTROLS = {
  line: (asked) => typed(asked, { show: asText, read: (value) => value }),
  money: (asked) => typed(asked, { show: toYuan, read: toFen, inputmode: 'decimal', placeholder: blankOf(asked) }),
  fraction: (asked) => typed(asked, { show: asText, read: toNumber, inputmode: 'decimal', placeholder: blankOf(asked), help: asked.context.say.fraction_help }),
  whole: (asked) => typed(asked, { show: asText, read: toWhole, inputmode: 'numeric', placeholder: blankOf(asked) }),
  day, instant, id, words, flag,
  choice: (asked) => glossed(asked, selected(asked, () => asked.field.options, asked.field.must ? null : asked.field.blank ?? asked.context.say.unknown)),
  pointer: (asked) => selected(asked, () => pointed(asked.context, asked.field), asked.field.must ? null : asked.context.say.unknown),
  place: (asked) => selected(asked, () => pointed(asked.context, asked.field), asked.context.say.unknown),
  several: (asked) => ticked(asked, () => asked.field.options, asked.context.say),
  pointers: (asked) => ticked(asked, () => pointed(asked.context, asked.field), asked.context.say),
  list: (asked) => typed(asked, { show: (value) => [value].flat().join(', '), read: split, help: asked.context.say.list_help }),
  groups: (asked) => groups(asked, ticked, (n) => fill(asked.context.say.group, { n })),
  settings, nested,
};
