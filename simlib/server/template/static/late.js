// What comes late on a busy machine. Voilà and the libraries of its widgets wait two or four seconds for
// a script, a model or an answer, and then give up for good, in silence. Here they are given time, the
// kernel is asked again for models that are missing, and a view that gave up on its model is drawn.
//
// Window hears `simlib:late`, with whether somebody has waited too long for the stage, and listens to
// `simlib:again`: the reader asks to try once more.
'use strict';
(() => {
  const LATE_MS = 10000;  // the longest a reader waits without a word
  const LOOK_MS = 250;
  const ASK_MS =
      [5000, 5000, 10000, 20000, 40000, 80000];  // between one question to the kernel and the next
  const LIBRARY_MS = 2000;  // anywidget: a model whose script took longer hears nothing any more
  const SCRIPT_MS = 600000;
  const OUTPUT = 'script[type="application/vnd.voila.cell-output+json"]';
  const VIEW = 'application/vnd.jupyter.widget-view+json';
  const WIDGET = 'jupyter.widget';
  const CONTROL = 'jupyter.widget.control';

  const timeout = AbortSignal.timeout.bind(AbortSignal);
  AbortSignal.timeout = (ms) => timeout(ms === LIBRARY_MS ? SCRIPT_MS : ms);

  const managerOf = () => window.jupyterapp?.widgetManager;

  // ------------------------------------------------------------ where views belong

  // Voilà puts a view where a script says which model it shows; afterwards nothing says so.
  const places = new Map();
  document.addEventListener('DOMContentLoaded', () => {
    for (const script of document.querySelectorAll(OUTPUT)) {
      const id = JSON.parse(script.textContent).data?.[VIEW]?.model_id;
      if (id) places.set(script.parentElement, id);
    }
  });

  const outputOf = (place) => place.querySelector(':scope > .jp-OutputArea-output');
  const isEmpty = (place) => !outputOf(place)?.firstElementChild;
  const gaveUp = (place) => isEmpty(place) && outputOf(place)?.matches('.jupyter-widgets');

  const drawing = new Set();
  async function draw(manager, place) {
    drawing.add(place);
    try {
      const {luminoWidget} = await manager.create_view(await manager.get_model(places.get(place)));
      const output = outputOf(place);
      output.textContent = '';
      output.classList.remove('jupyter-widgets');
      luminoWidget.constructor.attach(luminoWidget, output);
    } finally {
      drawing.delete(place);
    }
  }

  // ------------------------------------------------------------ models that are missing

  // An answer counts however late it comes. Models are registered all in one turn: they look for each
  // other. State with binary parts is left to the library.
  async function take(manager, { method, states, buffer_paths: binary }) {
    if (method !== 'update_states') return;
    const kept = new Set(binary.map(([id]) => id));
    const missing = Object.keys(states).filter((id) => !manager.has_model(id) && !kept.has(id));
    for (const id of missing)
      manager.kernel._comms.delete(id);  // of a question that nobody answered
    const comms = await Promise.all(missing.map((id) => manager._create_comm(WIDGET, id)));
    await Promise.all(missing.map((id, n) => {
      const { state, ...names } = states[id];
      return manager.new_model({ ...names, model_id: id, comm: comms[n] }, state);
    }));
    if (!manager.restoredStatus)
      manager.restored.emit();  // those who wait for their model look again
  }

  function ask(manager) {
    const comm = manager.kernel.createComm(CONTROL);
    comm.onMsg = ({ content }) => { take(manager, content.data); };
    comm.open({}, { version: '1.0.0' });
    comm.send({ method: 'request_states' });
  }

  let asked = 0;   // how often
  let next = null;  // when it is asked again
  function look(manager) {
    const missing = [...places.values()].some((id) => !manager.has_model(id));
    next ??= performance.now() + ASK_MS[0];
    if (missing && asked < ASK_MS.length && performance.now() >= next) {
      asked += 1;
      next = performance.now() + ASK_MS[asked];
      ask(manager);
    }
    for (const [place, id] of places) {
      if (gaveUp(place) && manager.has_model(id) && !drawing.has(place)) draw(manager, place);
    }
  }

  // ------------------------------------------------------------ whether somebody waits

  const shell = () => document.body?.classList;
  const isStaged = () => shell().contains('is-lesson') && !shell().contains('is-tool');
  function isThere() {
    if (isStaged()) return Boolean(window.simlibFrame);
    return Boolean(
        document.getElementById('course-end') && managerOf() && ![...places.keys()].some(isEmpty));
  }
  // A reader who still looks at the question waits for nothing.
  function isAwaited() {
    if (!shell() || isThere()) return false;
    const waits = ['is-restoring', 'is-asked'].some((each) => shell().contains(each));
    return !isStaged() || waits || Boolean(window.simlibBet?.wish);
  }

  let since = null;
  let late = false;
  function judge() {
    since = isAwaited() ? since ?? performance.now() : null;
    const now = since !== null && performance.now() - since >= LATE_MS;
    if (now === late) return;
    late = now;
    window.dispatchEvent(new CustomEvent('simlib:late', { detail: late }));
  }

  // Once more; without a manager, or without a place for the stage, only a new page brings it.
  window.addEventListener('simlib:again', (event) => {
    const manager = managerOf();
    const whole = document.readyState === 'complete';
    if (whole && (window.jupyterapp && !manager || isStaged() && !places.size)) return;
    event.preventDefault();  // it is tried here
    [asked, next, since] = [0, performance.now(), null];
    judge();
  });

  setInterval(() => {
    if (managerOf()) look(managerOf());
    judge();
  }, LOOK_MS);
})();
