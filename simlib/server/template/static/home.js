/* What this device has done: ticks on the lessons, and a button that leads to the next one. */
const KEPT = "simlib:progress:1";

/** The progress this browser keeps, by lesson; none if it keeps none, or something else. */
function progress() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEPT) ?? "{}");
    return kept && typeof kept === "object" ? kept : {};
  } catch {
    return {};
  }
}

/** What a lesson's progress comes to: "done", "started", or nothing. */
function stateOf(lesson) {
  if (!lesson || typeof lesson !== "object") return "";
  if (lesson.done === true) return "done";
  const tasks = Array.isArray(lesson.tasks) ? lesson.tasks.length : 0;
  return lesson.bet === true || tasks > 0 ? "started" : "";
}

function show() {
  const kept = progress();
  const list = document.getElementById("lessons");
  const cards = [...document.querySelectorAll("[data-lesson]")];
  const states = new Map(cards.map((card) => [card, stateOf(kept[card.dataset.lesson])]));
  for (const [card, state] of states) {
    const shown = card.querySelector(".home-state");
    shown.hidden = !state;
    shown.textContent = state ? list.dataset[state] : "";
    card.classList.remove("is-next");
  }
  lead(cards.find((card) => states.get(card) !== "done"), states);
}

/** Lead the start button to a lesson, or to the reader's own case when all are done. */
function lead(next, states) {
  const start = document.getElementById("start");
  if (!start) return;
  const words = start.dataset;
  const begun = [...states.values()].some(Boolean);
  const tool = document.querySelector(".home-card[href*='/voila/render/']:not([data-lesson])");
  if (next) {
    const say = states.get(next) ? words.goOn : begun ? words.next : words.start;
    start.textContent = say.replace("{no}", next.dataset.no);
    start.href = next.href;
    next.classList.add("is-next");
  } else if (tool) {
    start.textContent = words.all;
    start.href = tool.href;
  }
}

show();
addEventListener("pageshow", show);
addEventListener("storage", show);
