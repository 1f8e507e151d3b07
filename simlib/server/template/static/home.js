// @ts-check
// What this device has done: ticks on the lessons, and a button that leads to the next one.

const KEPT = 'simlib:progress:1';

/** The progress this browser keeps, by lesson; none if it keeps none, or something else.
 * @returns {Record<string, unknown>} */
function progress() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEPT) ?? '{}');
    return kept && typeof kept === 'object' ? kept : {};
  } catch {
    return {};
  }
}

/** What a lesson's progress comes to: 'done', 'started', or nothing.
 * @param {unknown} kept */
function stateOf(kept) {
  if (!kept || typeof kept !== 'object') return '';
  const lesson = /** @type {{bet?: unknown, tasks?: unknown, done?: unknown}} */ (kept);
  if (lesson.done === true) return 'done';
  const tasks = Array.isArray(lesson.tasks) ? lesson.tasks.length : 0;
  return lesson.bet === true || tasks > 0 ? 'started' : '';
}

/** Lead the start button to a lesson, or to the reader's own case when all are done.
 * @param {HTMLAnchorElement | undefined} next
 * @param {Map<HTMLAnchorElement, string>} states */
function lead(next, states) {
  const start = document.querySelector('a#start');
  const tool = document.querySelector("a.home-card[href*='/voila/render/']:not([data-lesson])");
  if (!(start instanceof HTMLAnchorElement)) return;
  const words = start.dataset;
  const begun = [...states.values()].some(Boolean);
  if (next) {
    const say = states.get(next) ? words.goOn : begun ? words.next : words.start;
    start.textContent = (say ?? '').replace('{no}', next.dataset.no ?? '');
    start.href = next.href;
    next.classList.add('is-next');
  } else if (tool instanceof HTMLAnchorElement) {
    start.textContent = words.all ?? '';
    start.href = tool.href;
  }
}

function show() {
  const kept = progress();
  const words = document.getElementById('lessons')?.dataset ?? {};
  /** @type {Map<HTMLAnchorElement, string>} */
  const states = new Map();
  for (const card of document.querySelectorAll('a[data-lesson]')) {
    const said = card.querySelector('.home-state');
    if (!(card instanceof HTMLAnchorElement) || !(said instanceof HTMLElement)) continue;
    const state = stateOf(kept[card.dataset.lesson ?? '']);
    states.set(card, state);
    said.hidden = !state;
    said.textContent = words[state] ?? '';
    card.classList.remove('is-next');
  }
  lead([...states.keys()].find((card) => states.get(card) !== 'done'), states);
}

show();
addEventListener('pageshow', show);
addEventListener('storage', show);

export {};
