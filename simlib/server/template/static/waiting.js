// A page that waits for its turn: it says how many are before it, and opens the lesson.

const ASK_EVERY_MS = 1000;
// a hub answers what a script asks only if the page proves that it is of this address
const proof = { 'X-XSRFToken': /(?:^|; )_xsrf=([^;]*)/.exec(document.cookie)?.[1] ?? '' };
const shown = document.getElementById('course-ahead');

async function ask() {
  try {
    const answer =
        await (await fetch(shown.dataset.turn, {cache: 'no-store', headers: proof})).json();
    if (answer.open) {
      location.reload();
      return;
    }
    const { none, ahead } = shown.dataset;
    const said = answer.ahead ? ahead.replace('{n}', answer.ahead) : none;
    if (shown.textContent !== said) shown.textContent = said;
  } catch {
    // the server does not answer just now; ask again
  }
  setTimeout(ask, ASK_EVERY_MS);
}

setTimeout(ask, ASK_EVERY_MS);
