// @ts-check
// The board: every form as a bar on one scale, beside its amounts. On a wide screen all columns of
// amounts stand side by side, on a narrow one the column whose bars are drawn.

import { draw, h, hearing, press } from './draw.js';
import { amount, colour, drawRow, flash, grouped } from './stage-row.js';
import { marked, percent, spread } from './stage-measures.js';
import { picture as pictureOf } from './picture.js';

// ----------------------------------------------------------------
// The board's twin: the same rows as a table of words and numbers.

function drawTable(
    /** @type {Board} */ board, /** @type {Row[]} */ rows, /** @type {Desk} */ desk) {
  const cellOf = (/** @type {Cell | undefined} */ cell) => h('td', {}, cell && [
    cell.was && h('small', {}, desk.word('was', {text: cell.was.text})),
    amount(cell, {class: 'board-amount', key: cell.say}),
    cell.beside && h('small', {}, cell.beside),
    cell.usual && h('small', {}, desk.word('usual_mark', {text: cell.usual.text})),
    cell.kept && cell.kept.text !== cell.text &&
        h('small', {}, desk.word('kept_mark', {text: cell.kept.text}))
  ]);
  const line = (/** @type {Row} */ row) => {
    const own = row.form ? row.name + desk.word('form', { form: row.form }) : row.name;
    const said = [row.same, row.note, row.stamp, row.ghost, row.still].filter(Boolean).join('；');
    return h('tr', {key: row.id},
        h('th', {scope: 'row'},
            row.group ? desk.word('grouped', {group: row.group, row: own}) : own,
            h('small', {}, said)),
        h('td', {}, board.legend.find(({key}) => key === row.authority)?.label),
        board.columns.map(({id}) => cellOf(row.cells[id])));
  };
  const head = (/** @type {Child[]} */ ...words) => h('th', { scope: 'col' }, words);
  return h('table', {}, h('caption', {class: 'is-heard'}, desk.word('stage')),
      h('thead', {},
          h('tr', {}, head(desk.word('row')), head(desk.word('basis')),
              board.columns.map(
                  ({label, kind}) => head(label, kind !== 'word' && h('small', {}, board.unit))))),
      h('tbody', {}, rows.map(line)));
}

// ----------------------------------------------------------------

let serial = 0;

// The heads of the columns: which of them the bars show.
function makeHeads(/** @type {Desk} */ desk, /** @type {(column: string) => void} */ pick) {
  const name = `stage-column-${serial++}`;
  const mark = h('span', { class: 'board-answer' });
  const node = h('div', { class: 'board-heads', role: 'row' });
  const build = (/** @type {Board} */ { columns, unit }) => {
    const several = columns.filter(({ kind }) => kind !== 'word').length > 1;
    node.classList.toggle('is-fixed', !several);
    const headOf =
        (/** @type {Board["columns"][number]} */ {id, label, note, kind, basis, gloss}) => {
          const told = [[basis, 'board-basis'], [gloss, 'board-basis board-gloss']].map(
              ([text, look]) => text && h('small', {class: look}, text));
          const head = {
            role: 'columnheader',
            class: kind === 'word' ? 'board-head is-word' : 'board-head',
            'data-column': id
          };
          if (kind === 'word' || !several)
            return h('div', {...head, title: note},
                h('span', {}, label,
                    kind !== 'word' && h('small', {}, desk.word('of_unit', {unit})), told));
          return h('div', head,
              h('label', {title: note},
                  h('input',
                      {type: 'radio', name, value: id, 'aria-label': '', onchange: () => pick(id)}),
                  h('span', {'aria-hidden': 'true'}, label, h('small', {}, unit), told)));
        };
    node.replaceChildren(h('div', {role: 'columnheader', class: 'board-corner'},
                             h('span', {class: 'is-heard'}, desk.word('row'))),
        h('div', {role: 'columnheader', class: 'board-scale'},
            h('span', {class: 'is-heard'}, desk.word('bars')), mark),
        ...columns.map(headOf));
  };
  /** @param {Board} board @param {string} column */
  const show = ({ answer, top_fen, rows, columns, unit }, column) => {
    for (const radio of node.querySelectorAll('input')) {
      const { label = '', basis = '' } = columns.find(({ id }) => id === radio.value) ?? {};
      const moved = radio.value !== column &&
          rows.some(({changed, cells}) => changed && cells[radio.value]?.was);
      radio.checked = radio.value === column;
      radio.ariaLabel =
          [desk.word(moved ? 'column_moved' : 'column', {label, unit}), basis].filter(Boolean).join(
              desk.word('pause'));
      const tab = radio.closest('label');
      tab?.classList.toggle('is-moved', moved);
      tab?.setAttribute('data-moved', desk.word('moved_mark'));
    }
    const place = percent(answer?.fen ?? 0, top_fen);
    mark.hidden = answer?.column !== column || Boolean(answer.row);
    mark.textContent = !answer ? '' : isTheirs(desk.model) ? desk.word('theirs') : answer.label;
    mark.style.left = `${place}%`;
    mark.dataset.side = place < 20 ? 'start' : place > 80 ? 'end' : 'middle';
  };
  return { node, build, show };
}

