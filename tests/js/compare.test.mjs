/** The comparison: what an address says, who is like whom, what stands out, and which passages stand under what. On what the build wrote. */
import assert from "node:assert/strict"
import { readFile } from "node:fs/promises"
import { test } from "node:test"
import {
  apart,
  differentRules,
  groups,
  heard,
  likeness,
  marks,
  MOST,
  readChoice,
  similar,
  titleOf,
  total,
  underTopic,
  writeChoice,
} from "../../docs/assets/javascripts/compare/choice.js"
import { indexOf } from "../../docs/assets/javascripts/compare/data.js"
import { list } from "../../docs/assets/javascripts/wording.js"

/**
 * @typedef {import("../../docs/assets/javascripts/compare/data.js").Authority} Authority
 * @typedef {import("../../docs/assets/javascripts/compare/data.js").Report} Report
 * @typedef {import("../../docs/assets/javascripts/compare/data.js").Passage} Passage
 * @typedef {import("../../docs/assets/javascripts/compare/choice.js").Topic} Topic
 */

const built = async (/** @type {string} */ name) =>
  JSON.parse(await readFile(new URL(`../../docs/compare/${name}`, import.meta.url), "utf8"))
const index = indexOf(await built("authorities.json"))
const { authorities, statements } = index
/** Of one text alone, whatever else comes into the collection. @type {Passage[]} */
const passages = (await built("camden.json")).passages.filter((/** @type {Passage} */ { statement }) => statement === "equity")
const [THEME] = index.themes.keys()

/** @param {string} slug @returns {Authority} */
function authority(slug) {
  const found = authorities.get(slug)
  assert.ok(found, slug)
  return found
}
/** @param {string} slug @returns {Report} */
function reportOf(slug) {
  const { report } = authority(slug)
  assert.ok(report, `${slug} has a report`)
  return report
}
const read = (/** @type {string} */ search) => readChoice(search, index)
const slugs = (/** @type {Authority[]} */ found) => found.map(({ slug }) => slug)

test("an address names authorities and a topic, and comes back from what is written", () => {
  for (const topic of /** @type {(Topic | null)[]} */ ([null, { kind: "theme", id: THEME }, { kind: "statement", id: "equity" }])) {
    const choice = { slugs: ["camden", "kent"], topic }
    assert.deepEqual(read(writeChoice(choice)), { ...choice, problem: "" })
  }
  assert.equal(writeChoice({ slugs: [], topic: null }), "")
  assert.equal(writeChoice({ slugs: ["camden", "kent"], topic: { kind: "theme", id: "carers" } }), "?authorities=camden,kent&theme=carers")
  assert.deepEqual(read("?authorities=camden&authorities=%20KENT%20,").slugs, ["camden", "kent"])
})

test("what an address has too much is left out and named", () => {
  const five = read("?authorities=camden,kent,york,derby,brent")
  assert.equal(five.slugs.length, MOST)
  assert.equal(five.problem, "Left out of this address: Brent (four is the most).")
  assert.equal(read("?authorities=kent,kent").problem, "Left out of this address: Kent a second time.")
  const many = read(`?authorities=${[...authorities.keys()].join(",")}`)
  assert.equal(many.problem, `Left out of this address: ${authorities.size - MOST} more councils (four is the most).`)
  const two = read(`?theme=${THEME}&statement=equity`)
  assert.deepEqual(two.topic, { kind: "theme", id: THEME })
  assert.equal(two.problem, `Left out of this address: ${statements.get("equity")} (one theme or statement at a time).`)
  const all = [...index.themes]
  const named = all.slice(1, 4).map(([, label]) => label)
  const every = read(`?${all.map(([id]) => `theme=${id}`).join("&")}`)
  assert.equal(every.problem, `Left out of this address: ${list(named)} (one theme or statement at a time).`)
})

test("what is no id of ours is named where it looks like one; other words are never shown", () => {
  assert.equal(read("?authorities=atlantis,camden").problem, "Left out of this address: “atlantis” (not the id of a council).")
  assert.equal(read("?authorities=<b>Buy</b>").problem, "Left out of this address: 1 entry (not the id of a council).")
  assert.equal(read("?authorities=a,b,c,d,e&theme=%3Cimg%3E&statement=x").problem,
    "Left out of this address: “a”, “b”, “c” and 2 more (not the id of a council); 1 entry (not the id of a theme); " +
      "“x” (not the id of a quality statement).")
  assert.equal(read("?theme=a&theme=a&theme=b").problem, "Left out of this address: “a” and “b” (not the id of a theme).")
  assert.deepEqual(read("?authorities=__proto__,constructor").slugs, [])
})

test("it is said in what authorities are alike, and warned where their types differ", () => {
  assert.equal(likeness([authority("camden"), authority("brent")]), "Like with like: same type: London borough; same region: London.")
  assert.equal(likeness([authority("kent"), authority("norfolk")]), "Like with like: same type: County; different regions: South East and East of England.")
  assert.equal(likeness([authority("camden"), authority("kent")]),
    "Not like with like: different types: London borough and County; different regions: London and South East. Compare with care.")
})

