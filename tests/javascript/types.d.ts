// The shapes that pass between Python and the page (simlib/widgets/stage), for `tsc --checkJs`.

/** The widget's model, as anywidget hands it over. */
interface Model {
  get: (name: string) => any;
  set: (name: string, value: unknown) => void;
  save_changes: () => void;
  send: (content: unknown, callbacks?: unknown, buffers?: ArrayBuffer[]) => void;
  on: (event: string, act: (message?: any) => void) => void;
  off: (event: string, act: (message?: any) => void) => void;
}

/** What anywidget gives a view to draw in. */
type View = { model: Model, el: HTMLElement };

type Change = (id: string, value: unknown, stroke?: number) => void;

/** What every part of the stage is given. */
interface Desk {
  model: Model;
  word: (key: string, values?: Record<string, string | number>) => string;
  said: (text: string) => (Node | string)[];  // words that break between words only, a number with its unit
  tell: (content: unknown) => void;
  press: (action: string) => void;
  change: Change;
  pending: (id: string) => any;  // a wish that waits for its release; undefined: none
  drop: () => void;
  note: (text: string) => void;  // shows a line of words, such as "link copied"
}

/** A part of the stage: its node, what it does when a trait changes, and how it goes away. */
interface Part {
  node?: HTMLElement;
  on: Record<string, () => void>;
  drop?: () => void;
}

type Option = {value: string, label: string};

/** A control of `spec`. */
interface Item {
  kind: "choice" | "select" | "range" | "check" | "own" | "group";
  id: string;
  label: string;
  place?: string;  // main, choose, or group:<id>
  help?: string;
  reset?: string;  // what its button to reset it is called
  options?: Option[];
  min?: number;
  max?: number;
  step?: number;
  marks?: number[];
  unit?: string;
  endless?: boolean;  // what is open is no unknown, but without an end
  open?: string;  // the word for "not known" or "without limit"
}

type Control = {node: HTMLElement, show: (value: any) => void, drop?: () => void};

/** no ends: words */
type Amount = {low: number | null, high: number | null, text: string};

/** `was`: before the last change; `beside`: what stands below the amount; `usual`: where in its band the ordinary case lies */
type Cell = Amount & {name: string, say: string, kept: Amount | null, was: Amount | null, beside?: string, usual?: Amount | null};

interface Row {
  id: string;
  name: string;
  form: string;  // what the name is followed by
  note: string;
  authority: string;
  ghost: string;
  stamp: string;
  blank: string;  // what is said where it has no amount
  mark: string;  // what a class is told under its bar
  same: string;  // that it is what the law in force gives
  own: boolean;  // whether its bar is what the victim bears, and nobody pays
  more: boolean;
  changed: boolean;
  still: string;
  group: string;
  cells: Record<string, Cell>;
}

type Large = {label: string, text: string, say: string, name: string, rule: string};

interface Board {
  columns: {id: string, label: string, note: string, kind: "bar" | "word", brief: boolean, basis: string, room: string, gloss: string}[];
  column: string;
  unit: string;
  top_fen: number;
  ticks: {fen: number, text: string}[];
  rows: Row[];
  large: Large;
  larges: Record<string, Large>;  // column → its large number; `large` where it has none
  sentence: string;
  answer: {fen: number, label: string, column: string, row: string} | null;  // `row`: the one it answers; empty: all
  picture: string;  // HTML of our own
  pictured: string;  // the row whose result it shows; empty: none
  kept: string;
  legend: {kind: "authority" | "open" | "ghost" | "own" | "usual", key?: string, label: string}[];
}

interface Task {
  id: string;
  title: string;
  question: string;
  options: Option[];
  state: "new" | "open" | "guessed" | "done" | "skipped";
  guess: string | null;
  do: string;
  by_hand: boolean;  // whether the first try is the guess
  tried: string;  // what the hand has come to by now
  right: boolean | null;
  stale: boolean;  // whether the stage shows something else than what it came to
  also: boolean;  // what it asks for is done, at another value than its own
  answer: string;  // the label of the right option, once done
  verdict: string;
  sum: string;  // why, in one sentence
  lines: string[];  // why, row by row
  asked: string[];  // the rows it asks about, or those its options name
  knob: string;
  turn: {knob: string, label: string, value: any};  // its knob, and what that is to be turned to
  link: string;
}

/** `set`: what the last one set differently; `sums`: what each comes to, for a class */
type Tasks = {now: string, list: Task[], set: string, ending: Ending, sums: string[]};

/** what the tasks come to, once nothing is left of them; `theirs`: the voices of an answer that came with a link */
type Ending = {voices?: string, theirs?: string, guessed?: string, wrongs?: {id: string, text: string, why: string}[], text?: string, clean?: string, cost?: string, again?: {href: string, text: string}, further?: string, teaser?: string, fold?: string};

type Why = {say: string, title: string, html: string};

type Bet = {html: string, open: boolean, values: Record<string, unknown>, said: string, theirs: boolean};

/** `lines`: its value on a wall, where that is more than one */
type Voice = {id: string, label: string, value: string, note: string, lines?: string[]};

/** what of a reveal a class is shown otherwise: what was asked, the voices, one more answer */
type Wall = {question?: string, columns?: Voice[], line?: string};

/** `folded`: what explains the sentence, under the head `more`; `right`: whether the answer is what comes out; null: neither */
type Reveal = {columns?: Voice[], sentence?: string, theirs?: string, folded?: string[], folded_theirs?: string[], more?: string, rule?: string, right?: boolean | null, wall?: Wall};

/** `asks`, `answered`: the stage is as the question, as the answer has it; `moved`: what the last change moved of it; `back`: the knobs it has put back; `covered`: rows that would answer what it asks */
type Scene = {id: string, n: number, of: number, question: string, point: string, answer: string, answered: boolean, asks: boolean, moved: string, back: string, columns: string[], covered: string[], turns: boolean, assumed: string, slides: Slide[]};

/** What a class is shown of a case that no scene speaks of. */
type Slide = {rows: string[], columns: string[], column: string};

interface Frame {
  topic: string;
  no: string;
  lang: string;
  title: string;
  question: string;
  case: string;
  versus: string;  // who sues whom in the case that is open
  only: string;  // of a case of the reader's own: whom alone the lesson looks at
  home: string;  // who sues whom in the lesson's own case
  own: boolean;  // whether the reader's own case is open
  position: string;
  changed: string[];
  today: string;
  colors: Record<string, string>;
}

/** The bet while the lab is not alive yet (bet.js). */
interface Held {
  values: Record<string, string | number>;
  wish: "" | "send" | "open";
  alive: boolean;  // a lab listens
  kept: boolean;  // the answer that was sent is kept in this tab
  rest: () => void;  // the form says no more that the answer waits
  resume: () => void;  // an answer that was kept is sent again
  forget: () => void;  // the stage has the answer, or the reader has changed it
}
/** What `h` is given beside a tag: see draw.js. */
interface Props extends Partial<GlobalEventHandlers> {
  [name: string]: any;
}

type Child = Node | string | number | false | null | undefined | Child[];
