// What the draft is worth: what is wrong with it, the board of the law in force and its reasons, and
// the ways into the lessons. Beside the form on a wide screen; on a narrow one a line, and a sheet.

import { draw, h, hearing, press } from './draw.js';
import {called, fieldOf, fill, inWords, inYuan, lessonAt, moment, nameOf, sentence, soleTransfer, wordOf} from './own-names.js';
import { board } from './stage-board.js';
import { drawer } from './stage-drawer.js';

// ----------------------------------------------------------------

// What the parts of the stage ask for: a model of three traits, and words.
function makeDesk(model, say) {
  const held = {
    board: {},
    frame: {colors: model.get('colors')},
    drawer: {say: '', title: '', html: ''}
  };
  const parts = [];
  const show = (name, value) => {
    held[name] = value;
    for (const part of parts) part.on[name]?.();
  };
  return {
    model: {get: (name) => held[name]},
    word: (key, values = {}) => fill(say.stage[key] ?? key, values),
    tell: ({say: number}) => {
      if (number)
        model.send({why: number});
      else
        show('drawer', {say: '', title: '', html: ''});
    },
    parts,
    show,
  };
}

function nameOfSpot(context, spot) {
  const { say, tables, draft, spec } = context;
  const table = tables.has(spot[0]) ? spot[0] : '';
  if (table === 'parties' && spot[2] === 'name' && !inWords(draft[table]?.[spot[1]]?.name, say))
    return fill(
        say.name_of, {role: nameOf(context, table, draft[table]?.[spot[1]] ?? {}, spot[1])});
  const [n, field] = table ? [spot[1], spot[2]] : [null, spot[0]];
  const row =
      table && typeof n === 'number' ? nameOf(context, table, draft[table]?.[n] ?? {}, n) : '';
  const label = field === undefined ? '' : fieldOf(spec, table, field)?.label ?? '';
  return [table && !row ? tables.get(table).label : '', row, label].filter(Boolean).join(' · ') ||
      say.head;
}

