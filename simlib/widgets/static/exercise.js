// Exercises: questions one step after the other. Python draws the variants and marks the answers;
// here they are shown, and what the reader answered is kept in this browser and nowhere else.
// Native controls throughout, so that keyboard, screen reader and phone work as everywhere else.

import { draw, h, press, styled } from './draw.js';
import { listening, saveFile } from './lab.js';

styled('tokens.css', 'exercise.css');

// Put values into a text at their names in braces.
/** @param {string} text @param {Record<string, unknown>} values */
const fill = (text, values) =>
    text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));

const PLACE = 'simlib:exercises:1';
const FULL = 2;  // points for a step answered right at the first try

// ---------------------------------------------------------------- what this browser remembers

// Private windows may refuse storage, or have it filled: then the page's own memory serves.
function openStore() {
  let memory = null;
  const read = () => {
    if (memory) return memory;
    try {
      const held = JSON.parse(localStorage.getItem(PLACE) ?? 'null');
      return held?.records && held?.seeds ? held : { records: {}, seeds: {} };
    } catch {
      return { records: {}, seeds: {} };
    }
  };
  const write = (held) => {
    if (memory) { memory = held; return; }
    try {
      localStorage.setItem(PLACE, JSON.stringify(held));
    } catch {
      memory = held;
    }
  };
  write(read());
  return {
    read,
    change(edit) { const held = read(); edit(held); write(held); },
    get lasting() { return memory === null; },
  };
}

function totals(records) {
  const sum = { points: 0, of: 0, done: 0, first: 0 };
  for (const record of records) {
    sum.of += record.steps * FULL;
    for (const step of Object.values(record.answered)) {
      if (!step.settled) continue;
      sum.points += step.points;
      sum.done += 1;
      sum.first += step.right && step.shown.length === 1 ? 1 : 0;
    }
  }
  return sum;
}

function rows(records) {
  return records.flatMap((record) => Object.entries(record.answered).map(([step, found]) => ({
    topic: record.topic, name: record.title, seed: record.seed, step, layer: found.layer,
    answers: found.shown.join(' | '), tries: found.shown.length,
    right_first: found.right && found.shown.length === 1 ? 1 : 0,
    points: found.points, of: FULL, at: found.at,
  })));
}

