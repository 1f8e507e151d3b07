// The form: one step in sight at a time, with the tables that belong to it.

const here = new URL('.', import.meta.url);
const query = new URL(import.meta.url).search;
const at = (file) => new URL(file + query, here).href;
const { element } = await import(at('lab.js'));
const { fill } = await import(at('own-names.js'));
const { alienField, fieldsOf } = await import(at('own-fields.js'));
const { Table } = await import(at('own-rows.js'));

const COVERED = 120;  // px that bar and result line lie over, on a narrow screen
const NO_FIELDS = ['kinds', 'fact_sources'];

export function makeSteps({ context, openStatement }) {
  const { say, spec, tables } = context;
  const views = new Map();
  let now = spec.steps[0].id;
  const form = element('form', { class: 'own-form', 'aria-label': say.label });
  form.addEventListener('submit', (event) => event.preventDefault());
  const stepOf = (spot) => spec.steps.find((step) => step.tables.includes(spot[0]))?.id ?? spec.steps[0].id;

  const tabs = spec.steps.map((step, n) => {
    const button = element('button', { type: 'button', 'data-step': step.id }, element('span', { class: 'own-number', 'aria-hidden': 'true' }, String(n + 1)),
      element('span', {}, step.label), element('span', { class: 'own-badge' }));
    button.addEventListener('click', () => go(step.id, true));
    return button;
  });
  const nav = element('nav', { class: 'own-steps', 'aria-label': say.steps }, element('ol', {}, ...tabs.map((tab) => element('li', {}, tab))));

  const head = () => {
    const box = element('div', { class: 'own-head' }, ...fieldsOf('', context.draft, spec.head, context, []));
    const known = (key) => tables.has(key) || NO_FIELDS.includes(key) || spec.head.fields.some((each) => each.id === key);
    box.append(...Object.keys(context.draft).filter((key) => !known(key)).map((key) => alienField(context.draft, key, [key], context, build)));
    return box;
  };
  const table = (step, id) => {
    const view = new Table(tables.get(id), context, views.get(id)?.place, tables.get(id).label !== step.label);
    views.set(id, view);
    return view.node;
  };
  const draw = (step, n) => {
    const next = spec.steps[n + 1];
    const on = next && element('button', { type: 'button', class: 'own-next', 'data-id': 'next-step' }, fill(say.next, { step: next.label }));
    on?.addEventListener('click', () => go(next.id, true));
    const parts = step.id === 'case' ? [head()] : step.id === 'statement' ? [element('div', { class: 'own-statement' })] : step.tables.map((id) => table(step, id));
    return element('section', { class: 'own-step', 'data-step': step.id, 'aria-labelledby': `own-step-${step.id}`, hidden: step.id !== now },
      element('h2', { id: `own-step-${step.id}`, tabindex: -1 }, step.label), element('p', { class: 'own-lead' }, step.lead), ...parts, on ?? '');
  };
  const build = () => {
    const held = form.querySelector('.own-statement');
    form.replaceChildren(...spec.steps.map(draw));
    if (held) form.querySelector('.own-statement').replaceWith(held);  // an import goes on
    else openStatement(form.querySelector('.own-statement'));
    go(now, false);
    context.mark();
  };
  const go = (id, asked) => {
    now = id;
    for (const tab of tabs) {
      if (tab.dataset.step === id) tab.setAttribute('aria-current', 'step'); else tab.removeAttribute('aria-current');
    }
    for (const section of form.children) section.hidden = section.dataset.step !== id;
    if (!asked) return;
    form.querySelector(`[data-step="${id}"] > h2`).focus({ preventScroll: true });
    if (form.getBoundingClientRect().top < COVERED) form.scrollIntoView({ block: 'start' });
  };

  // ------------------------------------------------------------ problems at their fields

  const nearest = (spot) => {
    for (let length = spot.length; length > 0; length -= 1) {
      const node = form.querySelector(`[data-spot="${CSS.escape(spot.slice(0, length).join('/'))}"]`);
      if (node) return node;
    }
    return null;
  };
  const put = (problem, kind, n) => {
    const node = nearest(problem.spot);
    if (!node) return;
    const said = element('p', { class: kind, id: `${kind}-${n}` }, problem.said);
    (node.querySelector(':scope > .own-said-here') ?? node).append(said);
    if (kind === 'own-alarm' || node.matches('.own-row')) return;
    for (const control of node.querySelectorAll('input, select, textarea')) {
      control.setAttribute('aria-invalid', 'true');
      control.setAttribute('aria-describedby', said.id);
    }
  };
  const mark = (found) => {
    for (const old of form.querySelectorAll('.own-problem, .own-alarm')) old.remove();
    for (const old of form.querySelectorAll('[aria-invalid]')) { old.removeAttribute('aria-invalid'); old.removeAttribute('aria-describedby'); }
    if (!found) return;
    found.problems.forEach((problem, n) => put(problem, 'own-problem', n));
    found.warnings.forEach((problem, n) => put(problem, 'own-alarm', n));
    for (const view of views.values()) view.count(found.problems);
    for (const tab of tabs) {
      tab.lastChild.textContent = found.problems.filter(({ spot }) => stepOf(spot) === tab.dataset.step).length || '';
    }
  };
  const jump = (spot) => {
    go(stepOf(spot), false);
    views.get(spot[0])?.reveal(spot[1]);
    const exact = `[data-spot="${CSS.escape(spot.join('/'))}"]`;
    const home = views.has(spot[0]) ? nearest(spot) : form.querySelector('.own-head');
    if (!form.querySelector(exact)) home?.querySelector('.own-more')?.dispatchEvent(new Event('own:fill'));  // it lies in the fold
    context.mark();
    focusOn(nearest(spot) ?? home);
  };
  const focusOn = (node) => {
    if (!node) return;
    for (let up = node.closest('details'); up; up = up.parentElement.closest('details')) up.open = true;
    node.scrollIntoView({ block: 'center' });
    node.querySelector('input, select, textarea, summary, button')?.focus({ preventScroll: true });
  };
  return { nav, form, build, mark, jump, go };
}
