// The import of bank statements: a file from the device, its own table with a choice for each column,
// what becomes of its rows, then the questions it leaves. It stays while its step is left and come
// back to. A password is sent once with its file and kept nowhere.

import { choose, draw, h, press, tick } from './draw.js';
import { filePicker } from './lab.js';
import { fill } from './own-names.js';
import { makeAsked } from './own-questions.js';

// ----------------------------------------------------------------
// The table of a statement: its headers as they are, under each a choice of what it holds, below some
// of its rows and what becomes of each. A choice is asked for at once.

const TYPED_MS = 500;  // the reader has stopped typing
const MANY = 12;       // columns from which those that say nothing are folded away
const IN_SIGHT = 3;    // lines of a list before its fold
const UNITS = ['yuan', 'fen', 'jiao', 'qian', 'wan', 'shiwan', 'baiwan', 'qianwan', 'yi'];
const NEGATIVE = ['refuse', 'turn', 'same'];
const ORDERS = ['dmy', 'mdy', 'ymd'];
const SIDES = ['out', 'in', 'nothing', 'neutral'];
const MEANINGS = {
  kinds: ['out', 'in', 'nothing'],
  statuses: ['moves', 'nothing'],
  masked: ['two', 'one']
};
const MARKS = { taken: '✓', refused: '✗', skipped: '–' };

