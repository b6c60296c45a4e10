/** What to mark in a text: the words that were looked for, in whatever form they stand there. */
import { tokens } from "./words.js"

/**
 * @typedef {(word: string) => string | null} Stem   a folded word to its stem; null for a word too common to be indexed
 *
 * @typedef {object} Sought
 * @property {Set<string>} stems         words by themselves
 * @property {string[][]} phrases        words next to one another
 * @property {RegExp[]} patterns         words with stars
 * @property {number[]} themes           themes that were named: what earned them is marked, too
 */

/**
 * Gathers what is looked for, for `markText`.
 * @param {{ kind: string, words: string[], compound?: string, terms?: string[][] }[]} atoms
 *   `terms`: what words with stars stand for in the index
 * @param {Stem} stem
 * @param {number[]} [themes]
 * @returns {Sought}
 */
export function sought(atoms, stem, themes = []) {
  const found = { stems: new Set(), phrases: /** @type {string[][]} */ ([]), patterns: /** @type {RegExp[]} */ ([]), themes: /** @type {number[]} */ ([]) }
  for (const { kind, words, compound, terms = [] } of atoms) {
    if (compound) found.stems.add(stem(compound))
    if (kind === "pattern") {
      found.patterns.push(...words.map(patternOf))
      for (const term of terms.flat()) if (!term.includes("*")) found.stems.add(term)
    }
    if (kind === "words" && words.length === 1) found.stems.add(stem(words[0]))
    else if (kind === "words") found.phrases.push(words.map((word) => rootOf(word, stem)))
  }
  found.stems.delete(null)
  found.themes.push(...themes)
  return found
}

/**
 * What words are compared by: the stem, or for a common word itself, told apart from stems (`us`, and the stem of
 * `used`).
 * @param {string} word
 * @param {Stem} stem
 */
function rootOf(word, stem) {
  return stem(word) ?? ` ${word}`
}

/**
 * What tells whether a word fits a pattern with stars.
 * @param {string} pattern
 */
export function patternOf(pattern) {
  const pieces = pattern.split("*").map((piece) => piece.replace(/[^\p{L}\p{N}]/gu, "\\$&"))
  return new RegExp(`^${pieces.join("[^]*")}$`, "u")
}

/**
 * The places to mark, in order and apart, and the distinct words and phrases that stand there.
 * @param {string} text
 * @param {Sought} what
 * @param {Stem} stem
 * @param {string[]} [earned]   words of the text that earned it what was named, as they stand there
 * @returns {{ marks: [number, number][], markWords: string[] }}
 */
export function markText(text, { stems, phrases, patterns }, stem, earned = []) {
  // A stem begins as its word does, so that few words of a text are stemmed.
  const starts = new Set([...stems, ...phrases.flat().map((root) => root.trimStart())].map((root) => root[0]))
  const all = tokens(text).map((token) => ({ ...token, root: starts.has(token.word[0]) ? rootOf(token.word, stem) : "" }))
  /** @type {[number, number][]} */
  const spans = []
  for (const { word, start, end, root } of all) {
    if (stems.has(root) || patterns.some((pattern) => pattern.test(word))) spans.push([start, end])
  }
  const words = all.filter(({ compound }) => !compound)
  for (const [at, token] of words.entries()) {
    for (const phrase of phrases) {
      if (phrase.every((word, step) => words[at + step]?.root === word)) {
        spans.push([token.start, words[at + phrase.length - 1].end])
      }
    }
  }
  for (const words of earned) {
    for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + words.length)) spans.push([at, at + words.length])
  }
  const marks = apart(spans)
  return { marks, markWords: [...new Set(marks.map(([start, end]) => text.slice(start, end).toLowerCase()))] }
}

/**
 * Spans in order, those that touch or overlap made one.
 * @param {[number, number][]} spans
 */
function apart(spans) {
  /** @type {[number, number][]} */
  const found = []
  for (const [start, end] of spans.sort((a, b) => a[0] - b[0] || b[1] - a[1])) {
    const last = found.at(-1)
    if (last && start <= last[1]) last[1] = Math.max(last[1], end)
    else found.push([start, end])
  }
  return found
}
