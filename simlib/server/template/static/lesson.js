// @ts-check
// The page around a lesson of the new frame: the bar's state, progress kept on this device, where
// the reader stopped, what a link has restored, and the folds. It runs before there is a kernel.
//
// The stage tells it by 'simlib:frame' on window ({ frame, bet, scene }; stage-mode.js sends it, and
// leaves the last in window.simlibFrame), by 'simlib:progress' and by 'simlib:state'.
'use strict';
(() => {
  /** @typedef {{bet: boolean, tasks: string[], of: number, done: boolean}} Progress */
  /** @typedef {{frame: {versus: string, home: string, own: boolean, only: string, case: string, position: string, changed: string[], lang: string}, bet: {open: boolean, theirs: boolean}, scene: {id: string}}} Told */

  const PROGRESS = 'simlib:progress:1';
  const LAST = 'simlib:last:1';
  const LAND = 'stage';  // in an address: the reader begins at the stage
  const page = /** @type {any} */ (window);
  const words = JSON.parse(byId('lesson-words').textContent ?? '');
  const { body } = document;
  const lesson = body.dataset.lesson ?? '';
  const opening = byId('opening');
  const bar = byId('course-header');
  const steps = /** @type {HTMLElement[]} */ ([...bar.querySelectorAll('[data-step]')]);
  const asked = new URLSearchParams(location.search);
  const came = asked.get('s') || page.simlibFragment;  // the state this page was opened with

  function byId(/** @type {string} */ id) {
    return /** @type {HTMLElement} */ (document.getElementById(id));
  }

  /** @param {string} tag @param {Record<string, string>} attributes
   * @param {(Node | string)[]} children */
  function element(tag, attributes, ...children) {
    const made = Object.assign(document.createElement(tag), attributes);
    made.append(...children);
    return made;
  }

  function hear(/** @type {string} */ event, /** @type {(detail: any) => void} */ act) {
    addEventListener(event, (heard) => act(/** @type {CustomEvent} */ (heard).detail));
  }

  /** Chinese breaks between words, and a number stays with its unit, where the browser can tell words. */
  function breakStory() {
    if (!('Segmenter' in Intl)) return;
    const words = new Intl.Segmenter('zh', { granularity: 'word' });
    for (const block of opening.querySelectorAll('.lesson-story :is(h1, p)')) {
      if (block.childElementCount) continue;
      const said = (block.textContent ?? '')
                       .split(/(\p{Script=Han}某)/u)
                       .flatMap((part) => part.endsWith('某') ?
                               [part] :
                               [...words.segment(part)].map(({segment}) => segment));
      block.replaceChildren(...said.flatMap(
          (word, n) =>
              n && word.length > 1 && !/[第（「『《]$/.test(said[n - 1]) ? [element('wbr', {}), word] : [word]));
    }
  }
  if (document.documentElement.lang.startsWith('zh')) breakStory();

  /** Numbers and articles are kept whole, wherever on the page they come from. */
  async function holdLines() {
    const here = /** @type {HTMLScriptElement} */ (document.currentScript).src;
    /** @type {typeof import('../../../widgets/static/stage-lines.js')} */
    const lines = await import(new URL('stage-lines.js', here).href);
    lines.holdLines(body);
  }
  void holdLines();

  // ------------------------------------------------------------ what this device keeps

  /** @param {string} place @returns {Record<string, any>} */
  function stored(place) {
    try {
      return JSON.parse(localStorage.getItem(place) ?? '{}') ?? {};
    } catch { return {}; }  // private window, or not ours
  }

  function store(/** @type {string} */ place, /** @type {unknown} */ value) {
    try {
      localStorage.setItem(place, JSON.stringify({ ...stored(place), [lesson]: value }));
    } catch { /* private window, or full */ }
  }

  // ------------------------------------------------------------ the bar

  // The parts of the lesson, in order; a part is on while its beginning is the last one above the
  // middle of the window.
  /** @type {Record<string, string>} */
  const PARTS =
      {bet: '#opening', see: '#stage', tasks: '#tasks', depth: '#depth', exercises: '#exercises'};
  const partOf = (/** @type {string} */ step) => {
    if (step === 'tasks' && page.simlibFrame && !page.simlibFrame.scene.id)
      return null;  // another case has none
    const part = /** @type {HTMLElement | null} */ (document.querySelector(PARTS[step]));
    return part?.getClientRects().length ? part : null;  // what is hidden is not there
  };
  const stepOf = (/** @type {HTMLElement} */ item) => item.dataset.step ?? '';

  let trying = false;  // a task was begun

  /** Whether the focus is at the tasks or their summary, in sight. */
  function isAtTasks() {
    const held = document.activeElement?.closest('#tasks, #ending')?.getBoundingClientRect();
    return Boolean(held && held.bottom > bar.offsetHeight && held.top < innerHeight);
  }

  function mark() {
    const atEnd = scrollY > 0 && scrollY + innerHeight >= document.documentElement.scrollHeight - 4;
    let on = 'bet';
    for (const step of Object.keys(PARTS)) {
      const part = step === 'tasks' ? null : partOf(step);  // the card stands on the stage
      if (part && (atEnd || part.getBoundingClientRect().top < innerHeight / 2)) on = step;
    }
    if (on === 'see' && trying || isAtTasks()) on = 'tasks';
    for (const item of steps) {
      const link = /** @type {HTMLElement} */ (item.querySelector('a'));
      item.classList.toggle('is-on', stepOf(item) === on);
      if (stepOf(item) === on)
        link.setAttribute('aria-current', 'step');
      else
        link.removeAttribute('aria-current');
      const shut = stepOf(item) !== 'bet' && !partOf(stepOf(item));
      link.setAttribute('aria-disabled', String(shut));
      if (shut) link.tabIndex = -1; else link.removeAttribute('tabindex');
    }
  }

  let turn = 0;
  const markSoon = () => { cancelAnimationFrame(turn); turn = requestAnimationFrame(mark); };
  for (const event of ['scroll', 'resize', 'hashchange', 'focusin'])
    addEventListener(event, markSoon, {passive: true});

  for (const item of steps) {
    item.addEventListener('click', (event) => {
      event.preventDefault();
      const part = partOf(stepOf(item));
      if (part) goTo(part);
    });
  }

  function tick(/** @type {Progress} */ { bet, tasks, of, done }) {
    const open = !body.classList.contains('is-shut') || body.classList.contains('is-restoring');
    /** @type {Record<string, boolean>} */
    const ready = {
      bet: bet && !body.classList.contains('is-shut'),
      see: open && tasks.length > 0,
      tasks: open && done
    };
    for (const item of steps) {
      const is = Boolean(ready[stepOf(item)]);
      const count = stepOf(item) === 'tasks' && of && !is ? `${open ? tasks.length : 0}/${of}` : '';
      item.classList.toggle('is-done', is);
      item.querySelector('.lesson-count')
          ?.replaceChildren(is ? element('span', {ariaLabel: words.bar.done, role: 'img'}, '✓') :
                                 count);
    }
  }

  // ------------------------------------------------------------ progress

  /** @type {Progress} */
  let progress = { bet: false, tasks: [], of: 0, done: false, ...stored(PROGRESS)[lesson] };

  // The lesson was begun anew: the bar counts from there, what was done before stays done at home.
  const anew = !came && progress.bet && !stored(LAST)[lesson]?.link;
  let counted = anew ? { ...progress, tasks: [], done: false } : progress;

  /** @type {string[] | null} What somebody else did, whose link this page was opened with. */
  let foreign = null;

  // The stage says how far a reader is now; what was done once stays done, what was skipped is not.
  hear('simlib:progress',
      (/** @type {{bet: boolean, tasks: string[], of: number, trying: boolean}} */ {
        bet,
        tasks,
        of,
        trying: now
      }) => {
        trying = now;
        markSoon();
        foreign = (foreign ?? (came && !page.simlibMine ? tasks : []))
                      .filter((task) => tasks.includes(task));
        const own = tasks.filter((task) => !foreign?.includes(task));
        const past = [...new Set([...progress.tasks, ...own])];
        const known = progress.bet || bet;
        const next = {bet: known, tasks: past, of, done: known && of > 0 && past.length >= of};
        counted = anew ? {bet: known, tasks: own, of, done: of > 0 && own.length >= of} : next;
        tick(counted);
        if (JSON.stringify(next) === JSON.stringify(progress)) return;
        progress = next;
        store(PROGRESS, progress);
      });

  // ------------------------------------------------------------ where the reader stopped

  // Without a link the lesson opens as it was left, once its bet was sent; whether it does.
  function goOn() {
    const link = stored(LAST)[lesson]?.link;
    if (came || !progress.bet || typeof link !== 'string' || !link) return false;
    const query = new URLSearchParams(location.search);
    query.set('s', link);
    query.set('last', '1');
    location.replace(`${location.pathname}?${query}${location.hash}`);
    return true;
  }

  // The bet again, with nothing answered and nothing moved.
  function startOver() {
    begun = null;  // what the page tells from here on is not kept
    store(LAST, undefined);
    location.assign(location.pathname);
  }

  // The state the page was opened with is nobody's progress, unless it is the reader's own; what
  // follows is.
  /** @type {string | null} */
  let begun = null;
  addEventListener('simlib:fresh', () => {
    begun = null;
  });  // another's tasks are laid aside: so it begins
  addEventListener('simlib:state', () => {
    if (page.simlibOwnCase) {
      begun = null;
      return;
    }  // the reader's own case is no place in the lesson
    begun ??= page.simlibState;
    keepLast();
  });
  function keepLast() {
    const link = page.simlibState;
    if (!link || begun === null || (link === begun && !page.simlibMine) ||
        body.classList.contains('is-shut'))
      return;
    if (page.simlibFrame?.bet.theirs && !page.simlibMine) return;  // somebody else's answer
    store(LAST, { link, at: new Date().toISOString() });
  }

  // The other language is the same reader: his answer stays his own. A mark of the state will do; a
  // case of his own is not written down here.
  const SAME = 'simlib:same:1';
  const markOf =
      (/** @type {string} */ link) => [...link]
                                          .reduce((sum, letter) => Math.imul(
                                                      sum ^ letter.charCodeAt(0), 16777619),
                                              5381)
                                          .toString(36);
  document.getElementById('course-other')?.addEventListener('click', () => {
    const theirs = Boolean(page.simlibFrame?.bet.theirs) && !page.simlibMine;
    try {
      if (page.simlibState && !theirs) sessionStorage.setItem(SAME, markOf(page.simlibState));
    } catch { /* private window */ }
  });
  function isSame() {
    try {
      return sessionStorage.getItem(SAME) === markOf(came);
    } catch { return false; }
  }

  /** The drafts that this tab, and this device, keep (own-draft.js).
   * @returns {{lab?: unknown, shut?: Record<string, string>}[]} */
  function keptDrafts() {
    try {
      return [sessionStorage, localStorage].flatMap(
          (storage) => JSON.parse(storage.getItem('simlib:own:1') ?? 'null') ?? []);
    } catch { return []; }
  }
  /** The links to their cases: of one that is not finished there is none. */
  const ownDrafts = () =>
      keptDrafts().flatMap(({ lab }) => (typeof lab === 'string' && lab ? [lab] : []));

  // ------------------------------------------------------------ the reader's own case

  // At the end: this lesson with the case that is kept, or the lesson's case as a draft to change.
  function offerOwn() {
    byId('own').hidden = Boolean(page.simlibOwnCase);  // it has its own way back to the editor
    const [show, draft] =
        ['own-show', 'own-begin'].map((id) => /** @type {HTMLAnchorElement | null} */ (
                                          document.querySelector(`#own [data-id=${id}]`)));
    if (!show || !draft) return;
    const [kept] = ownDrafts();
    const why = kept && keptDrafts().find(({lab}) => lab === kept)?.shut?.[`${lesson}.ipynb`];
    show.hidden = !kept || Boolean(why);
    draft.hidden = Boolean(kept);
    if (kept) show.href = `${location.pathname}#s=${encodeURIComponent(kept)}&${LAND}`;
    const shut = /** @type {HTMLElement} */ (document.querySelector('#own [data-id=own-shut]'));
    shut.hidden = !why;
    if (why) shut.replaceChildren(why, element('br', {}), element('a', {href: '12-own.ipynb'}, words.own.mend));
    const unfinished = keptDrafts().length > 0;  // the lesson's case would take its place
    if (unfinished) draft.textContent = words.own.unfinished;
    draft.href =
        '12-own.ipynb' + (unfinished ? '' : `?s=${encodeURIComponent(page.simlibState ?? '')}`);
  }
  if (!body.classList.contains('is-tool')) addEventListener('simlib:state', offerOwn);

  // ------------------------------------------------------------ what a link has restored

  // A reload, or "continue": what comes back is the reader's own.
  page.simlibMine = Boolean(came) && (stored(LAST)[lesson]?.link === came || isSame());
  page.simlibCame = Boolean(came) && !page.simlibMine;  // stage mode begins where the link leads
  page.simlibResumed =
      page.simlibMine && asked.has('last');  // what lay open for a moment is closed
  if (asked.has('last')) {
    asked.delete('last');
    history.replaceState(history.state, '', `${location.pathname}?${asked}${location.hash}`);
  }
  const waiting =
      /** @type {HTMLElement | null} */ (document.querySelector('.lesson-wait-restoring'));
  const scene = waiting?.dataset.scene;  // a teacher's link, on the wall
  if (page.simlibFragment)
    body.classList.toggle('is-restoring', body.classList.contains('is-shut'));
  const lands = new URLSearchParams(location.hash.slice(1)).has(LAND);  // from the end of a lesson
  if (lands) history.scrollRestoration = 'manual';
  const talks = new URLSearchParams(location.hash.slice(1)).has('talk');
  if (talks)
    waiting?.replaceChildren(
        scene ? words.lesson.presenting_at.replace('{n}', scene) : words.lesson.presenting);
  else if (page.simlibFragment) waiting?.replaceChildren(words.lesson.opening);
  else if (page.simlibMine) waiting?.replaceChildren(words.lesson.resuming);
  let restored = !came;

  function restore(/** @type {Told} */ { frame, bet, scene }) {
    if (restored) return;
    restored = true;
    if (bet.open) return;
    if (page.simlibMine) {
      put(words.lesson.resumed,
          page.simlibResumed ? [button('lesson-anew', words.lesson.anew, startOver)] : []);
      return;
    }
    if (!scene.id && ownDrafts().includes(came)) {  // from the page of the reader's own case
      put([words.lesson.own_case, frame.only].filter(Boolean).join(frame.lang === 'zh' ? '' : ' '),
          [], lands);
      return;
    }
    const parts = [words.lesson.case.replace('{name}', frame.case)];
    if (frame.position) parts.push(words.lesson.setting.replace('{name}', frame.position));
    if (bet.theirs) parts.push(words.lesson.answer);
    if (frame.changed.length)
      parts.push(words.lesson.changed.replace('{facts}', frame.changed.join(words.lesson.between)));
    const said =
        words.lesson.restored.replace('{parts}', parts.join(frame.lang === 'zh' ? '、' : ', '));
    const mine = button('lesson-mine', words.lesson.mine, () => {
      mine.closest('.lesson-restored')?.remove();
      answerAnew();
    });
    put(said, scene.id ? [mine] : [], Boolean(scene.id));  // another case has no bet of its own
  }

  /** @param {string} id @param {string} text @param {() => void} act */
  function button(id, text, act) {
    const made = element('button', { type: 'button', id }, text);
    made.addEventListener('click', act);
    return made;
  }

  // A line above the stage on what was restored; it is spoken, and the reader begins at the stage.
  /** @param {string} said @param {HTMLElement[]} buttons
   * @param {boolean} [sight] whether it comes to the top; the story of another case is read first */
  function put(said, buttons, sight = true) {
    const stage = byId('stage');
    const close = element('button', {
      type: 'button',
      className: 'lesson-close',
      ariaLabel: words.lesson.close,
      title: words.lesson.close
    },
        '×');
    const banner = element('div', {className: 'lesson-restored', id: 'lesson-restored'},
        element('p', {}, said), ...buttons, close);
    close.addEventListener('click', () => { banner.remove(); focusAt(stage); });
    stage.before(banner);
    requestAnimationFrame(() => {
      window.dispatchEvent(new CustomEvent('simlib:say', { detail: said }));
      if (location.hash && !page.simlibOwnCase) return;
      (sight ? banner : body).scrollIntoView({ block: 'start' });
      if (sight && document.activeElement === body) land(stage);
    });
  }

  // The keyboard begins at the question of the stage; its ring is seen once a key is pressed.
  function land(/** @type {HTMLElement} */ stage) {
    focusAt(stage, '.stage-question');
    const heading = document.activeElement;
    heading?.classList.add('is-landed');
    addEventListener('keydown', () => heading?.classList.remove('is-landed'), { once: true });
  }

  // The reader answers himself: the stage asks again, in the same setting.
  function answerAnew() {
    window.dispatchEvent(new Event('simlib:answer'));
    goTo(opening);
    /** @type {HTMLElement | null} */ (document.querySelector('#bet input'))?.focus({ preventScroll: true });
  }

  // ------------------------------------------------------------ what the stage says

  hear('simlib:frame', (/** @type {Told} */ told) => {
    body.classList.remove('is-restoring', 'is-asked');
    document.documentElement.classList.remove('is-handing');
    document.getElementById('lesson-wait')?.remove();  // nothing is waited for any more
    restore(told);
    unfold(told);
    nameCase(told);
    calmBlocks();
    markSoon();
  });

  // ------------------------------------------------------------ folds and anchors

  // JupyterLab makes each block of text a stop of the keyboard; only what scrolls is one, with a name.
  function calmBlocks() {
    for (const block of document.querySelectorAll('.lesson-rest .jp-Cell [tabindex="0"]')) {
      if (!block.matches('[class*="jp-"]')) continue;
      if (block.scrollWidth <= block.clientWidth + 1) {
        block.removeAttribute('tabindex');
        continue;
      }
      block.setAttribute('role', 'group');
      block.setAttribute('aria-label',
          block.closest('details')?.querySelector('h3')?.textContent ?? words.lesson.scrolls);
    }
  }

  function goTo(/** @type {HTMLElement} */ node) {
    const fold = node.closest('details');
    if (fold) fold.open = true;
    node.scrollIntoView({ block: 'start' });
    focusAt(node);
  }

  // Focus the heading of a part: its own, or the first one that follows its anchor.
  /** @param {HTMLElement} node @param {string} [which] */
  function focusAt(node, which = 'h1, h2, h3') {
    const after = (/** @type {Element} */ each) =>
        node.compareDocumentPosition(each) & Node.DOCUMENT_POSITION_FOLLOWING;
    const headings =
        /** @type {HTMLElement[]} */ ([...document.querySelectorAll(`main :is(${which})`)]);
    const heading =
        headings.find((each) => after(each) && /** @type {any} */ (each).checkVisibility());
    if (!heading) return;
    if (!heading.hasAttribute('tabindex')) heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  }

  function goToHash() {
    const node = document.getElementById(
        new URLSearchParams(`at=${location.hash.slice(1)}`).get('at') ?? '');
    if (!node?.closest('.lesson-rest') || body.classList.contains('is-shut')) return;
    const fold = node.closest('details');
    if (fold) fold.open = true;
    requestAnimationFrame(() => node.scrollIntoView({ block: 'start' }));
  }

  addEventListener('hashchange', goToHash);

  // On a phone a wide table is shown as cards, one of many columns or with sentences in its first:
  // every cell needs its column's name, and a table that is no longer laid out as one still is one.
  const MANY = 4;
  const LONG = 10;
  for (const table of document.querySelectorAll('.lesson-fold table'))
    label(/** @type {HTMLTableElement} */ (table));
  addEventListener('toggle', ({ target }) => {
    if (!(target instanceof Element) || !target.matches('.lesson-fold')) return;
    for (const table of target.querySelectorAll('table')) label(table);
  }, true);

  function label(/** @type {HTMLTableElement} */ table) {
    const heads = [...table.querySelectorAll('thead th')].map((head) => head.textContent ?? '');
    const firsts = [...table.querySelectorAll('tbody tr > :first-child')];
    const wide = heads.length >= MANY || firsts.some(({textContent: text}) => (text ?? '').trim().length > LONG);
    if (!wide || !heads.length || table.closest('.simlib-lab, .stage')) return;
    table.classList.add('is-cards');
    table.setAttribute('role', 'table');
    for (const row of table.rows) row.setAttribute('role', 'row');
    for (const row of table.querySelectorAll('tbody tr')) {
      [...row.children].forEach((cell, n) => {
        cell.setAttribute('role', n ? 'cell' : 'rowheader');
        cell.setAttribute('data-label', heads[n] ?? '');
      });
    }
  }

  // After the bet the opening is one line, the picture's own first words; it opens again when asked.
  const slim = opening.querySelector('.lesson-slim');
  const picture = opening.querySelector('.lesson-picture');

  function shorten() {
    const said = picture?.querySelector('title')?.textContent?.split(/[；;]/)[0] ?? '';
    slim?.querySelector('summary')?.replaceChildren(said.replace(/[。.]$/, ''));
  }

  // The picture and the story of another case are new to the reader: they stand open.
  let home = true;
  function unfold(/** @type {Told} */ { scene }) {
    if (home === Boolean(scene.id)) return;
    home = Boolean(scene.id);
    if (!(slim instanceof HTMLDetailsElement)) return;
    slim.hidden = !home;  // its line says what the story says
    opening.classList.toggle('is-open', home ? slim.open : true);
  }

  // The bar names the case that is open, if it is another than the lesson's own; the folds speak of that.
  const name = bar.querySelector('.lesson-name');
  const title = name?.textContent ?? '';
  function nameCase(/** @type {Told} */ { frame, scene }) {
    const other = frame.own ? words.lesson.yours : words.lesson.another;
    if (name) name.textContent = scene.id ? title : other.replace('{name}', frame.versus);
    const line = document.querySelector('.lesson-of') ??
        element('p', {className: 'lesson-of'}, words.lesson.of_home.replace('{name}', frame.home));
    if (scene.id) line.remove(); else document.querySelector('.lesson-depth')?.after(line);
  }

  if (slim && picture) {
    shorten();
    new MutationObserver(shorten).observe(picture, { childList: true, subtree: true });
    slim.addEventListener('toggle',
        () => opening.classList.toggle('is-open', /** @type {HTMLDetailsElement} */ (slim).open));
  }

  // ------------------------------------------------------------ Voilà's shell, the gate

  // Voilà puts the cells into a shell of its own at the end of the page; it belongs into <main>.
  const shells = new MutationObserver(() => {
    const shell = document.querySelector('body > #main.jp-LabShell');
    if (!shell) return;
    byId('rendered_cells').before(shell);
    shells.disconnect();
  });
  shells.observe(body, { childList: true });

  let shut = true;
  new MutationObserver(() => {
    if (shut === body.classList.contains('is-shut')) return;
    shut = !shut;
    tick(counted);
    markSoon();
    if (!shut) { keepLast(); goToHash(); }
  }).observe(body, { attributeFilter: ['class'] });

  // ------------------------------------------------------------ presenting

  // The stage opens itself (stage-mode.js); before there is one, the wish waits.
  const TALK_PX = 700;  // in a narrower window there is none (stage-mode.js)
  const TYPED =
      'textarea, select, [contenteditable=true], input:not([type=range], [type=radio], [type=checkbox])';

  function present() {
    if (innerWidth < TALK_PX) return;
    if (page.simlibFrame) { window.dispatchEvent(new Event('simlib:talk')); return; }
    page.simlibTalk = true;
    body.classList.add('is-asked');
  }

  const talk = bar.querySelector('[data-id=talk]');  // a tool has none
  talk?.addEventListener('click', present);
  if (talk) addEventListener('keydown', (event) => {
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.repeat;
    const typing = event.target instanceof Element && event.target.closest(TYPED);
    if (event.key.toLowerCase() === 'p' && plain && !typing) present();
  });

  tick(counted);
  if (!goOn()) page.simlibBet?.resume();
  mark();
})();
