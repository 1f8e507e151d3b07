// The shell around a lesson: the language link keeps the lab's state, and a lost connection says so.
// A lab announces its state by setting window.simlibState (the text behind ?s=) and dispatching
// 'simlib:state' on window; without a lab the page's own query counts.
'use strict';
(() => {
  const GRACE_MS = 3000;      // a short hiccup reconnects by itself: say nothing yet
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

  let dismissed = false;
  let leaving = false;

  function banner(kind) {
    const box = document.getElementById('course-lost');
    const text = document.getElementById('course-lost-text');
    if (!box || dismissed || leaving) return;
    text.textContent = text.dataset[kind];
    box.hidden = false;
  }

  function wire() {
    keepLink();
    document.getElementById('course-reload').addEventListener('click', () => {
      location.assign(location.pathname + suffix(carried()));
    });
    document.getElementById('course-dismiss').addEventListener('click', () => {
      dismissed = true;
      document.getElementById('course-lost').hidden = true;
    });
  }

  // Voilà publishes its application once the page runs; its kernel connection tells its own state.
  function watch(kernel) {
    let timer = null;
    const settle = () => {
      const lost = kernel.connectionStatus !== 'connected' || kernel.status === 'dead';
      if (!lost) {
        clearTimeout(timer);
        timer = null;
        document.getElementById('course-lost').hidden = true;
      } else if (timer === null) {
        timer = setTimeout(() => banner('lost'), GRACE_MS);
      }
    };
    kernel.connectionStatusChanged.connect(settle);
    kernel.statusChanged.connect(settle);
    settle();
  }

  function awaitKernel(since) {
    const kernel = window.jupyterapp?.widgetManager?.kernel;
    if (kernel) {
      const footer = document.getElementById('course-footer');
      document.body.append(footer);  // Voilà has moved the lesson to the end: the footer comes last
      document.getElementById('course-lost').hidden = true;
      watch(kernel);
    } else if (Date.now() - since > PATIENCE_MS) {
      banner('slow');
      setTimeout(() => awaitKernel(since), 1000);
    } else {
      setTimeout(() => awaitKernel(since), 200);
    }
  }

  window.addEventListener('simlib:state', keepLink);
  document.addEventListener('DOMContentLoaded', wire);
  window.addEventListener('beforeunload', () => { leaving = true; });
  window.addEventListener('pageshow', (event) => { if (event.persisted) location.reload(); });
  window.addEventListener('load', () => {
    if (document.getElementById('course-end')) awaitKernel(Date.now());
    else banner('lost');  // the page broke off in the middle: the server went away
  });
})();
