/**
 * What a query names: the longest names first, those of councils with all that people put around them (London Borough of,
 * City Council) and with small slips of the keys. What is quoted, signed or in a field is no name but words.
 */
import { JOINING } from "./names-list.js"

/**
 * @typedef {import("./query.js").Clause} Clause
 * @typedef {import("./naming.js").Names} Names
 * @typedef {import("./naming.js").Thing} Thing
 * @typedef {{ slips: import("./slips.js").Slips, unknown: Set<string> }} Slipped   words that the collection does not have
 *
 * @typedef {object} Span           a run of clauses that names something
 * @property {Clause[]} clauses
 * @property {Thing[]} things       all that it may mean; none for a score or a year
 * @property {number} score         1 to 4; 0 for anything else
 * @property {string} year          of reports; "" for anything else
 * @property {boolean} said         whether it is asked what the voice said: `what staff told you`
 * @property {string} slip          what was typed where it was mended to a name, else ""
 * @property {string[]} mended      words of the name then, of a theme or a statement
 *
 * @typedef {object} Naming
 * @property {Span[]} spans         in order
 * @property {Clause[]} left        what is asked for beside the names; not what only asks for them (`rated`, `council`)
 * @property {Clause[]} idle        the latter
 * @property {Thing[]} held         where nothing is named: what has the words in its name
 * @property {boolean} said         whether it is asked what some voice said
 *
 * @typedef {{ word: string, typed: string, clause: Clause, first: boolean, last: boolean }} Word
 *   `first`, `last`: in its clause
 */

const BEFORE = new Set(["royal", "borough", "metropolitan", "city", "county", "district", "council", "lb", "lbc", "rb"])
const AFTER = new Set([
  ...["council", "councils", "city", "county", "borough", "metropolitan", "district", "unitary", "authority"],
  ...["mbc", "bc", "cc", "dc", "mdc", "lbc", "lb", "rb", "corporation"],
])
/** What people write around names, and mean nothing else by. */
const IDLE = new Set([
  ...["rated", "rating", "ratings", "rate", "score", "scores", "scored", "scoring", "cqc", "report", "reports"],
  ...["council", "councils", "authority", "authorities", "quality", "statement", "statements", "region", "theme"],
  ...["inspection", "inspected", "inspectors", "result", "results", "boroughs", "england", "published"],
])
/** What says nothing more where nothing but this stands beside a name: `how many councils are inadequate`. */
const TRADE = new Set([
  ...["adult", "adults", "social", "care", "services", "service", "local", "department", "assessment"],
  ...["many", "number", "list", "tell", "show", "find", "information", "details", "anyone", "anybody", "currently", "latest"],
  ...["live", "lives", "look", "looks", "cover", "covers", "responsible"],
])
/** Asks for an order, which lists of councils have; by itself it is a rating: `worst councils`. */
const RANKED = new Set(["best", "top", "highest", "worst", "lowest"])
/** What sets councils side by side. */
const COMPARING = new Set(["compare", "compared", "comparing", "comparison", "versus", "vs", "v", "against", "between", "difference", "differ"])
/** Of CQC's reports on councils, of which the first are of 2023. */
const YEAR = /^202[3-9]$/u
const SCORE = new Set(["score", "scores", "scored", "scoring"])
const STATEMENT = new Set(["statement", "qs"])
/** What makes a place of a town's name also beside words that name nothing: `my mum lives in Exeter`. */
const WITHIN = new Set(["in", "near", "around"])
/** Words that a name may have without a question for the longest. */
const FEW = 8
const SAID = new Set(["say", "says", "said", "tell", "told", "think", "thought", "feel", "felt", "voice", "voices", "views"])

/**
 * Finds the names in a query.
 * @param {Clause[]} clauses
 * @param {Names} names
 * @param {Slipped | null} [slipped]   only a name with a word that the collection does not have may hold a slip
 * @returns {Naming}
 */
