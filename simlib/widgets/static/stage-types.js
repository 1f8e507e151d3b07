// @ts-check
// The shapes that pass between Python and the stage (simlib/widgets/stage), for `tsc --checkJs`.

/**
 * The widget's model, as anywidget hands it over.
 * @typedef {object} Model
 * @property {(name: string) => any} get
 * @property {(name: string, value: unknown) => void} set
 * @property {() => void} save_changes
 * @property {(content: unknown, callbacks?: unknown, buffers?: ArrayBuffer[]) => void} send
 * @property {(event: string, act: (message?: any) => void) => void} on
 * @property {(event: string, act: (message?: any) => void) => void} off
 */

/** @typedef {Record<string, string | number | boolean | null | undefined>} Attributes */

/**
 * What lab.js lends.
 * @typedef {object} Lab
 * @property {<K extends keyof HTMLElementTagNameMap>(tag: K, attributes?: Attributes,
 *   ...children: (Node | string)[]) => HTMLElementTagNameMap[K]} element
 * @property {(model: Model, content: unknown, buffers?: ArrayBuffer[]) => void} tell
 * @property {(model: Model, action: string) => void} pressed
 * @property {(model: Model) => Change} wisher
 * @property {(model: Model) => Set<string>} unheard
 * @property {(slider: HTMLInputElement) => {move: () => number, moving: () => boolean}} handOn
 * @property {(event: KeyboardEvent) => string | null} stepOf
 * @property {(link: string, own?: boolean) => void} publish
 * @property {(link: string, own?: boolean) => string} addressOf
 * @property {(link: string) => string} fragmentOf
 * @property {(model: Model) => Promise<void>} handed
 * @property {(text: string) => Promise<boolean>} copyText
 * @property {(file: {name: string, type: string, text: string}) => void} saveFile
 * @property {(item: Item, model: Model) => Control} ownCase
 * @property {() => boolean} onCoursePage
 */

/** @typedef {(id: string, value: unknown, stroke?: number) => void} Change */

/**
 * What every part of the stage is given.
 * @typedef {object} Desk
 * @property {Model} model
 * @property {(key: string, values?: Record<string, string | number>) => string} word
 * @property {(text: string) => (Node | string)[]} said words that break between words only, a number with its unit
 * @property {(content: unknown) => void} tell
 * @property {(action: string) => void} press
 * @property {Change} change
 * @property {(text: string) => void} note shows a line of words, such as "link copied"
 */

/**
 * A part of the stage: its node, what it does when a trait changes, and how it goes away.
 * @typedef {object} Part
 * @property {HTMLElement} [node]
 * @property {Record<string, () => void>} on
 * @property {() => void} [drop]
 */

/** @typedef {{value: string, label: string}} Option */

/**
 * A control of `spec`.
 * @typedef {object} Item
 * @property {"choice" | "select" | "range" | "check" | "own" | "group"} kind
 * @property {string} id
 * @property {string} label
 * @property {string} [place] main, choose, or group:<id>
 * @property {string} [help]
 * @property {string} [reset] what its button to reset it is called
 * @property {Option[]} [options]
 * @property {number} [min]
 * @property {number} [max]
 * @property {number} [step]
 * @property {string} [unit]
 * @property {boolean} [endless] what is open is no unknown, but without an end
 * @property {string} [open] the word for "not known" or "without limit"
 */

/** @typedef {{node: HTMLElement, show: (value: any) => void, drop?: () => void}} Control */

/** @typedef {{low: number | null, high: number | null, text: string}} Amount no ends: words */
/** @typedef {Amount & {name: string, say: string, kept: Amount | null, was: Amount | null, beside?: string, usual?: Amount | null}} Cell `was`: before the last change; `beside`: what stands below the amount; `usual`: where in its band the ordinary case lies */

/**
 * @typedef {object} Row
 * @property {string} id
 * @property {string} name
 * @property {string} form what the name is followed by
 * @property {string} note
 * @property {string} authority
 * @property {string} ghost
 * @property {string} stamp
 * @property {string} blank what is said where it has no amount
 * @property {string} mark what a class is told under its bar
 * @property {string} same that it is what the law in force gives
 * @property {boolean} own whether its bar is what the victim bears, and nobody pays
 * @property {boolean} more
 * @property {boolean} changed
 * @property {string} still
 * @property {string} group
 * @property {Record<string, Cell>} cells
 */

