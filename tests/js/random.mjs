/** Invented input for the tests, the same in every run. */

/** @param {number} seed */
export function randomness(seed) {
  let state = seed >>> 0
  /** A number from 0 up to 1 (mulberry32). */
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (/** @type {number} */ most) => Math.floor(next() * most)
  return {
    next,
    below,
    /** @template T @param {ArrayLike<T>} list */
    pick: (list) => list[below(list.length)],
  }
}

/** What people, and those who mean harm, put into a search box. */
export const HOSTILE = [
  ...["", " ", "\u0000", "\uD800", "\uDFFF a", "*", "**", "* *", "-", "--", "- -", '"', '""', '"""', "“”", "“", ":", "::", "a:", ":a"],
  ...["OR", "OR OR", "a OR", "OR a", "NOT", "NOT NOT", "AND", "NOT OR", "-OR", "' OR 1=1 --", "valueOf OR __proto__"],
  ...["score:", 'score:"', 'score:""', "score:-", "score:>=", "score:9999", "score:3-", "score:4-3", "authority:", "authority:*"],
  ...['theme:"', "-theme:", "--theme:x", "__proto__:1", "constructor:1", "toString", "hasOwnProperty", "__proto__", "constructor"],
  ...["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "javascript:alert(1)", "../../etc/passwd", "%00%0a"],
  ...["a~9", "a^999", "+a +b", "((((((((", "a*b*c*d*e", "*a*b*c*", "ﷺ", "👩‍👩‍👧", "e\u0301", "ß ﬁ ŁÓDŹ", "ＡＢＣ", "İstanbul", "ſ"],
  ...["٣", "𝒜", "a\u00ADb", "\u202E abc", "’’’’’", "o’’’clock", "-".repeat(500), '"'.repeat(500), "*".repeat(500)],
  ...["a".repeat(5000), "a ".repeat(3000), "OR ".repeat(900), "(".repeat(2000), "score:1 ".repeat(200), '"a b" '.repeat(200)],
  "co-production-".repeat(60),
]

const PIECES = [
  ...["a", "carers", "the", "mat*", "*ing", '"', "“", "”", "-", "–", "+", "OR", "AND", "NOT", ":", "score:", "score:>=3", "theme:"],
  ...['authority:"', "text:", "foo:", " ", "  ", "\t", "\n", "(", ")", "*", "~", "^", "’", "'", "1.5", "£", "#", "\u0301", "\uD83D"],
  ...["ß", "co-production", "year:20", "region:south", "voice:", "__proto__", "\u0000", "%"],
]

/** @param {ReturnType<typeof randomness>} random */
export function randomQuery(random) {
  const piece = () => (random.next() < 0.9 ? random.pick(PIECES) : String.fromCharCode(random.below(65536)))
  return Array.from({ length: random.below(14) }, piece).join("")
}
