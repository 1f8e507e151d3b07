// The form: one step in sight at a time, with the tables that belong to it.

import { h, press } from './draw.js';
import { fieldOf, fill, inYuan, lessonAt, sentence, wordOf, follow, leaving } from './own-names.js';
import { alienField, fieldsOf, makeControl } from './own-fields.js';
import { Table } from './own-rows.js';

const COVERED = 120;  // px that bar and result line lie over, on a narrow screen
const LAST = 'settings';  // the step after which a case is whole: what follows only spares typing
const NO_FIELDS = ['kinds', 'fact_sources'];
const NAMED =
    ['victim', 'helper'];  // who is named where the case is told; the rest of them has its own step

// `first`: the step that is asked for, if it is one; the first of all otherwise.
export function makeSteps({ context, openStatement, first }) {
  const { say, spec, tables } = context;
  const views = new Map();
  let now = (spec.steps.find((step) => step.id === first) ?? spec.steps[0]).id;
  const form = h('form',
      {class: 'own-form', 'aria-label': say.label, onsubmit: (event) => event.preventDefault()});
  const isNamed = (spot) => spot[2] === 'name' &&
      Boolean(form.querySelector(`.own-head [data-spot="${spot.join('/')}"]`));
  const stepOf = (spot) => isNamed(spot) ?
      spec.steps[0].id :
      spec.steps.find((step) => step.tables.includes(spot[0]))?.id ?? spec.steps[0].id;

  const tabs = spec.steps.map((step, n) => press(null,
                                  [
                                    h('span', {class: 'own-number', 'aria-hidden': 'true'}, n + 1),
                                    h('span', {}, step.label), h('span', {class: 'own-badge'})
                                  ],
                                  () => go(step.id, true), {'data-step': step.id}));
  const nav = h('nav', {class: 'own-steps', 'aria-label': say.steps},
      h('ol', {}, ...tabs.map((tab) => h('li', {}, tab))));
  // Where steps are numbers alone: which of how many this is, and what comes next.
  const place = h('p', { class: 'own-place', 'aria-hidden': 'true' });
  nav.append(place);

  const names = () => NAMED.flatMap((role) => {
    const rows = Array.isArray(context.draft.parties) ? context.draft.parties : [];
    const n = rows.findIndex((row) => row?.role === role);
    const label = fill(say.name_of, { role: wordOf(context, 'parties', 'role', role) });
    return n < 0 ? [] : [makeControl('parties', rows[n],
                            {...fieldOf(spec, 'parties', 'name'), label}, context, ['parties', n])];
  });
  // What was said of the same things in another step.
  const renew = (id) => {
    for (const table of spec.steps.find((step) => step.id === id).tables) views.get(table)?.draw();
    if (id !== spec.steps[0].id) return;
    for (const old of form.querySelectorAll('.own-head [data-spot$="/name"]')) old.remove();
    form.querySelector('.own-head [data-id=title]').after(...names());
  };
  const head = () => {
    const box =
        h('div', {class: 'own-head'}, ...fieldsOf('', context.draft, spec.head, context, []));
    const known = (key) => tables.has(key) || NO_FIELDS.includes(key) ||
        spec.head.fields.some((each) => each.id === key);
    box.querySelector('[data-id=title]').after(...names());
    box.append(...Object.keys(context.draft)
            .filter((key) => !known(key))
            .map((key) => alienField(context.draft, key, [key], context, build)));
    return box;
  };
  const table = (step, id) => {
    const view = new Table(
        tables.get(id), context, views.get(id)?.place, tables.get(id).label !== step.label);
    views.set(id, view);
    return view.node;
  };
  const draw = (step, n) => {
    const next = spec.steps[n + 1];
    const onward = () => {
      go(next.id, true);
      const lacking = lackingIn(step.id);
      if (lacking) context.speak(fill(say.missing_step, { step: step.label, count: lacking }));
    };
    const lesson = step.id === LAST &&
        h('a', {class: 'own-next own-strong own-open', 'data-id': 'open-lesson', hidden: true},
            fill(say.labs, {no: context.labs[0][1]}));
    const parts = step.id === 'case' ? [head()] :
        step.id === 'statement'      ? [h('div', {class: 'own-statement'})] :
                                       step.tables.map((id) => table(step, id));
    return h('section', {
      class: 'own-step',
      'data-step': step.id,
      'aria-labelledby': `own-step-${step.id}`,
      hidden: step.id !== now
    },
        h('h2', {id: `own-step-${step.id}`, tabindex: -1}, step.label),
        h('p', {class: 'own-lead'}, step.lead), parts, lesson,
        next &&
            press('next-step', fill(say.next, {step: next.label}), onward,
                {class: 'own-next own-strong'}));
  };
  // How much of a step is not written yet.
  const lackingIn = (id) => (context.found?.problems ?? [])
                                .filter(({spot, missing}) => missing && stepOf(spot) === id)
                                .length;
  const build = () => {
    const held = form.querySelector('.own-statement');
    form.replaceChildren(...spec.steps.map(draw));
    if (held) {  // an import goes on
      form.querySelector('.own-statement').replaceWith(held);
      held.dispatchEvent(new Event('own:built'));
    } else openStatement(form.querySelector('.own-statement'));
    go(now, false);
    context.mark();
  };
  const go = (id, asked) => {
    const other = id !== now;
    if (other) renew(id);
    now = id;
    for (const tab of tabs) {
      if (tab.dataset.step === id)
        tab.setAttribute('aria-current', 'step');
      else
        tab.removeAttribute('aria-current');
    }
    const n = spec.steps.findIndex((step) => step.id === id);
    const next = spec.steps[n + 1];
    place.textContent = fill(next ? say.at_step : say.at_last,
        {n: n + 1, of: spec.steps.length, step: next?.label ?? ''});
    for (const section of form.children) section.hidden = section.dataset.step !== id;
    if (other) context.mark();
    if (!asked) return;
    toGap(id);
    form.querySelector(`[data-step="${id}"] > h2`).focus({ preventScroll: true });
    if (form.getBoundingClientRect().top < COVERED) form.scrollIntoView({ block: 'start' });
  };

  // Of a step that is gone to, the row stands open in which something is lacking.
  const toGap = (id) => {
    const { tables: mine } = spec.steps.find((step) => step.id === id);
    const gap = context.found?.problems.find(
        ({spot}) => mine.includes(spot[0]) && typeof spot[1] === 'number' && !isNamed(spot));
    if (!gap || views.get(gap.spot[0]).place.open.size) return;
    views.get(gap.spot[0]).reveal(gap.spot[1]);
    context.mark();
  };
  // A whole case leads into the lesson, and what else there is comes second.
  const lead = ({ lab }) => {
    for (const open of form.querySelectorAll('[data-id=open-lesson]')) {
      open.hidden = !lab;
      if (lab) open.href = lessonAt(context.labs[0][0], lab);
      open.parentElement.querySelector('[data-id=next-step]')?.classList.toggle('own-strong', !lab);
    }
  };

  // ------------------------------------------------------------ the loss and the transfers

  // One transfer can be put right at once; of several nobody knows which, so the way leads there.
  const remedy = () => {
    const { draft } = context;
    const own = leaving(draft);
    const step = spec.steps.find(({ tables: ids }) => ids.includes('transfers'));
    if (!own.length) return '';
    if (own.length > 1)
      return h('p', {class: 'own-remedy'}, fill(say.transfers_there, {step: step.label}),
          press('to-transfers', say.transfers_go, () => jump(['transfers', own[0], 'amount_fen'])));
    return h('p', {class: 'own-remedy'},
        press(
            'transfers-follow', fill(say.transfers_set, {sum: inYuan(draft.loss_fen, say)}), () => {
              context.change((held) => {
                follow(held, own[0]);
              });
              followed();
              form.querySelector('[data-spot="loss_fen"] input').focus();
            }));
  };
  // The transfer has gone along with the loss: said at the loss, with the way back.
  const followed = () => {
    views.get('transfers').draw();
    unfollowed();
    form.querySelector('[data-spot="loss_fen"]')
        .append(h('p', {class: 'own-remedy own-followed', role: 'status'},
            fill(say.followed, {sum: inYuan(context.draft.loss_fen, say)}),
            press('undo-follow', say.undo, () => {
              context.undo();
              form.querySelector('[data-spot="loss_fen"] input').focus();
            })));
  };
  const unfollowed = () => form.querySelector('.own-followed')?.remove();

  // ------------------------------------------------------------ problems at their fields

  const nearest = (spot) => {
    for (let length = spot.length; length > 0; length -= 1) {
      const nodes = [...form.querySelectorAll(
          `[data-spot="${CSS.escape(spot.slice(0, length).join('/'))}"]`)];
      if (nodes.length) return nodes.find((each) => !each.closest('.own-step').hidden) ?? nodes[0];
    }
    return null;
  };
  const put = (problem, kind, n) => {
    const node = nearest(problem.spot);
    if (!node) return;
    const said = h('p', { class: kind, id: `${kind}-${n}` }, sentence(problem.said, say));
    (node.querySelector(':scope > .own-said-here') ?? node)
        .append(said, ...(problem.code === 'transfers-sum' ? [remedy()] : []));
    if (kind === 'own-alarm' || node.matches('.own-row')) return;
    for (const control of node.querySelectorAll('input, select, textarea')) {
      control.setAttribute('aria-invalid', 'true');
      control.setAttribute('aria-describedby', said.id);
    }
  };
  // Whatever is pointed at may be called otherwise now.
  const rename = () => {
    for (const select of form.querySelectorAll('.own-pointer select, .own-place select'))
      select.dispatchEvent(new Event('own:names'));
  };
  const mark = (found) => {
    for (const old of form.querySelectorAll(
             '.own-problem, .own-alarm, .own-remedy:not(.own-followed)'))
      old.remove();
    for (const old of form.querySelectorAll('[aria-invalid]')) {
      old.removeAttribute('aria-invalid');
      old.removeAttribute('aria-describedby');
    }
    if (!found) return;
    lead(found);
    found.wrong.forEach((problem, n) => put(problem, 'own-problem', n));
    found.warnings.forEach((problem, n) => put(problem, 'own-alarm', n));
    for (const view of views.values()) view.count(found.problems);
    for (const tab of tabs) {
      const mine = found.problems.filter(({ spot }) => stepOf(spot) === tab.dataset.step);
      tab.lastChild.textContent = mine.length || '';
      const lacking = mine.every(({ missing }) => missing);
      tab.lastChild.classList.toggle('is-lacking', lacking);
      const told = fill(lacking ? say.missing_count : say.problem_count, { count: mine.length });
      if (mine.length)
        tab.setAttribute('aria-label',
            `${tab.children[1].textContent}${say.lang === 'zh' ? '，' : ', '}${told}`);
      else
        tab.removeAttribute('aria-label');
    }
  };
  const jump = (spot) => {
    go(stepOf(spot), false);
    if (!isNamed(spot)) views.get(spot[0])?.reveal(spot[1]);
    const exact = `[data-spot="${CSS.escape(spot.join('/'))}"]`;
    const home =
        views.has(spot[0]) || isNamed(spot) ? nearest(spot) : form.querySelector('.own-head');
    if (!form.querySelector(exact))
      home?.querySelector('.own-more')
          ?.dispatchEvent(new Event('own:fill'));  // it lies in the fold
    context.mark();
    focusOn(nearest(spot) ?? home);
  };
  const focusOn = (node) => {
    if (!node) return;
    if (node.closest('.own-twin')) context.twins(true);
    for (let up = node.closest('details'); up; up = up.parentElement.closest('details'))
      up.open = true;
    node.scrollIntoView({ block: 'center' });
    node.querySelector('input, select, textarea, summary, button')?.focus({ preventScroll: true });
  };
  return { nav, form, build, mark, rename, jump, go, followed, unfollowed };
}