export function makeColumns({ say, send, go }) {
  const top = h('div', {});
  const counts = h('p', { role: 'status', class: 'own-sentence' });
  const tail = h('div', {});
  const node = h('div', { class: 'own-read', hidden: true }, top, counts, tail);
  let view = null, all = false, timer = null, asked = 0;

  // ---------------------------------------------------------------- what the reader says

  // All of it each time; an answer to what was said before the last word is not drawn.
  const tell = (changed, wait = 0) => {
    Object.assign(view, changed);
    const columns =
        Object.fromEntries(view.columns.map(({role}, n) => [role, n + 1]).filter(([role]) => role));
    const {table, header_row, unit, positive, negative, year, order, owed, account, holder} = view;
    asked += 1;
    const said = {
      table,
      rows: view.first,
      header_row,
      unit,
      positive,
      negative,
      year,
      order,
      owed,
      account,
      holder,
      columns,
      marks: changed.marks && Object.fromEntries(view.marks),
      words: view.words,
      n: asked
    };
    clearTimeout(timer);
    timer = setTimeout(() => send({ map: said }), wait);
  };
  // One column holds one thing, and one thing stands in one column.
  const take = (n, role) => {
    for (const column of view.columns) if (role && column.role === role) column.role = '';
    view.columns[n].role = role;
    tell({});
  };

  // ---------------------------------------------------------------- controls

  const field = (key, label, made) => h('div', { class: 'own-field', key }, h('label', { for: `statement-${key}`, class: 'own-label' }, label),
    made({ id: `statement-${key}`, 'data-key': key }));
    const select = (key, label, options, value, act) =>
        field(key, label, (props) => choose(options, value, act, props));
    const line = (key) => field(key, say[key], (props) => h('input', {
      type: 'text',
      autocomplete: 'off',
      ...props,
      value: view[key] ?? '',
      oninput: ({target}) => tell({[key]: target.value}, TYPED_MS)
    }));
    const of = (name, keys) => keys.map((key) => [key, say[`${name}_${key}`]]);
    const none = (value) => (value ? [] : [['', say.mark_none]]);
    const whose = () => ['holder', 'account'].map(line);
    const marks = () => view.marks.map(
        ([mark, side], n) => select(`mark-${n}`, fill(say.mark, {mark}),
            [
              ...none(side),
              ...of('mark', SIDES.filter((each) => each !== 'neutral' || each === side))
            ],
            side,
            (value) => tell(
                {marks: view.marks.map(([each, was]) => [each, each === mark ? value : was])})));

    // Kinds, statuses and hidden numbers that nobody knows.
    const words = () => view.words.map(
        ([table, word, meaning], n) => select(`word-${n}`, fill(say[table], {word}),
            [...none(meaning), ...of('mark', MEANINGS[table])], meaning,
            (value) => tell(
                {words: view.words.map((each, m) => (m === n ? [table, word, value] : each))})));
    const one = (key, options) =>
        select(key, say[key], options, view[key], (value) => tell({[key]: value}));
    // The balance of a card may be what is owed.
    const owed = () =>
        tick('statement-owed', say.owed, view.owed, (on) => tell({owed: on}), {'data-key': 'owed'});
    const again = (key, said, props) => press(`statement-${key}`, say[said], () => {
      asked += 1;
      send({[key]: true, n: asked});
    }, {'data-key': key, ...props});

    // ---------------------------------------------------------------- parts

    const list = (title, lines) => lines?.length > 0 && [
      h('p', {class: 'own-label'}, title),
      h('ul', {}, lines.slice(0, IN_SIGHT).map((text) => h('li', {}, text))),
      lines.length > IN_SIGHT &&
          h('details', {}, h('summary', {}, fill(say.more, {count: lines.length - IN_SIGHT})),
              h('ul', {}, lines.slice(IN_SIGHT).map((text) => h('li', {}, text))))
    ];
    // How in and out were read, an example of each, and the button that turns them; or the balances do
    // not follow, and the reader knows that rows are missing.
    const signs = () => view.signs?.said &&
        h('div', {class: `own-signs${view.reversed ? ' is-wrong' : ''}`},
            h('p', {}, h('strong', {}, view.signs.said)),
            h('ul', {}, view.signs.examples.map((row) => h('li', {}, fill(say.example, row)))),
            view.reversed && h('p', {class: 'own-warn', role: 'alert'}, view.reversed),
            view.gaps && again('gaps', 'gaps_go'),
            again('turn', 'turn', {class: view.reversed && !view.gaps ? 'own-strong' : null}));
    // What is not a column: first what must be said, the rest folded.
    const besides = () => {
      const unknown = view.marks.some(([, side]) => !side);
      const open = [
        view.owned && !view.account && !view.holder && whose(), unknown && marks(),
        view.positive === 'ask' &&
            one('positive', [['ask', say.mark_none], ...of('positive', ['out', 'in'])]),
        view.negatives && one('negative', of('negative', NEGATIVE)), words(),
        view.yearless && line('year'),
        view.disordered && one('order', [['', say.mark_none], ...of('order', ORDERS)])
      ].filter((each) => each && each.length !== 0);
      const unfolded = node.querySelector('[data-fold=others]')?.open;
      const headers = view.headers.map(([n, text]) => [n, fill(say.line, {n, text})]);
      return [
        open.length > 0 && h('div', {class: 'own-columns'}, open),
        h('details', {
          class: 'own-others',
          'data-fold': 'others',
          open: unfolded || !view.rows.length || view.headless
        },
            h('summary', {}, say.others),
            h('div', {class: 'own-columns'},
                headers.length > 0 &&
                    select('header_row', say.header_row, headers, view.header_row,
                        (value) => tell({header_row: Number(value)})),
                one('unit', of('unit', UNITS)), owed(),
                view.owned && (view.account || view.holder) && whose(), !unknown && marks()))
      ];
    };

    const head = (column, n) => {
      const name = column.header || fill(say.nth, {n: n + 1});
      const control =
          choose([['', say.role_none], ...view.roles], column.role, (role) => take(n, role),
              {'data-key': `column-${n}`, 'aria-label': fill(say.column, {name})});
      const sample = view.rows.map(({cells}) => cells[n]).find(Boolean) ?? '';
      const doubts = column.doubts.map((text) => h('small', {class: 'own-doubt'}, text));
      return h('th', {
        scope: 'col',
        class:
            [column.role ? '' : 'is-unused', doubts.length ? 'is-doubted' : ''].join(' ').trim() ||
            null
      },
          h('span', {class: 'own-col-name'}, name), control, ...doubts,
          h('small', {class: 'own-sample', 'aria-hidden': 'true'}, sample));
    };
    const became = (row) => {
      if (row.state === 'taken')
        return [fill(say.became, row), row.side ? h('small', {}, say[`mark_${row.side}`]) : ''];
      return [fill(say.not_taken, {state: say[row.state], why: row.why})];
    };
    const body =
        (row) => [h('tr', {class: 'own-cells'}, h('th', {scope: 'row'}, String(row.row)),
                      ...view.columns.map(({role}, n) => h('td', {class: role ? null : 'is-unused'},
                                              row.cells[n] ?? ''))),
            row.state ? h('tr', {class: `own-became is-${row.state}`},
                            h('td', {colspan: view.columns.length + 1},
                                h('div', {},
                                    h('span', {class: 'own-nth', 'aria-hidden': 'true'},
                                        fill(say.line_short, row)),
                                    h('span', {'aria-hidden': 'true'}, MARKS[row.state]),
                                    ...became(row)))) :
                        ''];
    const table = () => {
      const idle = view.columns.filter(({role}) => !role).length;
      const folds = view.columns.length > MANY && view.taken > 0 && idle > 0;
      return [
        h('div', {
          class: `own-scroll${folds && !all ? ' is-folded' : ''}`,
          key: 'table',
          tabindex: 0,
          role: 'region',
          'aria-label': say.table_label
        },
            h('table', {class: 'own-table-read'},
                h('thead', {},
                    h('tr', {}, h('th', {scope: 'col'}, say.row_head), view.columns.map(head))),
                h('tbody', {}, view.rows.map(body)))),
        view.more > 0 &&
            press(null, fill(say.rows_more, {count: view.more}),
                () => tell({first: view.first + view.more}),
                {'data-key': 'more', class: 'is-quiet'}),
        folds &&
            press(null, all ? say.idle_hide : fill(say.idle_show, {count: idle}),
                () => {
                  all = !all;
                  show();
                },
                {'data-key': 'idle', class: 'is-quiet', 'aria-pressed': String(all)}),
        view.read === undefined && h('p', {class: 'own-help'}, say.waits)
      ];
    };

    // ---------------------------------------------------------------- all of it

    const show = () => {
      const nth = view.statements.indexOf(view.table);
      draw(top,
          view.statements.length > 1 && nth >= 0 &&
              h('p', {class: 'own-warn'},
                  fill(say.several, {count: view.statements.length, n: nth + 1})),
          view.tables.length > 1 &&
              h('div', {class: 'own-columns'},
                  select('table', say.table, view.tables.map((text, n) => [n, text]), view.table,
                      (value) => tell({table: Number(value)}))),
          h('p', {class: 'own-layout'}, fill(say.opened, {name: view.tables[view.table]}),
              view.layout && fill(say.layout, {name: view.layout})),
          list(say.uncertain, view.notes), view.error && h('p', {class: 'own-warn'}, view.error),
          signs(), besides(), h('p', {class: 'own-lead', key: 'choose'}, say.choose), table());
      counts.textContent = view.read === undefined ? '' : fill(say.counts, view);
      draw(tail, list(say.refused, view.lines?.map((each) => fill(say.row, each))),
          list(say.told, view.told),
          view.taken > 0 && !view.reversed &&
              press('statement-insert', fill(say.insert, view), go,
                  {class: 'own-strong', 'data-key': 'insert'}));
      node.hidden = false;
    };
    const heard = (next) => {
      if (next.n && next.n !== asked) return;
      view = next;
      show();
    };
    return {
      node,
      draw: heard,
      clear() {
        node.hidden = true;
        view = null;
        all = false;
        top.replaceChildren();
        tail.replaceChildren();
        counts.textContent = '';
      },
      choose(table) { tell({table}); },
      show(on) { node.hidden = !on || !view; },
      get shown() { return !node.hidden; }
    };
}

