// A table of the draft as cards: a row's name, its fields when it is unfolded, a page at a time.

import { h, press } from './draw.js';
import { besideName, copyOf, fill, nameOf } from './own-names.js';
import { alienField, fieldsOf } from './own-fields.js';

const PAGE = 20;  // rows in sight at once
const PREFIX = {
  parties: 'p',
  acts: 'act',
  accounts: 'card',
  transfers: 't',
  evidence: 'e',
  events: 'event',
  positions: 'position',
  sources: 's'
};
const NEW = {
  parties: {role: 'helper', act: 'payment'},
  events: {kind: 'transfer'},
  acts: {stage: 'payment'},
  recoveries: {payer: 'pool'}
};
const SHAPING = ['role', 'act'];  // what decides which fields a row has

export class Table {
  // `titled`: whether the table needs a heading of its own below that of its step.
  constructor(table, context, place, titled) {
    Object.assign(this,
        {table, context, titled, place: place ?? { from: 0, open: new Set(), shown: !table.rare }});
    this.size = h('span', { class: 'own-size' });
    this.badge = h('span', { class: 'own-badge' });
    this.body = h('div', { class: 'own-rows' });
    this.node = table.rare ?
        this.folded() :
        h(titled ? 'section' : 'div',
            {class: 'own-table', 'data-table': table.id, 'aria-label': titled ? table.label : null},
            titled ? h('h3', {}, table.label, ' ', this.size, ' ', this.badge) : '', this.body);
    this.draw();
  }

  folded() {
    const { table, context: { say } } = this;
    const toggle = ({ target }) => { this.place.shown = target.open; };
    return h('details', {
      class: 'own-table',
      'data-table': table.id,
      open: this.place.shown || this.rows.length > 0,
      ontoggle: toggle
    },
        h('summary', {}, h('span', {}, table.label, ' ', h('small', {}, say.rare)), this.size,
            this.badge),
        this.body);
  }

  get rows() {
    const rows = this.context.draft[this.table.id];
    return Array.isArray(rows) ? rows : [];
  }

  // ---------------------------------------------------------------- what can be done with rows

  edit(act, focus) {
    const { id } = this.table;
    this.context.change((draft) => {
      draft[id] = [...this.rows];
      act(draft[id]);
      if (!draft[id].length) delete draft[id];
    });
    this.draw();
    this.context.mark();
    if (focus !== undefined)
      this.body.querySelector(`[data-row="${focus}"]`)
          ?.querySelector('input, select, textarea, summary')
          ?.focus();
  }

  add(row, at) {
    this.show(at);
    this.edit((list) => list.splice(at, 0, row), at);
  }

  move(n, by) {
    if (n + by < 0 || n + by >= this.rows.length) return;
    const open = this.place.open.has(n);
    this.show(n + by);
    if (!open) this.place.open.clear();
    this.edit((list) => list.splice(n + by, 0, ...list.splice(n, 1)));
    this.body.querySelector(`[data-row="${n + by}"] [data-id=${by < 0 ? 'up' : 'down'}]`)?.focus();
  }

  freshId() {
    const used = new Set(
        Object.values(this.context.draft).filter(Array.isArray).flat().map((row) => row?.id));
    for (let n = this.rows.length + 1;; n += 1)
      if (!used.has(PREFIX[this.table.id] + n)) return PREFIX[this.table.id] + n;
  }

  fresh() {
    const { id } = this.table;
    return { ...(PREFIX[id] ? { id: this.freshId() } : {}), ...NEW[id] };
  }

  show(n) {
    this.place.from = Math.floor(n / PAGE) * PAGE;
    this.place.open = new Set([n]);
  }

  reveal(n) {
    if (this.table.rare) this.node.open = true;
    if (typeof n === 'number') this.show(n);
    this.draw();
  }

  // ---------------------------------------------------------------- drawing

  draw() {
    const { place, rows, table, context: { say } } = this;
    place.from = Math.max(0, Math.min(place.from, Math.floor((rows.length - 1) / PAGE) * PAGE));
    this.size.textContent = rows.length ? String(rows.length) : '';
    const add = press(`add-${table.id}`, fill(say.add, {one: table.one}),
        () => this.add(this.fresh(), this.rows.length));
    this.body.replaceChildren(...rows.slice(place.from, place.from + PAGE)
                                  .map((row, n) => this.drawRow(row ?? {}, place.from + n)),
        this.pager(), add);
  }

