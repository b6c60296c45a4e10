/** Kinds of words that share a stem, the same as `build_scripts/search/forms.py`, which says what a kind is. */

/** What is done to a word, one after the other: parties, carers, agreed, planning, care, plann, carry. @type {[RegExp, string][]} */
const STEPS = [
  [/(?<=..)ies$/u, "y"],
  [/(?<=..[^siu])s$/u, ""],
  [/(?<=..[^c]ee)d$/u, ""],
  [/(?<=[aeiouy])([^aeiouy]*)(?:ing|(?<!e)ed)$/u, "$1"],
  [/(?<=..)e$/u, ""],
  [/([^aeiou])\1$/u, "$1"],
  [/y$/u, "i"],
]

/** A folded word without the endings of plurals and verbs. @param {string} word */
export const kindOf = (word) => STEPS.reduce((rest, [ending, to]) => rest.replace(ending, to), word)

/** Keys that stand among the terms and are none: names of several words, kinds of words, districts. @param {string} key */
export const isNoTerm = (key) => /[ !#=]/u.test(key)
