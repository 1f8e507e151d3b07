// @ts-check
// What this device has done: ticks on the lessons, and a button that leads to the next one.

const KEPT = 'simlib:progress:1';
const LAST = 'simlib:last:1';
const EXERCISES = 'simlib:exercises:1';

// What this browser keeps in a place, by lesson; nothing if it keeps none, or something else.
/** @param {string} place @returns {Record<string, unknown>} */
function stored(place) {
  try {
    const kept = JSON.parse(localStorage.getItem(place) ?? '{}');
    return kept && typeof kept === 'object' ? kept : {};
  } catch {
    return {};
  }
}

// What a lesson's progress comes to: 'done', 'started', or nothing.
function stateOf(/** @type {unknown} */ kept) {
  if (!kept || typeof kept !== 'object') return '';
  const lesson = /** @type {{bet?: unknown, tasks?: unknown, done?: unknown}} */ (kept);
  if (lesson.done === true) return 'done';
  const tasks = Array.isArray(lesson.tasks) ? lesson.tasks.length : 0;
  return lesson.bet === true || tasks > 0 ? 'started' : '';
}

// How many exercises of a lesson were answered to the end, of how many; nothing if none is known.
/** @param {string} lesson @returns {{done: number, of: number} | null} */
function exercised(lesson) {
  const topic = lesson.replace(/^\d+-/, '');
  const kept = /** @type {{records?: Record<string, any>, of?: Record<string, number>}} */ (
      stored(EXERCISES));
  const of = kept.of?.[topic] ?? 0;
  const whole = Object.values(kept.records ?? {})
                    .filter((record) => record?.topic === topic &&
                            Object.values(record.answered ?? {})
                                    .filter((/** @type {any} */ step) => step?.settled)
                                    .length >= record.steps);
  return of ? { done: Math.min(of, new Set(whole.map(({ name }) => name)).size), of } : null;
}

// What a card says of its lesson.
/** @param {string} lesson @param {string} state @param {DOMStringMap} words */
function said(lesson, state, words) {
  const { done = 0, of = 0 } = exercised(lesson) ?? {};
  if (state !== 'done' || done >= of) return words[state] ?? '';
  return (words.practise ?? '').replace('{done}', String(done)).replace('{of}', String(of));
}

// Lead a card to where the reader left its lesson.
function goOn(/** @type {HTMLAnchorElement} */ card, /** @type {unknown} */ last) {
  const link = /** @type {{link?: unknown} | undefined} */ (last)?.link;
  const to = new URL(card.href);
  for (const name of ['s', 'last']) to.searchParams.delete(name);
  if (typeof link === 'string' && link) {
    to.searchParams.set('s', link);
    to.searchParams.set('last', '1');
  }
  card.href = to.href;
}

// Lead the start button to a lesson, or to the reader's own case when all are done.
/** @param {HTMLAnchorElement | undefined} next @param {Map<HTMLAnchorElement, string>} states */
function lead(next, states) {
  const start = document.querySelector('a#start');
  const tool = document.querySelector("a.home-line:not([data-lesson])");
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

// The lesson that comes next: the one left last of those begun, or else the first that is not done.
/** @param {Map<HTMLAnchorElement, string>} states @param {Record<string, unknown>} last */
function following(states, last) {
  /** @param {HTMLAnchorElement} card */
  const left = (card) =>
      String(/** @type {{at?: unknown} | undefined} */ (last[card.dataset.lesson ?? ''])?.at ?? '');
  const begun = [...states.keys()].filter((card) => states.get(card) === 'started');
  const [latest] = begun.sort((one, other) => left(other).localeCompare(left(one)));
  return latest ?? [...states.keys()].find((card) => states.get(card) !== 'done');
}

function show() {
  const [kept, last] = [stored(KEPT), stored(LAST)];
  const words = document.getElementById('lessons')?.dataset ?? {};
  /** @type {Map<HTMLAnchorElement, string>} */
  const states = new Map();
  for (const card of document.querySelectorAll('a[data-lesson]')) {
    const line = card.querySelector('.home-state');
    if (!(card instanceof HTMLAnchorElement) || !(line instanceof HTMLElement)) continue;
    const state = stateOf(kept[card.dataset.lesson ?? '']);
    states.set(card, state);
    goOn(card, state && last[card.dataset.lesson ?? '']);
    line.hidden = !state;
    line.textContent = said(card.dataset.lesson ?? '', state, words);
    card.classList.remove('is-next');
  }
  lead(following(states, last), states);
}

/** Chinese breaks between words, as on the stage of a lesson. */
async function breakWords() {
  if (!document.documentElement.lang.startsWith('zh')) return;
  /** @type {typeof import('../../../widgets/static/stage-measures.js')} */
  const { phrases, unbroken } = await import(new URL('stage-measures.js', import.meta.url).href);
  for (const block of document.querySelectorAll('.course-home :is(h3, p)')) {
    if (block.childElementCount) continue;
    block.replaceChildren(...phrases(unbroken(block.textContent ?? ''), 'zh')
            .flatMap((each, n) => n ? [document.createElement('wbr'), each] : [each]));
    block.classList.add('is-broken');
  }
}

show();
breakWords();
addEventListener('pageshow', show);
addEventListener('storage', show);

export {};
