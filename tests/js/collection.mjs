/** An invented collection for tests: a catalogue, and which passages have which theme and voice. */
import { Catalogue } from "../../docs/assets/javascripts/search/engine/catalogue.js"
import { randomness } from "./random.mjs"

const TOWNS = ["Anytown", "Boatham", "Cliffe and Dale", "East Boatham", "Farham", "Great Anytown"]

/**
 * @param {number} seed
 * @returns {{ catalogue: Catalogue, tags: { theme: Set<number>[], voice: Set<number>[] }, columns: any }}
 */
export function inventedCollection(seed) {
  const random = randomness(seed)
  /** @type {[number, string, number, string][]} */
  const reports = TOWNS.slice(1).map((_, at) => [at + 1, `${2023 + random.below(3)}-0${1 + random.below(9)}`, random.below(4), ""])
  const texts = reports.map(() => 1 + random.below(3))
  const count = texts.reduce((sum, each) => sum + each, 0)
  const catalogue = new Catalogue({
    authorities: TOWNS.map((name, at) => [name.toLowerCase().replaceAll(" ", "-"), name, at % 2, at % 3, [], "* Council"]),
    reports,
    pages: {
      report: texts,
      statement: texts.flatMap((each) => Array.from({ length: each }, (_, at) => at)),
      score: Array.from({ length: count }, () => 1 + random.below(4)),
      passages: Array.from({ length: count }, () => 1 + random.below(9)),
    },
    statements: [["equity", "Equity", []], ["safe-pathways", "Safe pathways", []], ["governance", "Governance", []]],
    types: [["county", "County"], ["unitary", "Unitary council"]],
    regions: [["east", "East"], ["london", "London"], ["south-east", "South East"]],
    ratings: [["inadequate", "Inadequate"], ["requires-improvement", "Requires improvement"], ["good", "Good"], [
      "outstanding",
      "Outstanding",
    ]],
    scoreLabels: ["one", "two", "three", "four"],
    groups: ["Water", "Land"],
    themes: [["boats", "Boats", 0, ["ships"]], ["roads", "Roads and paths", 1, []], ["bridges", "Bridges", 0, [
      "easy read",
    ]]],
    voices: [["people", "People", [], 0, 0], ["staff", "Staff", [], 0, 0]],
    lengths: "",
    places: "",
  })
  const tagged = () =>
    new Set(Array.from({ length: catalogue.size }, (_, doc) => doc).filter(() => random.next() < 0.3))
  const tags = { theme: catalogue.themes.map(tagged), voice: catalogue.voices.map(tagged) }
  const columns = {
    async mask(/** @type {"theme" | "voice"} */ kind, /** @type {number[]} */ places) {
      return places.length
        ? Uint8Array.from({ length: catalogue.size }, (_, doc) => Number(places.some((at) => tags[kind][at].has(doc))))
        : null
    },
    count: async (/** @type {"theme" | "voice"} */ kind, /** @type {number} */ place, /** @type {Uint8Array} */ mask) =>
      [...tags[kind][place]].filter((doc) => mask[doc]).length,
  }
  return { catalogue, tags, columns }
}