// How wide the columns are: amounts alike, words as their board needs.
/** @param {HTMLElement} grid @param {Board["columns"]} columns */
export function fitColumns(grid, columns) {
  grid.style.setProperty('--cells',
      columns.map(({kind}) => kind === 'word' ? 'var(--word)' : 'var(--amount)').join(' '));
  grid.style.setProperty('--columns', String(columns.length));
  grid.classList.toggle('is-said', columns.map(({ kind }) => kind).join() === 'bar,word');
  const [words, bars] =
      ['word', 'bar'].map((each) => columns.filter(({kind}) => kind === each).length);
  grid.classList.toggle('is-paired',
      bars === 1 && words > 0 && words < 3 && !columns.some((column) => column.brief) &&
          !grid.classList.contains('is-said'));
  grid.classList.toggle('is-words', columns.every(({ kind }) => kind === 'word'));
  const brief = columns.filter((column) => column.brief).length;
  grid.style.setProperty('--brief', String(brief));
  grid.classList.toggle(
      'is-brief', brief > 0 && columns.every(({kind}, n) => (kind === 'word') === n < brief));
}

// The ticks under the bars: those without room for their words are marks alone.
/** @param {Board} board @param {number} [wide] how many pixels there are for them
 * @param {number} [size] pixels of their words */
export function drawAxis({ ticks, top_fen }, wide = 0, size = 14) {
  const said = new Set(spread(ticks, top_fen, wide, size));
  return ticks.map((each) => {
    const place = percent(each.fen, top_fen);
    return h('span', {
      'data-side': place < 1 ? 'start' :
          place > 99         ? 'end' :
                               'middle',
      style: {left: `${place}%`}
    },
        said.has(each) && each.text);
  });
}

// Whether the answer came with somebody else's link.
export function isTheirs(/** @type {Model} */ model) {
  return model.get('bet').theirs && !(/** @type {any} */ (window).simlibMine);
}

// Why rows did not move with the last knob: one line a reason, with the rows it holds for.
function drawStill(/** @type {Row[]} */ rows, /** @type {Desk} */ desk) {
  /** @type {Map<string, string[]>} */
  const named = new Map();
  for (const {still, name} of rows)
    if (still) named.set(still, [...named.get(still) ?? [], name]);
  return [...named].map(
      ([reason, names]) => h('p', {}, h('b', {}, names.join(desk.word('between'))), ` ${reason}`));
}

// What the colours and marks of the bars mean that are drawn.
/** @param {Board} board @param {Row[]} rows in sight @param {string} column whose bars are drawn
 * @param {Desk} desk */
export function drawLegend({ legend, answer }, rows, column, desk) {
  const { authorities, open, ghost, own } = marked(rows, column);
  const is = { open, ghost, own, usual: rows.some(({ cells }) => cells[column]?.usual) };
  const line = (/** @type {Props} */ props, /** @type {Child} */ label, look = '') =>
      h('li', {class: look}, h('i', props), label);
  const marks =
      legend.filter(({kind, key}) => kind === 'authority' ? !key || authorities.has(key) : is[kind])
          .map(({kind, key, label}) =>
                   line({'data-kind': kind, style: key && { '--bar': colour(key, desk) }}, label));
  if (rows.some(({cells}) => cells[column]?.kept))
    marks.push(line({'data-kind': 'kept'}, desk.word('legend_kept')));
  if (rows.some(({cells}) => (cells[column]?.was?.low ?? null) !== null))
    marks.push(line({'data-kind': 'was'}, desk.word('legend_was')));
  if (answer)
    marks.push(line({'data-kind': 'answer'},
        isTheirs(desk.model) ? desk.word('theirs') : answer.label, answer.row && 'is-alone'));
  return marks;
}