const bare = (name) => name.replace(/\s*[（(][^（(]*[）)]$/, '');

const jumper = (context, {spot}, jump) => press(null, nameOfSpot(context, spot), () => jump(spot),
    {class: 'own-jump', title: context.say.jump});

// One problem: a jump to its field, the sentence.
const entry = (context, problem, jump) =>
    h('li', {}, jumper(context, problem, jump), h('span', {}, sentence(problem.said, context.say)));

// What is wrong, as it is heard: how much, if it is more than one thing, then where and why.
function heardOf(context, { wrong, wrongs: count }) {
  const [first] = wrong;
  const told = fill(context.say.problem_heard,
      {where: bare(nameOfSpot(context, first.spot)), said: sentence(first.said, context.say)});
  return count > 1 ?
      `${fill(context.say.problem_count, {count})}${context.say.problem_then}${told}` :
      told;
}

const technical = (say, problems) =>
    h('details', {class: 'own-technical'}, h('summary', {}, say.technical),
        h('ul', {},
            problems.map(({path, code, file}) => h('li', {},
                             h('code', {}, fill(say.technical_file, {path, code, said: file}))))));

// What is not written yet: its name is enough.
function drawLacks(context, { lacks, wrongs }, jump) {
  const { say } = context;
  return lacks.length > 0 && [
    h('h2', {}, fill(say.missing_count, {count: lacks.length})),
    !wrongs && h('p', {}, say.missing_lead),
    h('ul', {}, lacks.map((each) => h('li', {}, jumper(context, each, jump))))
  ];
}

// The same as it is heard.
function lackingOf(context, { lacks }) {
  const { say } = context;
  return fill(say.missing_heard, {
    count: fill(say.missing_count, {count: lacks.length}),
    list: lacks.map(({spot}) => bare(nameOfSpot(context, spot))).join(say.missing_between)
  });
}

// The page itself put all the money into one account: said as long as nothing else is.
function drawAssumed(context, jump) {
  const { say, draft, spec } = context;
  const n = soleTransfer(draft);
  if (n < 0) return [];
  const { amount_fen: amount, payee } = draft.transfers[n];
  const step = spec.steps.find(({ tables }) => tables.includes('transfers'));
  return [
    fill(say.assumed,
        {amount: inYuan(amount, say), account: called(context, payee), step: step.label}),
    ' ', press('assumed-go', say.assumed_go, () => jump(['transfers', n, 'payee']))
  ];
}

function drawProblems(context, { wrong: problems, wrongs: count }, jump) {
  const { say } = context;
  return count > 0 && [
    h('h2', {}, fill(say.problem_count, {count})), h('p', {}, say.problem_lead),
    h('ol', {}, problems.map((each) => entry(context, each, jump))),
    count > problems.length &&
        h('p', {}, fill(say.more_problems, {count: count - problems.length})),
    technical(say, problems)
  ];
}

function drawLabs(model, say, {lab, shut}, wrongs) {
  const closed = (id) => ({role: 'link', 'aria-disabled': 'true', 'aria-describedby': id});
  const link = ([name, no, title], first) => {
    const why = lab && shut[name];
    const opens = lab && !why;
    return [
      h('a', {
        href: opens ? lessonAt(name, lab) : null,
        class: first ? 'own-first' : null,
        ...(opens ? {} : closed(why ? `own-shut-${no}` : 'own-labs-shut'))
      },
          first ? fill(say.labs, {no}) : `${no}　${title}`),
      why && h('p', {class: 'own-help', id: `own-shut-${no}`}, why)
    ];
  };
  const [first, ...others] = model.get('labs');
  return [
    link(first, true),
    !lab &&
        h('p', {class: 'own-help', id: 'own-labs-shut'}, wrongs ? say.labs_shut : say.labs_missing),
    h('details', {class: 'own-others'}, h('summary', {}, say.labs_more),
        h('ul', {}, others.map((each) => h('li', {}, link(each, false)))))
  ];
}

// `root` is the whole editor: the drawer of reasons hears the numbers in it.
export function makeResult({ model, context, root, jump, keep }) {
  const { say } = context;
  const desk = makeDesk(model, say);
  const figure = board(desk);
  const why = drawer(desk, root);
  desk.parts.push(figure, why);
  const list = h('section', { class: 'own-list', 'aria-label': say.problems });
  const lacks = h('section', { class: 'own-lacks' });
  const alarms = h('section', { class: 'own-alarms', 'aria-label': say.warnings });
  const title = h('p', { class: 'own-stale' });
  const sentence = h('p', { class: 'own-sentence' });
  const assumed = h('p', { class: 'own-assumed' });
  const pane = h('section', {class: 'own-preview stage-main', 'aria-label': say.preview},
      h('h2', {}, say.preview), title, lacks, sentence, assumed, figure.node);
  const labs = h('section', { class: 'own-labs', 'aria-label': fill(say.labs_more, {}) });
  const status = h('p', { role: 'status', class: 'own-status' });
  const close = h(
      'button', {type: 'button', class: 'own-close', 'data-id': 'sheet-close'}, say.preview_close);
  const side = h('aside', {class: 'own-side', id: 'own-side', 'aria-label': say.preview}, close,
      list, alarms, pane, labs, keep);
  const line = makeLine(say, side, close);
  figure.node.addEventListener('change', ({target}) => {
    if (target.matches('.board-head input'))
      status.textContent = fill(say.column_shown, {label: target.getAttribute('aria-label')});
  });

  const show = (found) => {
    const { wrongs, lacks: missing, result } = found;
    draw(list, drawProblems(context, found, jump));
    draw(lacks, drawLacks(context, found, jump));
    draw(alarms, found.warnings.length > 0 && [
      h('h2', {}, say.warnings), h('p', {}, say.warning_lead),
      h('ul', {}, found.warnings.map((each) => entry(context, each, jump)))
    ]);
    if (result?.board) desk.show('board', result.board);
    title.textContent = wrongs ? say.preview_wait : '';
    figure.node.hidden = !result?.board;  // what cannot be decided has no number
    if (!result) desk.show('drawer', { say: '', title: '', html: '' });
    sentence.textContent = result ? result.refused || result.board.sentence : '';
    draw(assumed, result?.board && drawAssumed(context, jump));
    draw(labs, drawLabs(model, say, found, wrongs));
    const said = wrongs ? fill(say.problem_count, {count: wrongs}) :
        missing.length  ? fill(say.missing_count, {count: missing.length}) :
                          result?.line ?? '';
    status.textContent = wrongs ? heardOf(context, found) :
        missing.length          ? lackingOf(context, found) :
                                  said;
    line.show(said, wrongs > 0);
  };
  return {
    side,
    line: line.node,
    status,
    drawer: why.node,
    show,
    close: line.close,
    why: (found) => desk.show('drawer', found)
  };
}

// On a narrow screen: one line that stays in sight, and opens the rest as a sheet.
function makeLine(say, side, closer) {
  const words = h('span', {});
  const node = press('own-line', [words, h('small', {}, say.preview_open)],
      () => open(!side.classList.contains('is-open')),
      {class: 'own-line', 'aria-expanded': 'false', 'aria-controls': 'own-side'});
  const open = (on) => {
    side.classList.toggle('is-open', on);
    node.setAttribute('aria-expanded', String(on));
    if (on) closer.focus({ preventScroll: true });
  };
  const close = () => {
    if (side.classList.contains('is-open')) {
      open(false);
      node.focus({preventScroll: true});
    }
  };
  closer.addEventListener('click', close);
  side.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || event.defaultPrevented || !side.classList.contains('is-open'))
      return;
    event.preventDefault();
    close();
  });
  const show = (said, wrong) => {
    words.textContent = said;
    node.classList.toggle('is-wrong', wrong);
  };
  return { node, show, close };
}

