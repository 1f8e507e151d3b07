// The page around a lesson of the new frame: the bar's state, progress kept on this device, where
// the reader stopped, what a link has restored, and the folds. It runs before there is a kernel.
//
// The stage tells it by 'simlib:frame' on window ({ frame, bet, scene }; stage-mode.js sends it, and
// leaves the last in window.simlibFrame), by 'simlib:progress' and by 'simlib:state'.
'use strict';
(() => {
  const PROGRESS = 'simlib:progress:1';
  const LAST = 'simlib:last:1';
  const words = JSON.parse(document.getElementById('lesson-words').textContent);
  const { body } = document;
  const { lesson } = body.dataset;
  const opening = document.getElementById('opening');
  const bar = document.getElementById('course-header');
  const came = new URLSearchParams(location.search).get('s');  // the state this page was opened with

  const element = (tag, attributes = {}, ...children) => {
    const made = Object.assign(document.createElement(tag), attributes);
    made.append(...children);
    return made;
  };

  // ------------------------------------------------------------ what this device keeps

  function stored(place) {
    try {
      return JSON.parse(localStorage.getItem(place)) ?? {};
    } catch { return {}; }  // private window, or not ours
  }

  function store(place, value) {
    try {
      localStorage.setItem(place, JSON.stringify({ ...stored(place), [lesson]: value }));
    } catch { /* private window, or full */ }
  }

  // ------------------------------------------------------------ the bar

  // The parts of the lesson, in order; a part is on while its beginning is the last one above the
  // middle of the window.
  const PARTS = { bet: '#opening', see: '#stage', tasks: '.stage-task', depth: '#depth', exercises: '#exercises' };
  const partOf = (step) => document.querySelector(PARTS[step]);
  const shown = (node) => Boolean(node && (node.offsetParent ?? node.getClientRects().length));

  function mark() {
    const middle = innerHeight / 2;
    const atEnd = scrollY > 0 && scrollY + innerHeight >= document.documentElement.scrollHeight - 4;
    let on = 'bet';
    for (const step of Object.keys(PARTS)) {
      const part = partOf(step);
      if (shown(part) && (atEnd || part.getBoundingClientRect().top < middle)) on = step;
    }
    for (const item of bar.querySelectorAll('[data-step]')) {
      const link = item.querySelector('a');
      item.classList.toggle('is-on', item.dataset.step === on);
      if (item.dataset.step === on) link.setAttribute('aria-current', 'step'); else link.removeAttribute('aria-current');
      link.setAttribute('aria-disabled', String(item.dataset.step !== 'bet' && !shown(partOf(item.dataset.step))));
    }
  }

  let frame = 0;
  const markSoon = () => { cancelAnimationFrame(frame); frame = requestAnimationFrame(mark); };
  for (const event of ['scroll', 'resize', 'hashchange']) addEventListener(event, markSoon, { passive: true });

  bar.addEventListener('click', (event) => {
    const item = event.target.closest('[data-step]');
    if (!item) return;
    event.preventDefault();
    const part = partOf(item.dataset.step);
    if (shown(part)) goTo(part);
  });

  function tick({ bet, tasks, of, done }) {
    const ready = { bet, see: tasks.length > 0, tasks: done };
    for (const item of bar.querySelectorAll('[data-step]')) {
      const { step } = item.dataset;
      const count = step === 'tasks' && of && !ready.tasks ? `${tasks.length}/${of}` : '';
      item.classList.toggle('is-done', Boolean(ready[step]));
      const said = item.querySelector('.lesson-count');
      said.replaceChildren(ready[step] ? element('span', { ariaLabel: words.bar.done, role: 'img' }, '✓') : count);
    }
  }

  // ------------------------------------------------------------ progress

  let progress = { bet: false, tasks: [], of: 0, done: false, ...stored(PROGRESS)[lesson] };

  // The stage says how far a reader is now; what was done once stays done.
  addEventListener('simlib:progress', ({ detail }) => {
    const tasks = [...new Set([...progress.tasks, ...detail.tasks])];
    const { of } = detail;
    const next = { bet: progress.bet || detail.bet, tasks, of, done: of > 0 && tasks.length >= of };
    if (JSON.stringify(next) === JSON.stringify(progress)) return;
    progress = next;
    store(PROGRESS, progress);
    tick(progress);
  });

  // ------------------------------------------------------------ where the reader stopped

  function offerLast() {
    const last = stored(LAST)[lesson];
    if (came || typeof last?.link !== 'string' || !last.link) return;
    const href = `${location.pathname}?${new URLSearchParams({ s: last.link })}`;
    const offer = element('p', { className: 'lesson-resume' },
      element('span', {}, words.lesson.resume_note),
      element('a', { href, id: 'lesson-resume' }, words.lesson.resume));
    document.getElementById('bet').after(offer);
  }

  // The state the page was opened with is nobody's progress; what follows is.
  let begun = null;
  addEventListener('simlib:state', () => {
    const link = window.simlibState;
    begun ??= link;
    if (!link || link === begun || body.classList.contains('is-shut')) return;
    store(LAST, { link, at: new Date().toISOString() });
  });

  // ------------------------------------------------------------ what a link has restored

  // A reload, or "continue": what comes back is the reader's own.
  window.simlibMine = Boolean(came) && stored(LAST)[lesson]?.link === came;
  let restored = !came;

  function restore({ frame, bet }) {
    if (restored) return;
    restored = true;
    if (bet.open) return;
    const stage = document.getElementById('stage');
    if (window.simlibMine) {
      if (!location.hash) stage.scrollIntoView({ block: 'start', behavior: 'instant' });
      return;
    }
    const parts = [words.lesson.case.replace('{name}', frame.case)];
    if (frame.position) parts.push(words.lesson.setting.replace('{name}', frame.position));
    if (bet.theirs) parts.push(words.lesson.answer);
    const between = frame.lang === 'zh' ? '、' : ', ';
    const close = element('button', { type: 'button', ariaLabel: words.lesson.close, title: words.lesson.close }, '×');
    const mine = element('button', { type: 'button', id: 'lesson-mine' }, words.lesson.mine);
    const banner = element('div', { className: 'lesson-restored', id: 'lesson-restored', role: 'status' },
      element('p', {}, words.lesson.restored.replace('{parts}', parts.join(between))), mine, close);
    close.addEventListener('click', () => { banner.remove(); stage.focus(); });
    mine.addEventListener('click', () => { banner.remove(); answerAnew(); });
    stage.before(banner);
    if (!location.hash) requestAnimationFrame(() => banner.scrollIntoView({ block: 'start' }));
  }

  // The reader answers himself: the stage asks again, in the same setting.
  function answerAnew() {
    window.dispatchEvent(new Event('simlib:answer'));
    goTo(opening);
    document.querySelector('#bet input')?.focus({ preventScroll: true });
  }

  // ------------------------------------------------------------ what the lab says

  addEventListener('simlib:frame', ({ detail }) => {
    body.classList.remove('is-restoring', 'is-asked');
    restore(detail);
    markSoon();
  });

  addEventListener('simlib:bet', () => {
    if (!window.simlibBet.alive) body.classList.add('is-asked');  // it waits for the stage
  });

  // ------------------------------------------------------------ folds and anchors

  function goTo(node) {
    const fold = node.closest('details');
    if (fold) fold.open = true;
    node.scrollIntoView({ block: 'start' });
    if (node.tabIndex >= 0 || node.hasAttribute('tabindex')) node.focus({ preventScroll: true });
  }

  function goToHash() {
    const id = decodeURIComponent(location.hash.slice(1));
    const node = id && document.getElementById(id);
    if (!node || !node.closest('.lesson-rest') || body.classList.contains('is-shut')) return;
    const fold = node.matches('details') ? node : node.closest('details');
    if (fold) fold.open = true;
    requestAnimationFrame(() => node.scrollIntoView({ block: 'start' }));
  }

  addEventListener('hashchange', goToHash);

  // On paper a fold stands open.
  let opened = [];
  addEventListener('beforeprint', () => {
    opened = [...document.querySelectorAll('.lesson-fold:not([open])')];
    for (const fold of opened) fold.open = true;
  });
  addEventListener('afterprint', () => { for (const fold of opened) fold.open = false; });

  // ------------------------------------------------------------ Voilà's shell, the gate

  // Voilà puts the cells into a shell of its own at the end of the page; it belongs into <main>.
  const shells = new MutationObserver(() => {
    const shell = document.querySelector('body > #main.jp-LabShell');
    if (!shell) return;
    document.getElementById('rendered_cells').before(shell);
    shells.disconnect();
  });
  shells.observe(body, { childList: true });

  let shut = true;
  new MutationObserver(() => {
    if (shut === body.classList.contains('is-shut')) return;
    shut = !shut;
    markSoon();
    if (!shut) goToHash();
  }).observe(body, { attributeFilter: ['class'] });

  // ------------------------------------------------------------ presenting

  // The stage opens itself (stage-mode.js); before there is one, the wish waits.
  const TYPED = 'textarea, select, [contenteditable=true], input:not([type=range], [type=radio], [type=checkbox])';

  function present() {
    if (window.simlibFrame) { window.dispatchEvent(new Event('simlib:talk')); return; }
    window.simlibTalk = true;
    body.classList.add('is-asked');
  }

  const talk = bar.querySelector('[data-id=talk]');  // a tool has none
  talk?.addEventListener('click', present);
  if (talk) addEventListener('keydown', (event) => {
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.repeat;
    if (event.key.toLowerCase() === 'p' && plain && !event.target.closest?.(TYPED)) present();
  });

  tick(progress);
  offerLast();
  mark();
  if (window.simlibFrame) window.dispatchEvent(new CustomEvent('simlib:frame', { detail: window.simlibFrame }));
})();
