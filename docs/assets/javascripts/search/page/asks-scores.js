/** Whether a query asks for scores and ratings as such, which are on a page of their own: `league table`, `who scored 1`. */

const SCORES = /^(?:scor(?:e|es|ed|ing)|ratings?|rated|rank(?:s|ed|ing|ings)?|league)$/u

/** What people write around these, and name nothing by: with any other word the query is about more. */
const AROUND = new Set([
  ...["a", "all", "an", "and", "any", "are", "by", "did", "do", "does", "every", "for", "got", "has", "have", "how", "in", "is", "me", "of"],
  ...["on", "or", "the", "their", "to", "was", "what", "where", "which", "who", "whose", "with", "mean", "means", "many", "number", "list", "map"],
  ...["council", "councils", "authority", "authorities", "local", "england", "cqc", "adult", "social", "care", "table", "tables", "page", "see", "show"],
  ...["average", "best", "better", "bottom", "compare", "compared", "high", "highest", "latest", "low", "lowest", "overall", "top", "worst", "1", "2", "3", "4"],
])

/** @param {string} query */
export function asksScores(query) {
  const words = query.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
  return words.some((word) => SCORES.test(word)) && words.every((word) => SCORES.test(word) || AROUND.has(word))
}