  pager() {
    const { place, rows, context: { say } } = this;
    if (rows.length <= PAGE) return '';
    const turn = (label, by, off) => press(null, label, () => {
      place.from += by;
      place.open.clear();
      this.draw();
      this.context.mark();
    }, {'aria-disabled': String(off)});
    return h('div', {class: 'own-buttons own-pager'}, turn(say.before, -PAGE, place.from === 0),
        h('span', {}, fill(say.page, {
          from: place.from + 1,
          to: Math.min(place.from + PAGE, rows.length),
          all: rows.length
        })),
        turn(say.after, PAGE, place.from + PAGE >= rows.length));
  }

  drawRow(row, n) {
    const { table, context, place } = this;
    const name = h('span', { class: 'own-name' });
    const beside = h('span', { class: 'own-beside' });
    const call = () => {
      name.textContent = nameOf(context, table.id, row, n);
      beside.textContent = besideName(context, table.id, row);
    };
    const box = h('details',
        {class: 'own-row', 'data-row': n, 'data-spot': `${table.id}/${n}`, open: place.open.has(n)},
        h('summary', {}, h('span', {class: 'own-title'}, name, ' ', beside),
            h('span', {class: 'own-badge'})),
        h('div', {class: 'own-said-here'}));
    call();
    box.addEventListener('toggle', () => {
      if (box.open) place.open.add(n); else place.open.delete(n);
      if (this.fill(box, row, n, call)) context.mark();
    });
    this.fill(box, row, n, call);
    return box;
  }

  // The fields of a row, once it is unfolded; again when its role or act changes.
  fill(box, row, n, call) {
    if (box.dataset.full || !box.open) return false;
    box.dataset.full = 'yes';
    const { table, context } = this;
    const shape = () => SHAPING.map((key) => row[key]).join('|');
    let before = shape();
    const own = Object.create(context, { change: { value: (act, key) => {
      context.change(act, key);
      call();
      if (shape() !== before) { before = shape(); draw(key); }
    } } });
    const fields = h('div', {});
    const draw = (key) => {
      const known = new Set([...table.fields.map((field) => field.id), 'kinds', 'sources']);
      fields.replaceChildren(...fieldsOf(table.id, row, table, own, [table.id, n]),
          ...Object.keys(row)
              .filter((each) => !known.has(each))
              .map((each) =>
                       alienField(row, each, [table.id, n, each], context, () => this.draw())));
      if (key)
        fields.querySelector(`[data-spot="${key}"]`)?.querySelector('select, input')?.focus();
    };
    draw();
    box.append(fields, this.tools(row, n));
    return true;
  }

  tools(row, n) {
    const { say } = this.context;
    const tool = (id, act) => press(id, say[id], act, {
      'aria-label': `${say[id]}${say.lang === 'zh' ? '：' : ': '}${
          nameOf(this.context, this.table.id, row, n)}`
    });
    const twin = () => ({ ...copyOf(row), ...('id' in row ? { id: this.freshId() } : {}) });
    return h('div', {class: 'own-buttons'}, tool('up', () => this.move(n, -1)),
        tool('down', () => this.move(n, 1)), tool('double', () => this.add(twin(), n + 1)),
        tool('remove', () => {
          this.place.open.clear();
          this.edit((list) => list.splice(n, 1), Math.min(n, this.rows.length - 2));
        }));
  }

  // How many problems, on the table and on each row.
  count(problems) {
    const mine = problems.filter(({ spot }) => spot[0] === this.table.id);
    const tell = (badge, some) => {
      badge.textContent = some.length || '';
      badge.classList.toggle('is-lacking', some.every(({ missing }) => missing));
    };
    tell(this.badge, mine);
    for (const row of this.body.querySelectorAll('.own-row')) {
      tell(row.querySelector('summary .own-badge'),
          mine.filter(({spot}) => spot[1] === Number(row.dataset.row)));
    }
  }
}
