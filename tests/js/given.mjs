/** What several tests give to the scripts. */
import assert from "node:assert/strict"

/**
 * @typedef {import("../../docs/assets/javascripts/search/types.js").Hit} Hit
 * @typedef {import("../../docs/assets/javascripts/search/types.js").Request} Request
 */

/** What is there: a test that finds nothing ends here. @template T @param {T | null | undefined} it @returns {T} */
export function there(it) {
  assert.ok(it !== null && it !== undefined, "nothing is there")
  return it
}

/** A request for the first ten of all passages, unless said otherwise. @param {Partial<Request>} [more] @returns {Request} */
export const request = (more = {}) => ({
  query: "",
  related: true,
  filters: {},
  sort: "relevance",
  group: "",
  from: 0,
  size: 10,
  facets: false,
  lists: [],
  ...more,
})

/** A passage that was found. @param {Partial<Hit>} [more] @returns {Hit} */
export const hit = (more = {}) => ({
  doc: 7,
  id: "anytown-2025-01/equity/p-0a1b2c3d",
  address: "/reports/anytown-2025-01/equity/#p-0a1b2c3d",
  authority: { slug: "anytown", name: "Anytown", fullName: "Anytown County Council", type: "County", region: "East" },
  statement: { id: "equity", name: "Equity in experience and outcomes" },
  score: 3,
  scoreLabel: "Evidence shows a good standard",
  report: "anytown-2025-01",
  published: "2025-01-09",
  rating: "Good",
  source: "",
  heading: "Access",
  number: 2,
  of: 7,
  themes: [{ id: "boats", label: "Boats" }, { id: "roads", label: "Roads" }],
  voices: [],
  list: false,
  text: "Words.",
  marks: [],
  markWords: [],
  ...more,
})