export function findNames(clauses, names, slipped = null) {
  const runs = runsOf(clauses)
  const read = (/** @type {boolean} */ whole) => {
    const all = runs.flatMap((run) => spansIn(run, names, slipped, whole))
    const ranked = all.every(({ clauses: own }) => isRanked(own)) // best and worst, of nothing else
    const spans = ranked ? all : all.filter((span) => isNamed(span, all.length > 1))
    return { ...besideOf(clauses, spans, names), held: [], said: spans.some((span) => span.said) }
  }
  const whole = read(true)
  const dated = withYears(clauses, whole, names)
  if (dated) return { ...whole, ...dated }
  return whole.left.length ? read(false) : whole
}

/**
 * Whether a name is one beside others, or by itself: `worst` ranks others, and people are a voice only where nothing but what
 * they said is asked for.
 * @param {Span} span
 * @param {boolean} several
 */
function isNamed({ clauses, said, things: [thing] }, several) {
  if (thing?.kind === "voice" && thing.alone) return said && !several
  return !several || !isRanked(clauses)
}

/** @param {Clause[]} clauses */
const isRanked = (clauses) => clauses.length === 1 && RANKED.has(wordOf(clauses[0]))

/**
 * Names with what is asked for beside them, and what only asks.
 * @param {Clause[]} clauses
 * @param {Span[]} spans
 * @param {Names} names
 */
function besideOf(clauses, spans, names) {
  const inside = new Set(spans.flatMap((span) => span.clauses))
  const idle = idleOf(clauses.filter((clause) => !inside.has(clause)), spans, names)
  const left = clauses.filter((clause) => !inside.has(clause) && !idle.includes(clause) && !allSmall(clause, names))
  const having = (/** @type {Thing["kind"]} */ wanted) => spans.filter(({ things }) => things[0]?.kind === wanted)
  // A council has its rating: `is Kent good` asks for it.
  const rated = !left.length && having("authority").length ? having("rating") : []
  // A voice by itself has its feedback, which with more is a theme.
  const told = spans.filter(({ clauses: own }) => own.length === 1 && wordOf(own[0]) === "feedback")
  const others = spans.filter((span) => !told.includes(span))
  const voiced = !left.length && others.length && others.every(({ things }) => things.some(({ kind }) => kind === "voice"))
  const asking = voiced ? told : rated
  return { spans: spans.filter((span) => !asking.includes(span)), idle: [...idle, ...asking.flatMap((span) => span.clauses)], left }
}

/**
 * The same with years of reports as names, where they are all that is left beside councils and what CQC says of them:
 * `camden 2025`, `reports of 2025`, but no `carers strategy 2023`.
 * @param {Clause[]} clauses
 * @param {Pick<Naming, "spans" | "left">} naming
 * @param {Names} names
 */
function withYears(clauses, { spans, left }, names) {
  const years = left.filter((clause) => YEAR.test(wordOf(clause)))
  if (!years.length || spans.some(({ things: [thing] }) => thing?.kind === "theme" || thing?.kind === "voice")) return null
  const dated = years.map((clause) => ({ ...NO_SLIP, clauses: [clause], things: [], said: false, year: wordOf(clause) }))
  const found = besideOf(clauses, [...spans, ...dated], names)
  return !found.left.length && (spans.length || found.idle.length) ? found : null
}

/**
 * Clauses of plain words next to one another, word by word.
 * @param {Clause[]} clauses
 */
function runsOf(clauses) {
  /** @type {Word[][]} */
  const runs = [[]]
  for (const clause of clauses) {
    const [atom] = clause.options
    if (clause.options.length > 1 || !atom.bare) {
      runs.push([])
      continue
    }
    const { words, typed } = atom
    words.forEach((word, at) => {
      const own = words.length === 1 ? typed : word
      runs[runs.length - 1].push({ word, typed: own, clause, first: !at, last: at === words.length - 1 })
    })
  }
  return runs
}

/**
 * @param {Word[]} run
 * @param {Names} names
 * @param {Slipped | null} slipped
 * @param {boolean} whole
 */