// ----------------------------------------------------------------
// What is printed of a case: parties, transfers, loss, who owes what. Drawn when the page is printed,
// and shown only on paper.

const money = (fen, say) => (Number.isInteger(fen) ? inYuan(fen, say) : say.unknown);

function table(heads, rows, amounts = []) {
  const cell = (tag, text, n) => h(tag,
      {class: amounts.includes(n) ? 'is-amount' : null, scope: tag === 'th' ? 'col' : null}, text);
  return h('table', {}, h('thead', {}, h('tr', {}, ...heads.map((text, n) => cell('th', text, n)))),
      h('tbody', {},
          ...rows.map((row) => h('tr', {}, ...row.map((text, n) => cell('td', text, n))))));
}

export function makeSheet(context) {
  const { say, spec } = context;
  const node = h('section', { class: 'own-sheet', 'aria-hidden': 'true' });
  const steps = new Map(spec.steps.map((step) => [step.id, step.label]));
  const label = (of, field) => fieldOf(spec, of, field)?.label ?? '';
  const rows = (of) =>
      (Array.isArray(context.draft[of]) ? context.draft[of] : []).map((row) => row ?? {});
  // A fact, and of what kind it is where somebody has said so.
  const fact = (text, kind) => (
      text && kind ? fill(say.of_kind, {text, kind: new Map(spec.kinds).get(kind) ?? kind}) : text);

  const facts = () => {
    const { draft } = context;
    const loss = money(draft.loss_fen, say);
    const found = [
      ['acted_on', draft.acted_on ?? say.unknown],
      [
        'claimant',
        called(context, draft.claimant ?? rows('parties').find(({role}) => role === 'victim')?.id)
      ],
      ['loss_fen', loss],
      ...(draft.recovered_fen ? [['recovered_fen', money(draft.recovered_fen, say)]] : [])
    ];
    return h('dl', {}, ...found.flatMap(([id,
      text]) => [h('dt', {}, label('', id)), h('dd', {}, fact(text, draft.kinds?.[id]))]));
  };
  const parties = () =>
      table(['name', 'role', 'act', 'grade', 'sued', 'loss_fen'].map((id) => label('parties', id)),
          rows('parties').map(
              (row, n) => [nameOf(context, 'parties', row, n),
                  ...['role', 'act', 'grade'].map(
                      (id) => fact(wordOf(context, 'parties', id, row[id]), row.kinds?.[id])),
                  ['victim', 'unknown'].includes(row.role) ? '' :
                      row.sued === false                   ? say.no :
                                                             say.yes,
                  Number.isInteger(row.loss_fen) ? inYuan(row.loss_fen, say) : '']),
          [5]);
  const transfers = () =>
      table(['at', 'payer', 'payee', 'amount_fen'].map((id) => label('transfers', id)),
          rows('transfers')
              .map((row) => [moment(row.at), called(context, row.payer), called(context, row.payee),
                       money(row.amount_fen, say)]),
          [3]);
  const owed = ({ board, refused }) => {
    if (!board) return [h('p', {}, refused)];
    const { columns, unit } = board;
    return [
      h('p', {}, board.sentence),
      table(
          [
            steps.get('parties'),
            ...columns.map((column) => `${column.label}${say.lang === 'zh' ? '（' : ' ('}${unit}${
                               say.lang === 'zh' ? '）' : ')'}`),
            ''
          ],
          board.rows.map(
              (row) => [row.name, ...columns.map(({id}) => row.cells[id]?.text ?? ''), row.note]),
          [1, 2, 3])
    ];
  };
  const open = ({wrongs, lacks}) => [h('p', {},
      wrongs ? fill(say.problem_count, {count: wrongs}) :
               fill(say.missing_count, {count: lacks.length}))];

  const show = () => {
    const { draft, found } = context;
    node.replaceChildren(h('h1', {}, inWords(draft.title, say) || say.label),
        h('p', {class: 'own-material'}, say.stage.material),
        h('p', {}, inWords(draft.summary, say)), facts(), h('h2', {}, steps.get('parties')),
        parties(), h('h2', {}, steps.get('money')), transfers(), h('h2', {}, say.preview),
        ...(found?.result ? owed(found.result) :
                found     ? open(found) :
                            []));
  };
  return { node, drop: hearing([window, 'beforeprint', show]) };
}