/** @param {Desk} desk @returns {Part} */
export function board(desk) {
  const { model } = desk;
  const read = () => /** @type {Board} */ (model.get('board'));
  /** @type {Row[]} as they were drawn last */
  let last = [];
  let columns = '';
  let asked = '';  // the column a scene asks for
  let picked = '';
  let before = '';  // the column there was before a number was asked about: it stays beside that
  let wide = false;  // whether every row is shown
  const heads = makeHeads(desk, (column) => { picked = column; before = ''; show(); });
  const body = h('div', { class: 'board-rows', role: 'rowgroup' });
  const axis = h('div', { class: 'board-axis', 'aria-hidden': 'true' });
  const more = press(null, '', ({ detail }) => {
    wide = !wide;
    show();
    if (detail)
      return;  // a hand sees what came; the keyboard's focus is brought along, and the rows are named
    more.scrollIntoView({ block: 'nearest' });
    const names = read().rows.filter((row) => row.more).map(({name,
      form}) => form ? name + desk.word('form', {form}) : name);
    if (wide)
      window.dispatchEvent(new CustomEvent('simlib:say', {
        detail: desk.word('more_told', {n: names.length, list: names.join(desk.word('between'))})
      }));
  }, { class: 'is-quiet board-more', 'aria-expanded': 'false' });
  const legend = h('ul', { class: 'stage-legend' });
  const grid = h('div', {class: 'board-grid', role: 'table', 'aria-label': desk.word('stage')},
      heads.node, body, axis);
  const twin =
      h('div', {class: 'stage-table', hidden: true, tabindex: '0'});  // the same as a table
  const picture = h('div', { class: 'stage-picture' });
  let drawn = '';
  const scene = h('div', { class: 'stage-drawn', hidden: true });
  const film = pictureOf(desk, scene);
  const node = h('div', { class: 'stage-board' }, scene, picture, grid, twin);
  const still = h('div', { class: 'stage-still' });
  const key = h('details', { class: 'stage-key' }, h('summary', {}, desk.word('legend')), legend);
  const narrow = matchMedia('(max-width: 759px)');
  const unfold = () => { key.open = !narrow.matches; };  // on a phone it is a fold
  unfold();
  const silence = hearing([narrow, 'change', unfold]);
  const below = h('div', {class: 'stage-below'}, still, h('div', {class: 'stage-line'}, more, key));
  // A number that is asked about has its column shown until its drawer is shut.
  const turn = (/** @type {any} */ { detail: column }) => {
    if (!column && !before) return;
    [picked, before] = column ? [column, before || picked] : [before, ''];
    show();
  };
  const flip = () => {
    twin.hidden = !twin.hidden;
    grid.hidden = key.hidden = !twin.hidden;
    show();
  };
  const whole =
      h('div', {class: 'stage-figure', 'onstage:table': flip, 'onstage:turn': turn}, node, below);

  const fit = (/** @type {Board} */ now) => {
    const names = now.columns.map(({ id, label }) => id + label).join();
    if (names === columns) return;
    columns = names;
    heads.build(now);
    body.replaceChildren();
    last = [];
  };
  // Where no scale stands above the bars, the mark of the answer is named once, at the first bar
  // that has it.
  const name = (/** @type {Board} */ { answer, top_fen }) => {
    const place = percent(answer?.fen ?? 0, top_fen);
    for (const [n, mark] of /** @type {NodeListOf<HTMLElement>} */ (
             body.querySelectorAll('.bar-answer:not([hidden])'))
             .entries()) {
      mark.classList.toggle('is-named', n === 0);
      mark.dataset.label = isTheirs(model) ? desk.word('theirs') : answer?.label ?? '';
      mark.style.setProperty('--side',
          place < 25     ? '-1px' :
              place > 75 ? 'calc(1px - 100%)' :
                           '-50%');
    }
  };
  const ruler = () => {
    if (read()?.rows) axis.replaceChildren(...drawAxis(read(), axis.clientWidth));
  };
  const watcher = new ResizeObserver(ruler);
  watcher.observe(axis);
  const show = (fresh = false) => {
    const now = read();
    if (!now?.rows) return;
    fit(now);
    if (now.column !== asked) { asked = now.column; picked = now.column; }
    grid.dataset.column = picked;
    grid.classList.toggle('has-kept', Boolean(before) && before !== picked);
    fitColumns(grid, now.columns);
    if (picture.innerHTML !== now.picture && now.picture !== drawn)
      picture.innerHTML = drawn = now.picture;
    const sizes = model.get('drawn') ?? {};
    // An older drawing gives way to the new one here; the wall still shows it.
    picture.hidden = !now.picture || Boolean(sizes.wide && picture.querySelector('svg'));
    film.show(sizes.wide ? sizes : null, now.sentence);
    heads.show(now, picked);
    const shown = now.rows.filter((row) => wide || !row.more);
    draw(body, grouped(shown, shown.map((row) => drawRow(row, now, picked, now.columns, desk))));
    for (const cell of grid.querySelectorAll('[data-column]')) {
      const { column } = /** @type {HTMLElement} */ (cell).dataset;
      cell.classList.toggle('is-shown', cell.matches('.is-word') || column === picked);
      cell.classList.toggle('is-kept', Boolean(before) && before !== picked && column === before);
    }
    for (const row of fresh ? shown : []) {
      const was = row.changed && last.find(({ id }) => id === row.id);
      if (was)
        flash(/** @type {HTMLElement} */ (body.querySelector(`[data-row="${CSS.escape(row.id)}"]`)),
            row, was);
    }
    last = shown;
    name(now);
    ruler();
    still.replaceChildren(...drawStill(shown, desk));
    legend.replaceChildren(...drawLegend(
        picked === now.answer?.column ? now : {...now, answer: null}, shown, picked, desk));
    whole.dispatchEvent(new CustomEvent('stage:column', { bubbles: true, detail: picked }));
    more.hidden = !now.rows.some((row) => row.more);
    more.textContent = desk.word(wide ? 'less' : 'more');
    more.setAttribute('aria-expanded', String(wide));
    draw(twin, !twin.hidden && drawTable(now, shown, desk));
  };
  show();
  return {
    node: whole,
    on: {board: () => show(true), bet: () => show(), drawn: () => show()},
    drop: () => {
      watcher.disconnect();
      film.drop();
      silence();
    }
  };
}
