// A draft that was to stay on this device for 30 days (own-draft.js) ends then, whichever page of the
// course is opened. One without a day is of before anybody was asked: it has 30 days from now.
'use strict';
(() => {
  const [DRAFT, MONTH_MS] = ['simlib:own:1', 30 * 86_400_000];
  try {
    const held = JSON.parse(localStorage.getItem(DRAFT) ?? 'null');
    if (!held) return;
    const now = Date.now();
    if (held.until < now) localStorage.removeItem(DRAFT);
    else if (!(held.until <= now + MONTH_MS))
      localStorage.setItem(DRAFT, JSON.stringify({...held, until: now + MONTH_MS}));
  } catch { /* private window, or not ours */ }
})();