function spansIn(run, names, slipped, whole) {
  /** @type {Found[]} */
  const found = []
  for (let from = 0; from < run.length; from += 1) {
    if (!run[from].first) continue
    const name = nameAt(run, from, names, slipped, whole)
    if (!name) continue
    found.push(name)
    from = name.to - 1
  }
  for (const [at, name] of found.entries()) {
    if (name.things[0]?.kind !== "authority") continue
    name.to = endOf(run, name.to, found[at + 1]?.from ?? run.length)
    name.from = startOf(run, name.from, found[at - 1]?.to ?? 0)
  }
  const voiced = found.filter(({ things }) => things.some(({ kind }) => kind === "voice"))
  return found.map(({ from, to, ...span }) => ({
    ...span,
    said: voiced.some((voice) => voice.from === from) && isSaid(run, from, to, voiced, names),
    clauses: [...new Set(run.slice(from, to).map(({ clause }) => clause))],
  }))
}

/**
 * Whether the next word before or after a voice, small words and other voices aside, is that it said something: `voices
 * inform strategy` is no question about what strategies say.
 * @param {Word[]} run
 * @param {number} from
 * @param {number} to
 * @param {Found[]} voiced
 * @param {Names} names
 */
function isSaid(run, from, to, voiced, names) {
  const isPassed = (/** @type {number} */ at) =>
    !SAID.has(run[at].word) && (names.stem(run[at].word) === null || voiced.some((other) => other.from <= at && at < other.to))
  let [before, after] = [from - 1, to]
  while (before >= 0 && isPassed(before)) before -= 1
  while (after < run.length && isPassed(after)) after += 1
  return [before, after].some((at) => SAID.has(run[at]?.word))
}

/**
 * @typedef {{ from: number, to: number, things: Thing[], score: number, year: string, slip: string, mended: string[] }} Found
 *
 * The longest name that begins at a place.
 * @param {Word[]} run
 * @param {number} from
 * @param {Names} names
 * @param {Slipped | null} slipped
 * @param {boolean} whole
 * @returns {Found | null}
 */
function nameAt(run, from, names, slipped, whole) {
  if (run[from].word === "london" && BEFORE.has(run[from + 1]?.word)) return null // London Borough of …
  const number = numberAt(run, from, whole)
  if (number) return number
  const most = run.length > FEW ? from + names.longest : run.length
  for (let to = Math.min(run.length, most); to > from; to -= 1) {
    if (!run[to - 1].last) continue
    const part = run.slice(from, to)
    const words = part.map(({ word }) => word)
    const counts = (/** @type {Thing} */ { alone, district }) => whole || !alone || (district && WITHIN.has(run[from - (run[from - 1]?.word === "the" ? 2 : 1)]?.word))
    const read = (/** @type {Word[]} */ some) =>
      names.called(some.map(({ word }) => word), some.map(({ typed }) => typed), whole).filter(counts)
    const things = read(part)
    // Small words around a name are no part of it, but `out of county` needs its own.
    const around = [part.slice(1), part.slice(0, -1)].filter((_, side) => names.stem(words[side ? words.length - 1 : 0]) === null)
    if (things.length && around.some((rest) => rest.length && read(rest).length)) continue
    if (things.length) return { ...NO_SLIP, from, to, things }
    const label = words.length > 1 && !from && to === run.length ? names.within(words) : []
    if (label.length) return { ...NO_SLIP, from, to, things: label }
    const apart = (words.length === 1 && names.apart(words[0])) || []
    const written = apart.length ? names.called(apart, apart, whole) : []
    if (written.length) return { ...NO_SLIP, from, to, things: written, slip: part[0].typed, mended: apart }
    const ends = [words[0], words[words.length - 1]]
    if (!slipped || !words.some((word) => slipped.unknown.has(word)) || ends.some((word) => JOINING.has(word) || names.stem(word) === null)) continue
    if (words.some((word) => /^\p{N}/u.test(word)) || ends.some((word) => IDLE.has(word) || COMPARING.has(word))) continue
    const slip = part.map(({ typed }) => typed).join(" ")
    const { slips, unknown } = slipped
    const meant = slips.isPart(words) ? [] : slips.meant(words).filter(counts)
    if (meant.length) return { ...NO_SLIP, from, to, things: meant, slip }
    const mended = slips.mended(words, unknown)
    const better = mended ? names.called(mended, mended, whole).filter(counts) : []
    if (mended && better.length) return { ...NO_SLIP, from, to, things: better, slip, mended }
  }
  return null
}

