// The shell around a lesson: the language link keeps the lab's state, and a page whose numbers are
// no longer those of its knobs says so: its wire is broken, its kernel is gone or does not answer.
// A lab announces its state by setting window.simlibState (the text behind ?s=) and dispatching
// 'simlib:state' on window; without a lab the page's own query counts.
'use strict';
(() => {
  const ANSWER_MS = 2000;     // a knob's answer comes sooner, or the page says that it has not come
  const PROBE_MS = 5000;      // the longest a server may take to say that it is there
  const GRACE_MS = 1500;      // a break as short as this is not worth a word
  const PATIENCE_MS = 60000;  // the longest a page may take before we say that it is slow
  const query = new URLSearchParams(location.search);

  // The same file in the other language's folder, with this page's query but for `lang`.
  function twin(lang) {
    const wanted = new URLSearchParams(carried());
    const path = location.pathname.replace(/\/(zh|en)\/([^/]+)$/, `/${lang}/$2`);
    return path + suffix(wanted);
  }

  function carried() {
    const now = new URLSearchParams(query);
    now.delete('lang');
    if (typeof window.simlibState === 'string') {
      if (window.simlibState) now.set('s', window.simlibState); else now.delete('s');
    }
    return now;
  }

  function suffix(parameters) {
    const text = parameters.toString();
    return text ? '?' + text : '';
  }

  const here = (location.pathname.match(/\/(zh|en)\/[^/]+$/) || [])[1];
  const asked = query.get('lang');
  if (here && asked && asked !== here && ['zh', 'en'].includes(asked)) {
    location.replace(twin(asked));
    return;
  }

  function keepLink() {
    const link = document.getElementById('course-other');
    if (link) link.href = twin(document.body.dataset.other);
  }

  // ------------------------------------------------------------ what is wrong, if anything

  const wrong = new Set();  // of TROUBLES, the first that holds is told
  const TROUBLES = ['gone', 'broken', 'slow', 'waiting'];
  const STALE = ['gone', 'broken', 'waiting'];  // the numbers are not those of the knobs
  let dismissed = null;

  function set(trouble, holds) {
    if (holds) wrong.add(trouble); else wrong.delete(trouble);
    const told = TROUBLES.find((each) => wrong.has(each));
    if (told !== dismissed) dismissed = null;
    document.documentElement.classList.toggle('course-stale', STALE.includes(told));
    const box = document.getElementById('course-lost');
    const text = document.getElementById('course-lost-text');
    if (!box) return;
    box.hidden = !told || told === dismissed;
    if (text.dataset[told] && text.dataset.told !== told) text.textContent = text.dataset[told];
    text.dataset.told = told ?? '';
  }

  // A wire that is back at once was no trouble.
  let grace = null;
  window.addEventListener('simlib:wire', ({ detail }) => {
    clearTimeout(grace);
    if (detail === 'broken') grace = setTimeout(() => set('broken', true), GRACE_MS);
    if (detail === 'mended') set('broken', false);
    if (detail === 'gone') set('gone', true);
  });

  function wire() {
    keepLink();
    const button = document.getElementById('course-reload');
    button.addEventListener('click', async () => {
      button.setAttribute('aria-disabled', 'true');
      if (await answers()) {
        location.assign(location.pathname + suffix(carried()));
      } else {
        const text = document.getElementById('course-lost-text');
        text.textContent = text.dataset.unreachable;
      }
      button.removeAttribute('aria-disabled');
    });
    document.getElementById('course-dismiss').addEventListener('click', () => {
      dismissed = TROUBLES.find((each) => wrong.has(each));
      document.getElementById('course-lost').hidden = true;
    });
  }

  // Whether the server is there: a page is left only for one that will open.
  async function answers() {
    const stopped = new AbortController();
    setTimeout(() => stopped.abort(), PROBE_MS);
    try {
      const file = document.querySelector('script[src*="/static/course.js"]').src;
      return (await fetch(file, { method: 'HEAD', cache: 'no-store', signal: stopped.signal })).ok;
    } catch {
      return false;
    }
  }

  // Voilà publishes its application once the page runs. What its kernel is asked and has not yet
  // answered, by message: older than it may be, and the numbers on the page are no answer.
  function watch(kernel) {
    const asked = new Map();
    let timer = null;
    const look = () => {
      clearTimeout(timer);
      timer = null;
      const [oldest] = asked.values();
      const left = oldest === undefined ? null : oldest + ANSWER_MS - Date.now();
      set('waiting', left !== null && left <= 0);
      if (left > 0) timer = setTimeout(look, left);
    };
    kernel.anyMessage.connect((_, { msg, direction }) => {
      if (direction === 'send' && msg.channel === 'shell') asked.set(msg.header.msg_id, Date.now());
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

  function awaitKernel(since) {
    const kernel = window.jupyterapp?.widgetManager?.kernel;
    if (kernel) {
      const footer = document.getElementById('course-footer');
      document.body.append(footer);  // Voilà has moved the lesson to the end: the footer comes last
      set('slow', false);
      watch(kernel);
    } else if (Date.now() - since > PATIENCE_MS) {
      set('slow', true);
      setTimeout(() => awaitKernel(since), 1000);
    } else {
      setTimeout(() => awaitKernel(since), 200);
    }
  }

  window.addEventListener('simlib:state', keepLink);
  document.addEventListener('DOMContentLoaded', wire);
  window.addEventListener('pageshow', (event) => { if (event.persisted) location.reload(); });
  window.addEventListener('load', () => {
    if (document.getElementById('course-end')) awaitKernel(Date.now());
    else set('gone', true);  // the page broke off in the middle: the server went away
  });
})();