// A cell that begins like a formula is made text, as in simlib/spreadsheet.py; a number stays one.
const FORMULA = /^[=+\-@\t\r＝＋－＠]/;
const NUMBER = /^[+-]?\d[\d,]*(\.\d+)?( ?(%|元|万元|亿元))?$/;
function csv(list, columns) {
  const cell = (value) => {
    const given = String(value ?? '');
    const text = FORMULA.test(given) && !NUMBER.test(given) ? `'${given}` : given;
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const keys = Object.keys(columns);
  const lines =
      [keys.map((key) => columns[key]), ...list.map((row) => keys.map((key) => row[key]))];
  return '\ufeff' + lines.map((line) => line.map(cell).join(',')).join('\r\n') + '\r\n';
}

// ---------------------------------------------------------------- the page

let serial = 0;

export function exercises({ model, el }) {
  const say = model.get('words');
  const topic = model.get('topic');
  const store = openStore();
  const cards = new Map();
  store.change((held) => {
    held.of = {...held.of, [topic]: model.get('exercises').length};
  });  // the home page counts
  const ask = (message) => model.send(message);

  const score = h('p', { class: 'simlib-score' });
  const note = h('p', { class: 'simlib-said' });
  const heard = h('p', { class: 'simlib-heard', role: 'status' });  // silent until the reader acts
  const speak = (text) => { heard.textContent = text; };
  const mine = () => Object.values(store.read().records).filter((record) => record.topic === topic);
  const tell = () => {
    const sum = totals(mine());
    score.textContent = fill(say.score, sum);
    score.hidden = sum.of === 0;  // nothing answered yet
    note.textContent = store.lasting ? '' : say.memory;
    for (const card of cards.values()) card.tell();
  };

  const seedOf = (name) => model.get('seed') ?? store.read().seeds[`${topic}/${name}`] ?? 1;
  for (const [name, title] of model.get('exercises')) {
    cards.set(name, makeCard({
      name,
      title,
      topic,
      say,
      store,
      ask,
      tell,
      speak,
      seed: seedOf(name),
      most: model.get('most')
    }));
  }
  const all = [...cards.values()];
  el.append(h('section', {class: 'simlib-lab simlib-exercises', 'aria-label': say.title},
      h('p', {class: 'simlib-hint'}, say.intro), score, all.map((card) => card.node),
      h('details', {class: 'simlib-manage'}, h('summary', {}, say.manage),
          seedBar(model, say, cards, note, speak), tools(say, store, tell)),
      note, heard));
  tell();
  all.forEach((card, n) => card.leadTo(all[n + 1]));
  all[0]?.open();

  const hear = (message) => {
    if (message.error) {
      note.textContent = message.error;
      speak(message.error);
      for (const card of cards.values()) card.release();
    }
    cards.get(message.sheet?.name)?.put(message.sheet);
    cards.get(message.verdict?.name)?.hear(message.verdict);
  };
  return listening(model, { 'msg:custom': hear });
}

// One number for the whole class: typed in, it sets every exercise to that variant.
function seedBar(model, say, cards, note, speak) {
  const most = model.get('most');
  const id = 'simlib-seed-' + serial++;
  const go = (event) => {
    event.preventDefault();
    const seed = Number(input.value);
    const known = input.value !== '' && Number.isInteger(seed) && seed >= 0 && seed <= most;
    note.textContent = known ? '' : fill(say.seed_bad, { most });
    speak(note.textContent);
    if (known) for (const card of cards.values()) card.move(seed);
  };
  const input = h('input', {
    id,
    type: 'number',
    min: 0,
    max: most,
    step: 1,
    required: true,
    'aria-describedby': `${id}-help`,
    value: [...cards.values()][0]?.seed ?? 1
  });
  return h('form', { class: 'simlib-form simlib-seed', novalidate: true, onsubmit: go }, h('label', { for: id, class: 'simlib-label' }, say.seed), input,
    h('button', { type: 'submit' }, say.seed_go), h('span', { id: `${id}-help`, class: 'simlib-help' }, fill(say.seed_help, { most })));
}

function tools(say, store, tell) {
  const all = () => rows(Object.values(store.read().records));
  const save = (kind, type, text) => press(`score-${kind}`, say[kind],
      () => saveFile({name: `simlib-exercises.${kind}`, type, text: text()}));
  let sure = false;
  const clear = ({ currentTarget: button }) => {
    if (sure) { store.change((held) => { held.records = {}; }); tell(); }
    sure = !sure;
    button.textContent = sure ? say.clear_sure : say.clear;
  };
  return h('div', {class: 'simlib-form'},
      h('div', {class: 'simlib-buttons'}, save('csv', 'text/csv', () => csv(all(), say.column)),
          save('json', 'application/json',
              () => JSON.stringify({schema: 'simlib.score/1', steps: all()}, null, 1)),
          press('score-clear', say.clear, clear)));
}

// ---------------------------------------------------------------- one exercise

function makeCard(card) {
  const { name, title, topic, say, store, ask, tell, speak } = card;
  const state = h('span', { class: 'simlib-state' });
  const body = h('div', { class: 'simlib-exercise-body' });
  const node = h('details', {
    class: 'simlib-exercise',
    'data-name': name,
    ontoggle: () => {
      if (node.open && !sheet) begin();
    }
  },
      h('summary', {}, h('span', {class: 'simlib-exercise-title'}, title), ' ', state), body);
  const facts = `simlib-facts-${serial++}`;
  let seed = card.seed;
  let sheet = null;
  let steps = new Map();
  let following = null;  // the exercise below
  let led = false;  // whether the reader, not a reload, brought us here: only then focus moves
  let arrives = false;  // at the head of an exercise whose facts are still to be read

  const at = () => `${topic}/${name}/${seed}`;
  const record = () => store.read().records[at()];
  const remember = (step, found) => store.change((held) => {
    held.records[at()] ??= { topic, name, title, seed, steps: sheet.steps.length, answered: {} };
    held.records[at()].answered[step] = found;
  });

  const begin = () => {
    sheet = null;
    body.replaceChildren(h('p', { class: 'simlib-hint' }, say.preparing));
    ask({ draw: { name, seed } });
  };
  const move = (to, byReader = false) => {
    seed = to;
    led = byReader;
    store.change((held) => { held.seeds[`${topic}/${name}`] = seed; });
    if (node.open) begin(); else sheet = null;
    tell();
  };
  const again = () => h('div', {class: 'simlib-form simlib-again'},
      h('div', {class: 'simlib-buttons'},
          press('again', say.again, () => move(seed < card.most ? seed + 1 : 0, true))));

  // When all steps are done: the exercise below, beside another variant of this one.
  const onward = () => {
    if (!following) return;
    const on = press('next', say.next, () => {
      node.open = false;
      following.visit();
    }, {class: 'is-strong'});
    body.querySelector('.simlib-again .simlib-buttons').prepend(on);
  };

  const put = (found) => {
    if (found.seed !== seed) return;
    sheet = found;
    steps = new Map();
    body.replaceChildren(h('p', {class: 'simlib-variant'}, `${say.seed} ${seed}`),
        h('div', {class: 'simlib-facts', id: facts},
            ...sheet.facts.map((text) => h('p', {}, text))),
        h('ol', {class: 'simlib-steps'}), h('div', {class: 'simlib-end'}), again());
    show(0);
  };

  const show = (n) => {
    const question = sheet.steps[n];
    const step = makeStep(question, {n: n + 1, of: sheet.steps.length, facts: n ? null : facts},
        say, speak, (given, shown) => {
          if (step.waiting)
            return;  // one answer at a time: the verdict is on the one that was sent
          led = true;
          const before = record()?.answered[question.id];
          const answers = [...(before?.answers ?? []), given];
          step.waiting = {answers, shown: [...(before?.shown ?? []), shown]};
          step.hold(say.marking);
          ask({mark: {name, seed, step: question.id, answers}});
        });
    [...steps.values()].at(-2)?.fold();  // the verdict just read stays in sight
    steps.set(question.id, step);
    body.querySelector('.simlib-steps').append(step.node);
    const before = record()?.answered[question.id];
    if (before) {
      step.fill(before.answers.at(-1));
      step.waiting = before;
      ask({ mark: { name, seed, step: question.id, answers: before.answers } });
    } else if (led && !arrives) step.focus();
    arrives = false;
  };

  const hear = (verdict) => {
    const step = steps.get(verdict.step);
    if (!sheet || verdict.seed !== seed || !step?.waiting) return;
    const { answers, shown, at: when } = step.waiting;
    step.waiting = null;
    step.fill(answers.at(-1));
    step.tell(verdict, shown);
    if (led) speak(verdict.text.join(' '));
    if (verdict.counts) {
      const { settled, right, points } = verdict;
      remember(verdict.step, { answers, shown, settled, right, points, layer: step.layer,
        at: when ?? new Date().toISOString() });
    }
    tell();
    if (!verdict.settled) { if (led) step.focus(); return; }
    const n = sheet.steps.findIndex((one) => one.id === verdict.step);
    if (n + 1 < sheet.steps.length) {
      if (!steps.has(sheet.steps[n + 1].id)) show(n + 1);
    } else
      finish(verdict);
  };

  const finish = (verdict) => {
    const sum = totals([record()]);
    const answer = h('details', { class: 'simlib-model', open: true }, h('summary', {}, say.model),
      ...verdict.model.flatMap(([head, text]) => [h('h4', {}, head), h('p', {}, text)]));
    body.querySelector('.simlib-end').replaceChildren(
      h('p', { class: 'simlib-sentence' }, fill(say.done, sum)), answer);
    [...steps.values()].at(-2)?.fold();
    onward();
    if (!led) return;
    speak([...verdict.text, fill(say.done, sum)].join(' '));
    const on =
        body.querySelector('.simlib-again [data-id=next]') ?? body.querySelector('[data-id=again]');
    on.focus({ preventScroll: true });
    on.scrollIntoView({ block: 'nearest' });
  };

  const tellState = () => {
    const held = record();
    const sum = held && totals([held]);
    if (!held && sheet && steps.size && [...steps.values()].some((step) => step.told))
      begin();  // cleared
    state.textContent = !held ? say.state_new
      : sum.done < held.steps ? say.state_part : `${sum.points} / ${sum.of}`;
    state.classList.toggle('is-done', Boolean(held) && sum.done === held.steps);
  };

  const release = () => { for (const step of steps.values()) step.waiting = null; };

  const visit = () => {
    led = true;
    arrives = !sheet;
    node.open = true;
    node.scrollIntoView({ block: 'start' });
    node.querySelector('summary').focus({ preventScroll: true });
  };

  return {
    node,
    put,
    hear,
    release,
    tell: tellState,
    move,
    visit,
    leadTo: (card) => {
      following = card;
    },
    get seed() { return seed; },
    open: () => {
      node.open = true;
    }
  };
}

// ---------------------------------------------------------------- one step

function makeStep(question, place, say, speak, answer) {
  const id = 'simlib-step-' + serial++;
  const told = h('div', { class: 'simlib-feedback' });
  const named = fill(say.step, { ...place, layer: question.layer_label });
  const head = h('span', { class: 'simlib-place' }, named);
  const asks = question.options.length > 0;
  const inputs = asks ?
      question.options.map(({key}) => h('input', {type: 'radio', name: id, value: key})) :
      [h('input', {
        type: 'text',
        inputmode: 'decimal',
        autocomplete: 'off',
        maxlength: 40,
        'aria-labelledby': `${id}-ask`,
        'aria-describedby': `${id}-help`
      })];
  const field = asks ? h('div', {class: 'simlib-answers'},
                           inputs.map((input, n) => h('label', {}, input,
                                          h('span', {}, question.options[n].label)))) :
                       h('div', {class: 'simlib-row'}, inputs, say.yuan,
                           h('span', {id: `${id}-help`, class: 'simlib-help'}, say.amount_help));
  const group = h('fieldset', {'aria-describedby': place.facts},
      h('legend', {}, head, ' ', h('span', {id: `${id}-ask`}, question.ask)), field,
      h('div', {class: 'simlib-buttons'},
          h('button', {type: 'submit', class: 'is-strong'}, say.submit)));
  const send = (event) => {
    event.preventDefault();
    const given = asks ? inputs.find((input) => input.checked)?.value : inputs[0].value.trim();
    if (given) {
      answer(given, question.options.find((option) => option.key === given)?.label ?? given);
      return;
    }
    const missing = asks ? say.choose_first : say.amount_help;
    draw(told, h('p', {}, missing));
    speak(missing);
  };
  const form = h('form', { class: 'simlib-form simlib-step', onsubmit: send }, group);
  const articles = h('div', { class: 'simlib-pane' });
  const node = h('li', { 'data-step': question.id }, form, told, articles);
  let over = null;  // how it ended: right or not, at the first try or not, and what was answered
  const outcome = ({ right, first }) => !right ? say.wrong : first ? say.right : say.right_later;
  const step = {
    node, waiting: null, told: false, layer: question.layer_label,
    focus: () => (inputs.find((input) => input.checked) ?? inputs[0]).focus(),
    fill: (given) => {
      if (!asks) inputs[0].value = given;
      else for (const input of inputs) input.checked = input.value === given;
    },
    hold: (text) => draw(told, h('p', { class: 'simlib-hint' }, text)),
    // What is over becomes one line that opens again.
    fold: () => {
      if (!over || node.querySelector('.simlib-over')) return;
      const line = h('summary', {}, markOf(over.right), outcome(over), h('span', {}, named),
          h('span', {class: 'simlib-given'}, over.shown));
      const inside = h('details', { class: 'simlib-over' }, line, ...node.childNodes);
      inside.classList.toggle('is-right', over.right);
      node.append(inside);
    },
    tell: (verdict, shown) => {
      step.told ||= verdict.counts;
      told.classList.toggle('is-right', verdict.right);
      told.classList.toggle('is-wrong', !verdict.right && verdict.counts);
      draw(told,
          verdict.text.map(
              (text, n) => h('p', {}, !n && verdict.counts && [markOf(verdict.right), ' '], text)));
      for (const input of inputs)
        input.closest('label')?.classList.toggle(
            'is-wrong', verdict.counts && !verdict.right && input.checked);
      group.disabled = verdict.settled;
      if (!verdict.settled) return;
      over = { right: verdict.right, shown: shown.at(-1), first: shown.length === 1 };
      articles.innerHTML = verdict.articles;  // written and escaped by Python
      for (const input of inputs)
        input.closest('label')?.classList.toggle('is-key', input.value === verdict.key);
    },
  };
  return step;
}

// Seen, not spoken: the sentence beside it says the same.
const markOf = (right) => h('b', { class: 'simlib-mark', 'aria-hidden': 'true' }, right ? '✓' : '✗');
