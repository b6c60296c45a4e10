/**
 * What the fields of a query, and the filters, are called inside a sentence.
 * @type {Record<import("./types.js").FacetName, string>}
 */
export const FIELD_WORDS = {
  theme: "theme",
  voice: "voice",
  statement: "quality statement",
  score: "score",
  rating: "rating",
  region: "region",
  type: "type of council",
  authority: "council",
  year: "year",
}
