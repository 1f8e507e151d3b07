// The shell around a lesson: the language link keeps the lab's state, and a page whose numbers are
// no longer those of its knobs says so: its wire is broken, its kernel is gone or does not answer.
// A lab announces its state by setting window.simlibState (the text behind ?s=) and dispatching
// 'simlib:state' on window; without a lab the page's own address counts. The state of a case of one's
// own (window.simlibOwnCase) stands in the fragment, which no request carries: `#s=…`, with `&talk`
// for stage mode. What the page came with waits in window.simlibFragment until Python has it.
'use strict';
(() => {
  const PALE_MS = 1000;       // numbers of before do not look like the answer for longer than this
  const ANSWER_MS = 2000;     // a knob's answer comes sooner, or the page says that it has not come
  const GRACE_MS = 1500;      // a break as short as this is not worth a word
  const PROBE_MS = 5000;      // the longest a server may take to say that it is there
  const STALL_MS =
      15000;             // the longest a page may arrive without growing; Voilà shows life in 10 s
  const LOOK_MS = 5000;  // how often a page that has no kernel yet asks whether it will have one
  const LEAVE_MS = 10000;     // the longest it takes until the next page is there
  const PATIENCE_MS = 60000;  // the longest a page may take before we say that it is slow
  const began = performance.now();
  const query = new URLSearchParams(location.search);
  const words = JSON.parse(document.getElementById('course-words').textContent);
  words.stalled = words.incomplete;
  window.simlibShell = true;  // a page that never hears this from us says so itself
  window.simlibFragment = inFragment();
  if (window.simlibFragment)
    document.documentElement.classList.add('is-handing');  // lesson.css: tells of no case yet

  // ------------------------------------------------------------ what Voilà calls

  // A lesson is shown once it is whole and Voilà's theme, which says `themeLoaded`, is there.
  window.voila_heartbeat = () => {};
  window.voila_finish = () => {
    window.cellLoaded = true;
    if (!window.themeLoaded) return;
    document.getElementById('loading')?.remove();
    document.getElementById('rendered_cells').style.display = '';
  };
  document.addEventListener('DOMContentLoaded', () => {
    if (document.getElementById('course-end')) window.voila_finish();
  });

  // ------------------------------------------------------------ addresses

  // The same file in the other language's folder, with this page's query but for `lang`.
  function twin(lang) {
    return address(location.pathname.replace(/\/(zh|en)\/([^/]+)$/, `/${lang}/$2`));
  }

  function inFragment() {
    return new URLSearchParams(location.hash.slice(1)).get('s') ?? '';
  }

  // The state that stands in the fragment, if one does.
  function ownState() {
    if (typeof window.simlibState !== 'string') return window.simlibFragment;
    return window.simlibOwnCase ? window.simlibState : '';
  }

  function address(path) {
    const own = ownState();
    return path + suffix(carried()) + (own ? `#s=${encodeURIComponent(own)}` : '');
  }

  function carried() {
    const now = new URLSearchParams(query);
    now.delete('lang');
    now.delete('last');  // lesson.js: only the page that was asked to go on
    if (typeof window.simlibState === 'string') {
      if (window.simlibState && !window.simlibOwnCase)
        now.set('s', window.simlibState);
      else
        now.delete('s');
    }
    return now;
  }

  function suffix(parameters) {
    const text = parameters.toString();
    return text ? '?' + text : '';
  }

  // A place in the page is named by the fragment, too: afterwards the state stands there again. Another
  // link that was pasted into this tab is opened; an entry of the history that is ours tells nothing.
  window.addEventListener('hashchange', () => setTimeout(() => {  // after all who go to that place
    const came = inFragment();
    if (came === ownState()) return;
    if (came && !history.state?.simlib) location.reload();
    else history.replaceState({ simlib: true }, '', address(location.pathname));
  }));

  const here = (location.pathname.match(/\/(zh|en)\/[^/]+$/) || [])[1];
  const wanted = query.get('lang');
  if (here && wanted && wanted !== here && ['zh', 'en'].includes(wanted)) {
    location.replace(twin(wanted));
    return;
  }

  function keepLink() {
    const link = document.getElementById('course-other');
    if (link) link.href = twin(document.body.dataset.other);
  }

  // ------------------------------------------------------------ what is wrong, if anything

  const TROUBLES =
      ['gone', 'incomplete', 'stalled', 'broken', 'late', 'slow', 'waiting'];  // the first is told
  const STALE = ['gone', 'broken', 'waiting'];  // the numbers are not those of the knobs
  const wrong = new Set();
  let told;

  function set(trouble, holds) {
    if (holds) wrong.add(trouble); else wrong.delete(trouble);
    show();
  }

  // A page that is being left has ended its kernel: that is no trouble, unless it stays.
  let left = -LEAVE_MS;
  window.addEventListener('beforeunload', () => {
    left = performance.now();
    setTimeout(show, LEAVE_MS);
  });

  function show() {
    const staying = performance.now() - left >= LEAVE_MS;
    const worst = staying ? TROUBLES.find((each) => wrong.has(each)) : undefined;
    document.documentElement.classList.toggle(
        'course-stale', STALE.includes(worst) || staying && wrong.has('unanswered'));
    if (worst === told) return;
    told = worst;
    const box = banner();
    box.classList.remove('is-small');
    box.hidden = !told;
    box.querySelector('#course-again').hidden = told !== 'late';
    document.documentElement.classList.toggle('course-late', told === 'late');
    if (told)
      say(told === 'late' && window.simlibBet?.kept ? `${words.late}${words.late_kept}` :
                                                      words[told]);
  }

  // Made when there is something to say: a page that broke off early has nothing else.
  function banner() {
    const found = document.getElementById('course-lost');
    if (found) return found;
    const box = Object.assign(document.createElement('div'),
        {id: 'course-lost', className: 'course-banner', hidden: true});
    box.setAttribute('role', 'alert');
    const text = Object.assign(document.createElement('span'), { id: 'course-lost-text' });
    const [again, open, small] =
        [
          ['course-again', words.again], ['course-reload', words.reload],
          ['course-dismiss', words.close]
        ].map(([id, label]) => Object.assign(document.createElement('button'),
                  {id, type: 'button', textContent: label}));
    const anew = () => leave(address(location.pathname));
    again.addEventListener('click', () => {
      if (window.dispatchEvent(new Event('simlib:again', { cancelable: true }))) anew();
    });
    open.addEventListener('click', anew);
    small.addEventListener('click', () => box.classList.add('is-small'));
    box.append(text, again, open, small);
    const header = document.getElementById('course-header');
    if (header) header.after(box); else (document.body ?? document.documentElement).prepend(box);
    return box;
  }

  function say(text) {
    banner().querySelector('#course-lost-text').textContent = text;
  }

  // To an address, even where only its fragment is another.
  function go(address) {
    const to = new URL(address, location.href);
    const stays = to.hash && to.pathname + to.search === location.pathname + location.search;
    if (!stays) { location.assign(address); return; }
    history.replaceState(history.state, '', to);
    location.reload();
  }

  // A page is left only for one that will open.
  let leaving = false;
  async function leave(address) {
    if (leaving) return;
    leaving = true;
    try {
      const file = document.querySelector('script[src*="/static/course.js"]').src;
      const options = { method: 'HEAD', cache: 'no-store', signal: AbortSignal.timeout(PROBE_MS) };
      if (!(await fetch(file, options)).ok) throw new Error('no answer of ours');
      go(address);
    } catch {
      banner().classList.remove('is-small');
      say(words.unreachable);
    }
    leaving = false;
  }

  // While something is wrong, links ask first, too.
  document.addEventListener('click', (event) => {
    const link = event.target.closest?.('a[href]');
    const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.button ||
        link?.target || link?.hasAttribute('download');
    if (!link || elsewhere || !wrong.size || link.origin !== location.origin ||
        link.pathname === location.pathname)
      return;
    event.preventDefault();
    leave(link.href);
  });

  // ------------------------------------------------------------ a page that does not arrive whole

  let size = 0;
  let grew = began;
  const growth = setInterval(() => {
    const now = document.getElementsByTagName('*').length;
    if (now !== size) [size, grew] = [now, performance.now()];
    const arriving = document.readyState === 'loading';
    const stalled = arriving && performance.now() - grew > STALL_MS;
    if (!arriving) clearInterval(growth);
    if (stalled && !document.body) {  // and until a parser has made one nothing is shown
      window.stop();
      document.open();
      document.write('<!DOCTYPE html><body>');
      document.close();
      set('incomplete', true);
    }
    set('stalled', stalled);
  }, 1000);

  const incomplete = () => set('incomplete', true);
  window.addEventListener('simlib:incomplete', incomplete);
  window.addEventListener('error', ({target}) => {
    if (target.matches?.('script, link')) incomplete();
  }, true);
  window.addEventListener('unhandledrejection', ({reason}) => {
    if (/ChunkLoadError|dynamically imported module/.test(`${reason?.name} ${reason?.message}`))
      incomplete();
  });

  // ------------------------------------------------------------ the kernel

  // A wire that is back at once was no trouble.
  let grace = null;
  window.addEventListener('simlib:wire', ({ detail }) => {
    clearTimeout(grace);
    if (detail === 'broken') grace = setTimeout(() => set('broken', true), GRACE_MS);
    if (detail === 'mended') set('broken', false);
    if (detail === 'gone') set('gone', true);
  });

  // late.js: the stage does not come.
  window.addEventListener('simlib:late', ({ detail }) => set('late', detail));

  // What the kernel is asked and has not yet answered, by message: older than it may be, and the
  // numbers on the page are no answer.
  function watch(kernel) {
    const asked = new Map();
    let timer = null;
    const look = () => {
      clearTimeout(timer);
      timer = null;
      const [oldest] = asked.values();
      const since = oldest === undefined ? 0 : performance.now() - oldest;
      set('unanswered', since >= PALE_MS);  // pale, without a word as yet
      set('waiting', since >= ANSWER_MS);
      const next = [PALE_MS, ANSWER_MS].find((each) => each > since);
      if (oldest !== undefined && next) timer = setTimeout(look, next - since);
    };
    kernel.anyMessage.connect((_, {msg, direction}) => {
      if (direction === 'send' && msg.channel === 'shell')
        asked.set(msg.header.msg_id, performance.now());
      const idle = msg.header.msg_type === 'status' && msg.content.execution_state === 'idle';
      const done = direction === 'recv' && idle && asked.delete(msg.parent_header.msg_id);
      if (done || timer === null) look();
    });
    let connected = false;
    const judge = () => {
      const anew = ['dead', 'autorestarting', 'restarting'].includes(kernel.status);
      const lost = connected && kernel.connectionStatus !== 'connected';  // no lasting socket
      connected ||= kernel.connectionStatus === 'connected';
      if (anew || lost) set('gone', true);  // a kernel that starts again knows nothing of this page
    };
    kernel.statusChanged.connect(judge);
    kernel.connectionStatusChanged.connect(judge);
    judge();
  }

  // Voilà publishes its application once the page runs. Until then we ask for the page's kernel: the
  // server hears that somebody is coming, and we hear if it is there no more.
  let looked = -Infinity;
  function awaitKernel() {
    const kernel = window.jupyterapp?.widgetManager?.kernel;
    if (kernel) {
      const footer = document.getElementById('course-footer');
      document.body.append(footer);  // Voilà has moved the lesson to the end: the footer comes last
      set('slow', false);
      watch(kernel);
      return;
    }
    if (performance.now() - began > PATIENCE_MS) set('slow', true);
    if (performance.now() - looked > LOOK_MS) askForKernel();
    setTimeout(awaitKernel, 200);
  }

  // The page's settings, once they have arrived: their element is there before its text is whole.
  function settings() {
    try {
      return JSON.parse(document.getElementById('jupyter-config-data').textContent);
    } catch {
      return null;
    }
  }

  async function askForKernel() {
    const { baseUrl, kernelId } = settings() ?? {};
    if (!kernelId) return;
    looked = performance.now();
    try {
      const answer = await fetch(`${baseUrl}api/kernels/${kernelId}`, {
        cache: 'no-store', headers: window.simlibProof(), signal: AbortSignal.timeout(PROBE_MS),
      });
      if ([403, 404].includes(answer.status)) set('gone', true);
    } catch { /* no answer: the wire will tell */ }
  }

  window.addEventListener('simlib:state', keepLink);
  document.addEventListener('DOMContentLoaded', keepLink);
  window.addEventListener('pageshow', (event) => { if (event.persisted) location.reload(); });
  window.addEventListener('load', () => {
    if (!document.getElementById('course-end')) incomplete();  // broke off: the server went away
  });
  awaitKernel();
})();
