/** The search page's address: what is written is read back, and what anybody may write into it does no harm. */
import assert from "node:assert/strict"
import { test } from "node:test"
import {
  chosen,
  inPlace,
  readAddress,
  request,
  searchFor,
  toggled,
  whole,
  writeAddress,
} from "../../docs/assets/javascripts/search/page/address.js"
import { hit } from "./given.mjs"

/** @typedef {import("../../docs/assets/javascripts/search/page/address.js").State} State */

/** @type {State} */
const PLAIN = { query: "", related: true, filters: {}, sort: "relevance", group: "", shown: 10 }

test("an address without parameters is the page as it is first opened, and is written as nothing", () => {
  assert.deepEqual(readAddress(""), PLAIN)
  assert.equal(writeAddress(readAddress("")), "")
})

test("what is written is read back, in the same order, whatever the words are", () => {
  const queries = ["", "sign language", '"a b" -c OR d*', "50% & more #1 + 2?", "naïve “quotes” £1.50", "<b>&amp;</b>"]
  const filters = [{}, { theme: ["b", "a"], notTheme: ["c"] }, { score: ["4", "3"], year: ["2024"], authority: ["x y&z=1"] }]
  for (const query of queries)
    for (const some of filters)
      for (const related of [true, false])
        for (const [sort, group, shown] of /** @type {const} */ ([["relevance", "", 10], ["newest", "report", 40]])) {
          const state = { query, related, filters: some, sort, group, shown }
          assert.deepEqual(readAddress(writeAddress(state)), state)
        }
})

test("parameters that are unknown, repeated, empty, endless or no numbers are cut to what can be asked", () => {
  const read = readAddress(`?q=${"a".repeat(9000)}&theme=a&theme=a&theme=&theme=%20b%20&sort=sideways&group=x&shown=-3&x=y&related=`)
  assert.equal(read.query.length, 2000)
  assert.deepEqual(read.filters, { theme: ["a", "b"] })
  assert.deepEqual([read.sort, read.group, read.shown, read.related], ["relevance", "", 10, true])
  assert.equal(readAddress(`?${"theme=".concat("x".repeat(500))}`).filters.theme?.[0].length, 80)
  const many = Array.from({ length: 500 }, (_, number) => `theme=t${number}`).join("&")
  assert.equal(readAddress(`?${many}`).filters.theme?.length, 60)
  for (const shown of ["NaN", "1e9", "Infinity", "", "0x10", "15"]) {
    const { shown: read } = readAddress(`?shown=${shown}`)
    assert.ok(read >= 10 && read <= 200 && read % 10 === 0, shown)
  }
  assert.doesNotThrow(() => readAddress("?q=%E0%A4%A&theme=%"))
})

test("a value is put in and taken out again, and a filter without values is none", () => {
  const one = toggled({}, "theme", "a")
  const two = toggled(one, "theme", "b")
  assert.deepEqual(two, { theme: ["a", "b"] })
  assert.deepEqual(toggled(toggled(two, "theme", "a"), "theme", "b"), {})
  assert.deepEqual(chosen({ theme: ["a"], notTheme: ["b"], year: ["2024"] }), [
    { key: "theme", value: "a" },
    { key: "year", value: "2024" },
    { key: "notTheme", value: "b" },
  ])
})

test("a request asks for as many as are in sight, and for what is added", () => {
  const asked = request({ ...PLAIN, shown: 30 }, { facets: true })
  assert.deepEqual(asked, { query: "", related: true, filters: {}, sort: "relevance", group: "", from: 0, size: 30, facets: true, lists: [] })
})

test("addresses are whole, and lead to where the site is, with the words to mark before the anchor", () => {
  const site = new URL("../../docs/", import.meta.url).href
  assert.equal(whole("/themes/"), `${site}themes/`)
  assert.equal(searchFor("sign language"), `${site}search/?q=sign+language`)
  const found = hit({ address: "/reports/a-2025-01/equity/#p-12345678", markWords: ["sign language", "a&b#c"] })
  assert.equal(inPlace(found), `${site}reports/a-2025-01/equity/?mark=sign+language&mark=a%26b%23c#p-12345678`)
})