/** @typedef {{label: string, text: string, say: string, name: string}} Large */

/**
 * @typedef {object} Board
 * @property {{id: string, label: string, note: string, kind: "bar" | "word", brief: boolean, basis: string, room: string, gloss: string}[]} columns
 * @property {string} column
 * @property {string} unit
 * @property {number} top_fen
 * @property {{fen: number, text: string}[]} ticks
 * @property {Row[]} rows
 * @property {Large} large
 * @property {Record<string, Large>} larges column → its large number; `large` where it has none
 * @property {string} sentence
 * @property {{fen: number, label: string, column: string, row: string} | null} answer `row`: the one it answers; empty: all
 * @property {string} picture HTML of our own
 * @property {string} pictured the row whose result it shows; empty: none
 * @property {string} kept
 * @property {{kind: "authority" | "open" | "ghost" | "own" | "usual", key?: string, label: string}[]} legend
 */

/**
 * @typedef {object} Task
 * @property {string} id
 * @property {string} title
 * @property {string} question
 * @property {Option[]} options
 * @property {"new" | "open" | "guessed" | "done" | "skipped"} state
 * @property {string | null} guess
 * @property {string} do
 * @property {boolean | null} right
 * @property {boolean} stale whether the stage shows something else than what it came to
 * @property {string} answer the label of the right option, once done
 * @property {string} verdict
 * @property {string} sum why, in one sentence
 * @property {string[]} lines why, row by row
 * @property {string[]} asked the rows it asks about, or those its options name
 * @property {string} knob
 * @property {{knob: string, label: string, value: any}} turn its knob, and what that is to be turned to
 * @property {string} link
 */

/** @typedef {{now: string, list: Task[], set: string, ending: Ending, sums: string[]}} Tasks `set`: what the last one set differently; `sums`: what each comes to, for a class */
/** @typedef {{voices?: string, theirs?: string, guessed?: string, wrongs?: {id: string, text: string}[], text?: string, further?: string, teaser?: string, fold?: string}} Ending what the tasks come to, once nothing is left of them; `theirs`: the voices of an answer that came with a link */
/** @typedef {{say: string, title: string, html: string}} Why */
/** @typedef {{html: string, open: boolean, values: Record<string, unknown>, said: string, theirs: boolean}} Bet */
/** @typedef {{id: string, label: string, value: string, note: string, lines?: string[]}} Voice `lines`: its value on a wall, where that is more than one */
/** @typedef {{question?: string, columns?: Voice[], line?: string}} Wall what of a reveal a class is shown otherwise: what was asked, the voices, one more answer */
/** @typedef {{columns?: Voice[], sentence?: string, theirs?: string, folded?: string[], folded_theirs?: string[], more?: string, rule?: string, right?: boolean | null, wall?: Wall}} Reveal `folded`: what explains the sentence, under the head `more`; `right`: whether the answer is what comes out; null: neither */
/** @typedef {{id: string, n: number, of: number, question: string, point: string, answer: string, answered: boolean, asks: boolean, moved: string, columns: string[], covered: string[], turns: boolean, assumed: string}} Scene `asks`, `answered`: the stage is as the question, as the answer has it; `moved`: what the last change moved of it; `covered`: rows that would answer what it asks */

/**
 * @typedef {object} Frame
 * @property {string} topic
 * @property {string} no
 * @property {string} lang
 * @property {string} title
 * @property {string} question
 * @property {string} case
 * @property {string} versus who sues whom in the case that is open
 * @property {string} only of a case of the reader's own: whom alone the lesson looks at
 * @property {string} home who sues whom in the lesson's own case
 * @property {boolean} own whether the reader's own case is open
 * @property {string} position
 * @property {string[]} changed
 * @property {string} today
 * @property {Record<string, string>} colors
 */

/**
 * The bet while the lab is not alive yet (bet.js).
 * @typedef {object} Held
 * @property {Record<string, string | number>} values
 * @property {"" | "send" | "open"} wish
 * @property {boolean} alive a lab listens
 * @property {boolean} kept the answer that was sent is kept in this tab
 * @property {() => void} rest the form says no more that the answer waits
 * @property {() => void} resume an answer that was kept is sent again
 * @property {() => void} forget the stage has the answer, or the reader has changed it
 */

export {};
