// @ts-check
// The bet in the page, from its first bytes: answers are kept here (window.simlibBet) until the lab is
// alive. No module: it stands in the page's head, and the stage loads it where the page did not.
(() => {
  const page = /** @type {any} */ (window);
  if (page.simlibBet) return;
  /** @type {Held} */
  const held = { values: {}, wish: '', alive: false, kept: false, rest, resume, forget };
  page.simlibBet = held;

  // An answer that was sent is kept, for this tab alone, until the stage has it; not on a page of the
  // reader's own case, which is in the fragment, nor where no lesson is named (JupyterLab).
  const KEPT = 'simlib:bet:1:';
  const place = () => KEPT + (document.body.dataset.lesson ?? '');
  const state = () => new URLSearchParams(location.search).get('s') ?? '';

  function keep() {
    if (!document.body.dataset.lesson || page.simlibOwnCase || page.simlibFragment ||
        document.body.matches('.is-restoring'))
      return;
    try {
      sessionStorage.setItem(place(), JSON.stringify({ values: held.values, state: state() }));
      held.kept = true;
    } catch { /* private window, or full */ }
  }

  function forget() {
    held.kept = false;
    try {
      sessionStorage.removeItem(place());
    } catch { /* private window */ }
  }

  /** After a reload: the form is as it was sent, and its answer waits for the stage again. */
  function resume() {
    const form = /** @type {HTMLFormElement | null} */ (document.querySelector('form[data-bet]'));
    let kept = null;
    try {
      kept = JSON.parse(sessionStorage.getItem(place()) ?? 'null');
    } catch { /* private window, or not ours */ }
    if (!form || !kept) return;
    if (page.simlibFragment || kept.state !== state() || !fill(form, kept.values ?? {})) {
      forget();
      return;
    }
    held.kept = true;
    draw(form);
    ask(form, 'send');
  }

  // Answer a form; false: these are not answers to its questions, or not to all.
  /** @param {HTMLFormElement} form @param {Record<string, string | number>} values */
  function fill(form, values) {
    for (const field of form.querySelectorAll('input')) {
      const value = values[field.name];
      if (field.type === 'radio' && value === field.value)
        field.checked = Boolean(held.values[field.name] = value);
    }
    for (const part of form.querySelectorAll('.bet-amount')) {
      const value = values[/** @type {HTMLElement} */ (part).dataset.id ?? ''];
      if (typeof value === 'number') weigh(part, String(value));
    }
    if (!missing(form).length && Object.keys(values).every((id) => id in held.values) &&
        !beyond(form))
      return true;
    form.reset();
    held.values = {};
    for (const part of form.querySelectorAll('.bet-amount')) weigh(part, '');
    return false;
  }

  /** @param {EventTarget | null} target */
  const formOf = (target) => (target instanceof Element ?
          /** @type {HTMLFormElement | null} */ (target.closest('form[data-bet]')) :
          null);

  // The questions not answered yet.
  function missing(/** @type {Element} */ form) {
    return [...form.querySelectorAll('fieldset[data-id], .bet-amount')].filter((part) => {
      const { id = '' } = /** @type {HTMLElement} */ (part).dataset;
      return held.values[id] === undefined;
    });
  }

  // What a question asks, without its unit and its mark: in a list that ends with a full stop.
  function asked(/** @type {Element} */ part) {
    const label = part.querySelector('legend, label')?.textContent ?? '';
    return label.replace(/\s*[（(][^（(]*[）)]$/, '').replace(/[？?]$/, '');
  }

  function draw(/** @type {Element} */ form) {
    const send = form.querySelector('[data-id=commit]');
    const left = missing(form).length;
    send?.setAttribute('aria-disabled', String(left > 0));
    const note = send?.querySelector('small');
    if (note instanceof HTMLElement)
      note.textContent = left ? (note.dataset.left ?? '').replace('{n}', String(left)) : '';
  }

  function weigh(/** @type {Element} */ part, /** @type {string} */ text) {
    const value = Number(text);
    const given = text !== '' && Number.isFinite(value);
    const { id = '' } = /** @type {HTMLElement} */ (part).dataset;
    if (given) held.values[id] = value; else delete held.values[id];
    part.classList.toggle('is-empty', !given);
    for (const field of part.querySelectorAll('input'))
      if (given && field.value !== text) field.value = text;
    const slider = part.querySelector('input[type=range]');
    if (!(slider instanceof HTMLInputElement)) return;
    slider.style.setProperty('--at', given ? `${value / Number(slider.max) * 100}%` : '0%');
    const most = part.querySelector('.bet-ends span:last-child')?.textContent ??
        '';  // with its unit, before or after
    slider.setAttribute('aria-valuetext',
        given ? most.replace(/[\d,.]+/, text) : formOf(part)?.dataset.empty ?? '');
  }

  function say(/** @type {Element} */ form, /** @type {string} */ text) {
    const line = form.querySelector('.bet-said');
    if (line) line.textContent = text;
    if (text)
      form.querySelector('.bet-buttons')?.scrollIntoView({
        block: 'nearest'
      });  // which the words push down
  }

  // Until the lab is alive the form itself says that the answer is kept, and what it waits for.
  function wait(/** @type {HTMLFormElement} */ form, /** @type {"send" | "open"} */ wish) {
    const { kept = '', preparing = '' } = form.dataset;
    const button = form.querySelector('[data-id=commit]');
    if (wish === 'send' && button && !form.matches('.is-sent')) {
      form.dataset.send = button.textContent ?? '';
      button.textContent = kept;
      form.classList.add('is-sent');
    }
    form.querySelector('.bet-wait')?.replaceChildren(preparing);
  }

  /** The answer waits no more: it was changed, or has come back. */
  function rest() {
    for (const form of /** @type {NodeListOf<HTMLFormElement>} */ (
             document.querySelectorAll('form[data-bet]'))) {
      form.querySelector('.bet-wait')?.replaceChildren();
      if (!form.matches('.is-sent')) continue;
      form.classList.remove('is-sent');
      form.querySelector('[data-id=commit]')?.replaceChildren(form.dataset.send ?? '');
    }
  }

  function ask(/** @type {HTMLFormElement} */ form, /** @type {"send" | "open"} */ wish) {
    held.wish = wish;
    if (wish === 'send') keep();
    if (!held.alive) wait(form, wish);
    window.dispatchEvent(new Event('simlib:bet'));
  }

  // The first amount that is beyond what can be answered.
  function beyond(/** @type {HTMLFormElement} */ form) {
    return [...form.querySelectorAll('input')].find((field) => field.type === 'number'
      && (Number(field.value) > Number(field.max) || Number(field.value) < Number(field.min)));
  }

  // Which answers contradict each other, and why, where the page can tell.
  function clashing(/** @type {HTMLFormElement} */ form) {
    /** @type {{id: string, value: string, amount: string, pays: boolean, said: string}[]} */
    const clashes = JSON.parse(form.dataset.clashes ?? '[]');
    return clashes.find(({id, value, amount, pays}) =>
                            held.values[id] === value && Number(held.values[amount]) > 0 === pays);
  }

  function answer(/** @type {Event} */ event) {
    const form = formOf(event.target);
    const field = event.target;
    if (!form || !(field instanceof HTMLInputElement)) return;
    const amount = field.closest('.bet-amount');
    if (amount) weigh(amount, field.value);
    else if (field.type === 'radio' && field.checked) held.values[field.name] = field.value;
    held.wish = '';
    forget();
    rest();
    say(form, '');
    draw(form);
  }

  // The first key or click on the empty track lays the answer down.
  function touch(/** @type {Event} */ event) {
    const part =
        event.target instanceof Element ? event.target.closest('.bet-amount.is-empty') : null;
    const form = formOf(part);
    if (!part || !form || !(event.target instanceof HTMLInputElement) ||
        event.target.type !== 'range')
      return;
    if (event instanceof KeyboardEvent) {
      if (!/^(Arrow|Page|Home|End)/.test(event.key)) return;
      event.preventDefault();
      if (event.key === 'Home') event.target.value = event.target.min;
      if (event.key === 'End') event.target.value = event.target.max;
    }
    weigh(part, event.target.value);
    draw(form);
  }

  document.addEventListener('input', answer);
  document.addEventListener('change', answer);
  document.addEventListener('click', touch);
  document.addEventListener('keydown', touch);
  document.addEventListener('submit', (event) => {
    const form = formOf(event.target);
    if (!form) return;
    event.preventDefault();
    const left = missing(form);
    const far = beyond(form);
    if (far) {
      say(form,
          /** @type {HTMLElement | null} */ (far.closest('.bet-amount'))?.dataset.beyond ?? '');
      far.focus();
      return;
    }
    const clash = left.length ? undefined : clashing(form);
    if (clash) {
      say(form, clash.said);
      /** @type {HTMLElement | null} */ (form.querySelector(`[data-id="${CSS.escape(clash.id)}"] input:checked`))?.focus();
      return;
    }
    if (!left.length) { ask(form, 'send'); return; }
    const { missing: told = '', between } = form.dataset;
    say(form, told.replace('{list}', left.map(asked).join(between)));
    /** @type {HTMLElement | null} */ (left[0].querySelector('input'))?.focus();
  });

  // A finger that scrolls the page passes over a slider: only one that moves along it, or taps it,
  // sets it. The browser sets it at the first touch already, and is put back.
  const SLACK = 8;  // px, before it is known which way a finger goes
  /** @type {{field: HTMLInputElement, x: number, y: number, was: string, way: "" | "mine" | "page"} | null} */
  let finger = null;
  const inward = (/** @type {string} */ type) =>
      finger?.field.dispatchEvent(new Event(type, {bubbles: true}));

  function down(/** @type {PointerEvent} */ { target, pointerType, clientX, clientY }) {
    const on =
        pointerType !== 'mouse' && target instanceof HTMLInputElement && target.type === 'range';
    finger = on ? { field: target, x: clientX, y: clientY, was: target.value, way: '' } : null;
  }
  function move(/** @type {PointerEvent} */ { clientX, clientY }) {
    if (!finger || finger.way) return;
    const [across, along] = [Math.abs(clientX - finger.x), Math.abs(clientY - finger.y)];
    if (Math.max(across, along) < SLACK) return;
    finger.way = across >= along ? 'mine' : 'page';
    if (finger.way === 'mine') inward('input'); else finger.field.value = finger.was;
  }
  function up() {
    if (!finger || finger.way) return;
    finger.way = 'mine';  // a tap
    inward('input');
  }
  function cancel() {
    if (!finger || finger.way === 'mine') return;
    finger.way = 'page';
    finger.field.value = finger.was;
  }
  // What the browser does before it is known, or though the finger scrolls, is not the reader's.
  function hold(/** @type {Event} */ event) {
    if (!finger || event.target !== finger.field || finger.way === 'mine') return;
    event.stopImmediatePropagation();
    if (finger.way === 'page') finger.field.value = finger.was;
  }
  document.addEventListener('pointerdown', down, true);
  document.addEventListener('pointermove', move, true);
  document.addEventListener('pointerup', up, true);
  document.addEventListener('pointercancel', cancel, true);
  document.addEventListener('keydown', () => { finger = null; }, true);
  for (const type of ['input', 'change']) window.addEventListener(type, hold, true);

  document.addEventListener('click', ({ target }) => {
    const form = formOf(target);
    if (form && target instanceof Element && target.closest('[data-id=open]')) ask(form, 'open');
  });
})();