test("reports that were rated under different rules are named by their rules", () => {
  const [camden, kent, norfolk] = ["camden", "kent", "norfolk"].map(authority)
  assert.equal(differentRules([camden, kent], index.versions), "")
  const other = { ...norfolk, report: { ...reportOf("norfolk"), framework: "second" } }
  const versions = new Map([...index.versions, ["second", "an invented framework"]])
  const [first] = index.versions.values()
  assert.equal(differentRules([camden, other, kent, { ...kent, report: null }], versions),
    `Rated under different rules: Camden and Kent under ${first}; Norfolk under an invented framework. A difference may come from the rules.`)
})

test("those not chosen stand in groups, each once, the likest to the first chosen one before the others", () => {
  const found = groups(authorities, ["kent", "camden"])
  assert.deepEqual(found.map(({ why }) => why), [
    "Same type: County; same region: South East",
    "Same type: County; other regions",
    "Same region: South East; other types",
    "Other types, other regions",
  ])
  const all = found.flatMap(({ items }) => slugs(items))
  assert.equal(all.length, authorities.size - 2)
  assert.equal(new Set(all).size, all.length)
  assert.ok(found[0].items.every(({ type, region }) => type === "County" && region === "South East"))
  const regions = groups(authorities, []).map(({ why }) => why)
  assert.deepEqual(regions, [...regions].sort())
})

test("similar ones have a report and the same type, in each group the nearest in points first", () => {
  const own = total(reportOf("kent").scores)
  const found = similar(authorities, ["kent"])
  const items = found.flatMap((group) => group.items)
  assert.deepEqual(found.map(({ why }) => why), ["Same type: County; same region: South East", "Same type: County; other regions"])
  assert.ok(items.length > 1 && items.length <= 8)
  for (const { type } of items) assert.equal(type, "County")
  for (const group of found) {
    const away = group.items.map(({ slug }) => Math.abs(total(reportOf(slug).scores) - own))
    assert.deepEqual(away, [...away].sort((one, other) => one - other), group.why)
    assert.ok(group.of >= group.items.length)
  }
  assert.deepEqual(similar(authorities, ["kent"], 3).flatMap((group) => slugs(group.items)), slugs(items).slice(0, 3))
  assert.ok(!similar(authorities, ["kent", slugs(items)[0]]).some((group) => slugs(group.items).includes(slugs(items)[0])))
})

test("the highest and the lowest number are marked, unless all are alike or there is one alone", () => {
  assert.deepEqual(marks([3, 1, 2]), ["highest", "lowest", ""])
  assert.deepEqual(marks([3, null, 1]), ["higher", "", "lower"])
  assert.deepEqual(marks([3, 1, 3, 1]), ["highest", "lowest", "highest", "lowest"])
  for (const values of [[2, 2, 2], [2, null], [null, null]]) assert.deepEqual(marks(values), values.map(() => ""))
  assert.deepEqual([apart([3, null, 1]), apart([2])], [2, 0])
})

/** Camden's report, as if its text on equity alone were here. */
const camden = { ...reportOf("camden"), texts: ["equity"] }

test("a statement's passages are all of its text; a text that is not here is missing, not silent", () => {
  const equity = underTopic({ kind: "statement", id: "equity" }, camden, passages, statements)
  const { scores } = camden
  assert.deepEqual(equity.map(({ kind, name, score }) => ({ kind, name, score })), [
    { kind: "found", name: statements.get("equity"), score: scores[[...statements.keys()].indexOf("equity")] },
  ])
  assert.deepEqual(equity[0].passages, passages)
  assert.ok(passages.every(({ score }) => score === equity[0].score))
  const [governance] = underTopic({ kind: "statement", id: "governance" }, camden, passages, statements)
  assert.deepEqual([governance.kind, governance.passages], ["missing", []])
})

test("a theme concerns every statement: found, silent where the text does not discuss it, missing where it is not here", () => {
  const themes = new Set(passages.flatMap((it) => it.themes))
  const silent = [...index.themes.keys()].find((id) => !themes.has(id))
  assert.ok(silent)
  for (const [id, kind] of [...[...themes].map((it) => [it, "found"]), [silent, "silent"]]) {
    const found = underTopic({ kind: "theme", id }, camden, passages, statements)
    assert.deepEqual(found.map((it) => it.id), [...statements.keys()])
    for (const it of found) assert.equal(it.kind, it.id === "equity" ? kind : "missing", `${id}, ${it.id}`)
    assert.deepEqual(found.flatMap((it) => it.passages), passages.filter((it) => it.themes.includes(id)))
  }
})

test("those who hear the page are told how much each has, or which kind of nothing", () => {
  /** @type {Topic} */
  const topic = { kind: "statement", id: "equity" }
  assert.equal(heard({ ...authority("camden"), report: camden }, topic, passages, index), `Camden ${passages.length}`)
  assert.equal(heard({ ...authority("kent"), report: { ...reportOf("kent"), texts: [] } }, topic, [], index), "Kent no section")
  assert.equal(heard({ ...authority("kent"), report: null }, topic, [], index), "Kent no report")
})

test("the title names what is compared, before the site", () => {
  const title = (/** @type {string[]} */ chosen, /** @type {string | null} */ topic = null) =>
    titleOf("Compare councils - Care Evidence Explorer", chosen.map(authority), topic)
  assert.equal(title([]), "Compare councils - Care Evidence Explorer")
  assert.equal(title(["kent"], "Equity"), "Kent: Compare councils: Equity - Care Evidence Explorer")
  assert.equal(title(["kent", "york"], "Equity"), "Kent and York compared: Equity - Care Evidence Explorer")
  assert.equal(title([], "Equity"), "Compare councils - Care Evidence Explorer")
})