const NO_SLIP = { score: 0, year: "", slip: "", mended: [] }

/**
 * A score or the number of a quality statement: `score 4`, `scored a 4`, `4s`, `statement 3`.
 * @param {Word[]} run
 * @param {number} from
 * @param {boolean} whole   nothing but names: then a number by itself is a score
 * @returns {Found | null}
 */
function numberAt(run, from, whole) {
  const { word } = run[from]
  const joined = /^([1-4])s$|^qs([1-9])$/u.exec(word)
  if (joined?.[1]) return { ...NO_SLIP, from, to: from + 1, things: [], score: Number(joined[1]) }
  if (joined) return { ...NO_SLIP, from, to: from + 1, things: [statement(Number(joined[2]))] }
  const opens = SCORE.has(word) || STATEMENT.has(word)
  const at = opens ? [from + 1, from + 2].find((place) => /^[1-9]$/u.test(run[place]?.word ?? "")) : undefined
  if (at !== undefined && STATEMENT.has(word)) {
    return { ...NO_SLIP, from, to: at + 1, things: [statement(Number(run[at].word))] }
  }
  const named = whole && run.some(({ word: other }) => !/^[0-9]+$/u.test(other))
  const digit = at ?? (named || SCORE.has(run[from + 1]?.word) ? from : -1)
  if (!/^[1-4]$/u.test(run[digit]?.word ?? "")) return null
  return { ...NO_SLIP, from, to: digit + 1, things: [], score: Number(run[digit].word) }
}

/** @param {number} number @returns {Thing} */
const statement = (number) => ({ kind: "statement", at: number - 1, own: true, alone: false, word: "" })

/** @param {Word[]} run @param {number} to @param {number} limit */
function endOf(run, to, limit) {
  let end = to
  while (end < limit && (AFTER.has(run[end].word) || (run[end].word === "local" && run[end + 1]?.word === "authority"))) {
    end += 1
  }
  return run[end - 1].last ? end : to
}

/** @param {Word[]} run @param {number} from @param {number} limit */
function startOf(run, from, limit) {
  let start = from
  for (let at = from - 1; at >= limit; at -= 1) {
    const { word } = run[at]
    const london = word === "london" && BEFORE.has(run[at + 1].word)
    if (BEFORE.has(word) || london) start = at
    else if (word !== "of" && word !== "the") break
  }
  return run[start].first ? start : from
}

/**
 * Clauses that only ask for what is named.
 * @param {Clause[]} rest
 * @param {Span[]} spans
 * @param {Names} names
 */
function idleOf(rest, spans, names) {
  if (!spans.some(({ things, score, year }) => score || year || things.some(({ kind }) => kind !== "theme"))) return []
  const voiced = spans.some(({ things }) => things.some(({ kind }) => kind === "voice"))
  const several = spans.filter(({ things }) => things.some(({ kind }) => kind === "authority" || kind === "region")).length > 1
  const asking = rest.filter((clause) =>
    IDLE.has(wordOf(clause)) || (voiced && SAID.has(wordOf(clause))) || (several && COMPARING.has(wordOf(clause)))
  )
  const others = rest.filter((clause) => !asking.includes(clause) && !allSmall(clause, names))
  return others.every((clause) => TRADE.has(wordOf(clause)) || RANKED.has(wordOf(clause))) ? [...asking, ...others] : asking
}

/** The word of a clause that is one plain word, else "". @param {Clause} clause */
const wordOf = ({ options }) => (options.length === 1 && options[0].plain ? options[0].words[0] : "")

/** @param {Clause} clause @param {Names} names */
const allSmall = ({ options }, names) =>
  options.length === 1 && options[0].bare && options[0].words.every((word) => names.stem(word) === null)