// ----------------------------------------------------------------

const MOST_BYTES = 8_000_000;
const KINDS = '.csv,.tsv,.txt,.xlsx,.xls,.pdf,.zip';

export function statement(page) {
  const { model, say, box } = page;
  const file =
      filePicker({accept: KINDS, multiple: true, id: 'own-statement-file', 'aria-label': say.file},
          (chosen) => come(chosen));
  const note = h('div', { class: 'own-help own-refused', role: 'status' });
  let held = null;  // the chosen file, as long as it may need a password
  /** @type {File[]} */
  let waiting = [];  // files chosen together with it, still to be read

  const send = (password) => {
    note.textContent = say.reading;
    model.send({statement: held.name, ...(password ? {password} : {})}, undefined, [held.bytes]);
  };
  const locked = secret(say, send);
  const people = () => model.send({ people: true, key: asked.key, apart: asked.apart });
  const columns = makeColumns({ say, send: (said) => model.send(said), go: people });
  const asked = makeAsked({
    page,
    back: () => {
      asked.clear();
      columns.show(true);
    },
    onto: (table) => {
      asked.clear();
      columns.show(true);
      columns.choose(table);
    },
    again: people
  });
  let unwritten = false;  // a statement is open that is not in the case
  const queue = h('div', { class: 'own-warn', 'data-waiting': '', tabindex: -1, hidden: true });
  // Files chosen while a statement is not written wait, first the newest choice: nothing goes unasked.
  const come = (/** @type {File[]} */ chosen) => {
    if (!chosen.length) return;
    waiting = [...chosen, ...waiting];
    if (!unwritten) { take(waiting); return; }
    showQueue();
    queue.scrollIntoView({ block: 'nearest' });
    queue.focus({ preventScroll: true });
  };
  const showQueue = () => {
    queue.hidden = !waiting.length;
    if (!waiting.length) return;
    const left = fill(say.left_files,
        {count: waiting.length, names: waiting.map(({name}) => name).join(say.between)});
    queue.replaceChildren(h('p', {}, left, unwritten && say.file_unwritten),
        press('statement-next-file',
            fill(unwritten ? say.skip_file : say.next_file, {name: waiting[0].name}),
            () => take(waiting)));
  };
  box.classList.add('own-import');
  box.replaceChildren(h('p', {}, say.lead),
      h('div', {class: 'own-drop'}, file,
          press('statement-file', say.file, () => file.click(), {class: 'own-strong'}),
          h('span', {class: 'own-help'}, say.drop)),
      note, locked.node, columns.node, asked.node, queue);

  const take = async (/** @type {File[]} */ [chosen, ...others]) => {
    if (!chosen) return;
    [waiting, unwritten] = [others, false];
    showQueue();
    if (chosen.size > MOST_BYTES) {
      note.textContent = fill(say.big, {most: MOST_BYTES});
      return;
    }
    held = { name: chosen.name, bytes: await chosen.arrayBuffer() };
    for (const part of [columns, asked, locked]) part.clear();
    send();
  };
  // A file that is dropped anywhere on the step is read, and never opened in place of the page.
  const over = (event, on) => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    box.classList.toggle('is-over', on);
  };
  box.addEventListener('dragover', (event) => over(event, true));
  box.addEventListener('dragleave', (event) => over(event, box.contains(event.relatedTarget)));
  box.addEventListener('drop', (event) => {
    over(event, false);
    come([...event.dataTransfer?.files ?? []]);
  });
  const hear = ({ dialog, refused }) => {
    if (refused) note.textContent = '';
    if (!dialog) return;
    note.textContent = dialog.refused ?? '';
    locked.ask(Boolean(dialog.password));
    if (dialog.statement) { held = null; unwritten = true; columns.draw(dialog.statement); }
    if (dialog.people) { columns.show(false); asked.begin(dialog.people); }
    if (dialog.imported) {
      if (dialog.imported.error) {
        note.textContent = dialog.imported.error;
        asked.refresh();
      } else {
        unwritten = false;
        asked.done(dialog.imported);
      }
    }
    showQueue();
    box.classList.toggle('is-reading', columns.shown);
  };
  // The draft was drawn anew, maybe as it was before the statement.
  box.addEventListener('own:built', () => {
    asked.refresh();
    if (!asked.gone()) return;
    asked.clear();
    columns.show(true);
    unwritten = true;
    showQueue();
    note.textContent = say.taken_back;
  });
  model.on('msg:custom', hear);
}

// The field that a file with a password needs; it is empty again as soon as it was sent.
function secret(say, send) {
  const go = () => {
    const { value } = input;
    input.value = '';
    if (value) send(value); else input.focus();
  };
  const enter = (event) => { if (event.key === 'Enter') { event.preventDefault(); go(); } };
  const input = h('input', {
    type: 'password',
    id: 'own-statement-password',
    autocomplete: 'off',
    spellcheck: 'false',
    onkeydown: enter
  });
  const node = h('div', { class: 'own-secret', hidden: true }, h('label', { for: input.id, class: 'own-label' }, say.password), input,
    press('statement-open', say.password_go, go, { class: 'own-strong' }), h('p', { class: 'own-help' }, say.password_help));
  const clear = () => { input.value = ''; node.hidden = true; };
  return { node, clear, ask(needed) {
    if (!needed) { clear(); return; }
    node.hidden = false;
    input.focus();
  } };
}
