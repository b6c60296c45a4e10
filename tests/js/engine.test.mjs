/** The whole engine on what the build wrote of the real texts (or on the folder that SEARCH_DATA names). */
import assert from "node:assert/strict"
import { existsSync } from "node:fs"
import { readFile } from "node:fs/promises"
import { test } from "node:test"
import { pathToFileURL } from "node:url"
import { request, there } from "./given.mjs"
import { HOSTILE, randomness, randomQuery } from "./random.mjs"

/**
 * @typedef {import("../../docs/assets/javascripts/search/types.js").Answer} Answer
 * @typedef {import("../../docs/assets/javascripts/search/types.js").Hit} Hit
 * @typedef {import("../../docs/assets/javascripts/search/types.js").Request} Request
 * @typedef {(word: string) => string | null} Stem
 */

const BUILT = new URL("../../docs/assets/search/", import.meta.url)
assert.ok(
  existsSync(new URL("manifest.json", BUILT)),
  "docs/assets/search/ is not there: run `evidence build --pages-only` first",
)
const { Engine } = await import("../../docs/assets/javascripts/search/engine/engine.js")
const { Files } = await import("../../docs/assets/javascripts/search/engine/files.js")
const { kindOf } = await import("../../docs/assets/javascripts/search/engine/forms.js")
const { tokens, wordsOf } = await import("../../docs/assets/javascripts/search/engine/words.js")

const FOLDER = process.env.SEARCH_DATA ? pathToFileURL(`${process.env.SEARCH_DATA}/`) : BUILT
const SIGNAL = new AbortController().signal

/** A browser's fetch over the built files; `change` may give another answer. @param {(name: string, cache?: string) => Response | null} change */
function served(change = () => null) {
  /** @type {string[]} */
  const asked = []
  /** @type {typeof globalThis.fetch} */
  const fetch = async (address, { cache } = {}) => {
    const name = String(address).replace(FOLDER.href, "")
    asked.push(name)
    await new Promise((resolve) => setImmediate(resolve)) // as a network, it answers after what runs has run
    return change(name, cache) ?? new Response(new Uint8Array(await readFile(new URL(name, FOLDER))))
  }
  return {
    asked,
    engine: new Engine(new Files(FOLDER.href, { fetch, online: true, patience: 2000 }), "https://example.org/site/"),
  }
}

const { engine } = served()
/** @param {string | Partial<Request>} more */
const search = (more, by = engine) => by.search(request(typeof more === "string" ? { query: more } : more), SIGNAL)
const everything = await search({ size: 100_000 })
const authorities = (/** @type {Answer} */ answer) => [...new Set(answer.hits.map(({ authority }) => authority.slug))].sort()
const real = { skip: process.env.SEARCH_DATA ? "the folder of SEARCH_DATA holds other texts" : false }

test("what the page opens with is the engine's own answer to nothing asked, every list counted", async () => {
  const opening = JSON.parse(await readFile(new URL("opening.json", FOLDER), "utf8"))
  const groups = new Set(opening.facets.theme.map((/** @type {{ group: string }} */ { group }) => `theme/${group}`))
  assert.deepEqual(opening, await search({ facets: true, lists: ["voice/", ...groups], size: 10 }))
})

test("interpretation is found in the texts of both authorities, with the word marked", real, async () => {
  const found = await search({ query: "interpretation", related: false, facets: true })
  assert.ok(authorities(found).includes("camden") && authorities(found).includes("westminster"))
  for (const { text, marks } of found.hits) {
    assert.ok(marks.some(([start, end]) => /^interpret/i.test(text.slice(start, end))), text)
  }
  assert.ok(found.pages.some(({ address }) => address === "/themes/interpretation/"))
})

test("guides are found by their own text, each at the section that has the words", real, async () => {
  const places = async (/** @type {string} */ query) => (await search({ query, facets: true })).pages.map(({ address }) => address)
  const redirects = await places("redirects.csv")
  assert.deepEqual(redirects.sort(), ["/contribute/#cqc-changed-its-text", "/contribute/collect/#when-it-has-ended"])
  assert.ok((await places("three ways")).includes("/contribute/#add-a-text-or-a-report"))
  assert.equal((await places("“CQC shows these sections one page at a time”"))[0], "/about/")
})

test("where something is named, a guide that only has the words in its text is no answer", real, async () => {
  for (const query of ["waiting lists", "inadequate"]) {
    const { pages } = await search({ query, facets: true })
    assert.deepEqual(pages.filter(({ address }) => /^\/(about|contribute)\//.test(address)), [], query)
  }
  const { pages } = await search({ query: "easy read", facets: true })
  assert.ok(pages.some(({ address }) => address === "/about/easy-read/"), "its title has the words")
})

test("a phrase is found where its words stand together, and nowhere else", real, async () => {
  const found = await search('"sign language"')
  assert.ok(found.total > 0)
  for (const { text, heading } of found.hits) assert.match(`${heading} ${text}`, /sign language/i)
})

test("a star finds what begins so, whatever follows", real, async () => {
  const found = await search("talking mat*")
  assert.ok(found.total > 0)
  for (const { text } of found.hits) assert.match(text, /talking/i), assert.match(text, /\bmat/i)
})

test("a star after letters that only a longer word has finds it by its stem, and says so", real, async () => {
  const fresh = served()
  for (const query of ["interpreter*", "interpretat*"]) {
    const found = await search(query, fresh.engine)
    const whole = fresh.asked.some((name) => name.startsWith("words-"))
    assert.equal(whole, query === "interpretat*", "all words are loaded where no stem tells")
    assert.equal(found.total, (await search({ query: "interpretation", related: false })).total)
    assert.match(found.understood.notes[0], /by its stem/)
    assert.ok(found.hits.some(({ marks }) => marks.length))
  }
  assert.equal((await search("carersx*")).total, 0)
  const inside = await search({ query: "*ability", size: 100 })
  assert.ok(inside.hits.some(({ markWords }) => markWords.some((word) => word.endsWith("ability"))))
  assert.equal((await search("*qzx")).total, 0)
})

test("words that the stock stemmer loses are found wherever they stand", async () => {
  for (const word of ["pathway", "delay"]) {
    const having = everything.hits.filter(({ text }) => new RegExp(`\\b${word}`, "i").test(text)).length
    const found = await search({ query: word, related: false, size: 100_000 })
    assert.ok(found.total >= having, word)
    if (!found.total) assert.ok(found.advice)
  }
})

test("a word that is taken away is in no result", real, async () => {
  const found = await search("carers -unpaid")
  assert.ok(found.total > 0)
  for (const { text } of found.hits) assert.match(text, /carer/i), assert.doesNotMatch(text, /unpaid/i)
  assert.deepEqual(found.understood.parts.map(({ typed, prohibited }) => [typed, prohibited]), [["carers", false], [
    "unpaid",
    true,
  ]])
})

test("the beginning of a word gets the suggestion to look for all that begin so", real, async () => {
  assert.equal((await search("interp camden")).suggestion?.query, "interp* camden")
  assert.equal((await search('"interp"')).suggestion, null)
  assert.equal((await search("qzxq")).suggestion, null)
})

test("a misspelt word gets a suggestion, and is not changed silently", real, async () => {
  const found = await search("langauge camden")
  const { query, total } = there(found.suggestion)
  assert.equal(query, "language camden")
  assert.equal(total, (await search(query)).total)
  assert.equal((await search("interpretation")).suggestion, null)
  assert.equal((await search('people "sgin langauge" -unpiad')).suggestion?.query, 'people "sign language" -unpiad')
  assert.equal((await search("authority:camden heading:incluson")).suggestion?.query, "authority:camden heading:inclusion")
})

test("a slip in a theme's name is mended to the theme, and told", real, async () => {
  const found = await search("interpretor camden")
  assert.deepEqual(found.cards.map(({ kind, id, slip }) => [kind, id, slip]), [["authority", "camden", ""], ["theme", "interpretation", "interpretor"]])
  assert.equal(found.suggestion, null)
  assert.deepEqual(found.hits.map(({ id }) => id), (await search("interpreters camden")).hits.map(({ id }) => id))
})

test("score 4 leaves Camden, as a filter and as a field", real, async () => {
  for (const more of [{ filters: { score: ["4"] } }, { query: "score:4" }, { query: "score:>=4 -score:3" }]) {
    const found = await search({ ...more, size: 100 })
    assert.ok(authorities(found).includes("camden") && !authorities(found).includes("westminster"))
    assert.ok(found.hits.every(({ score }) => score === 4))
  }
})

test("a theme by any of its names finds what is about it, after what has the words, and says so", real, async () => {
  const [label, other, off] = await Promise.all([
    search({ query: "interpretation", size: 100 }),
    search({ query: "translation", size: 100 }),
    search({ query: "translation", size: 100, related: false }),
  ])
  const about = everything.hits.filter(({ themes }) => themes.some(({ id }) => id === "interpretation")).length
  for (const found of [label, other]) {
    assert.deepEqual(found.cards[0], { ...found.cards[0], kind: "theme", id: "interpretation" })
    assert.equal(found.cards[0].held.passages, about)
    assert.ok(found.total >= about)
  }
  const own = other.hits.map(({ text }) => /\btranslat/i.test(text))
  assert.deepEqual(own, [...own].sort((one, two) => Number(two) - Number(one)), "own words come first")
  assert.equal(other.total, off.total + there(other.understood.themes[0]).further)
  assert.deepEqual(off.understood.themes, [])
})

test("in how many passages words are is told without those that are about them in others", real, async () => {
  const found = await search("hospital discharge delays")
  const parts = found.understood.parts.map(({ typed, found: number }) => [typed, number])
  const having = (/** @type {RegExp} */ word) => everything.hits.filter(({ text, heading }) => word.test(`${heading} ${text}`)).length
  assert.deepEqual(parts, [["hospital discharge", having(/hospital discharge/i)], ["delays", having(/\bdelay/i)]])
  assert.ok(there(found.understood.themes.find(({ typed }) => typed === "delays")).further > 0, "and some are about it")
})

test("the words that earned a theme are marked where it was named by others", real, async () => {
  const { hits } = await search("backlog")
  assert.ok(hits.length && hits.every(({ marks }) => marks.length))
  assert.deepEqual((await search({ query: "backlog", related: false })).hits, [])
})

test("what a star finds by its stem is marked", real, async () => {
  for (const query of ["*carer", "interpreter*"]) {
    for (const { markWords } of (await search(query)).hits) assert.ok(markWords.length, query)
  }
})

test("BSL finds British Sign Language and back, unless related words are turned off", real, async () => {
  const [short, full, off] = await Promise.all([
    search("BSL"),
    search("british sign language"),
    search({ query: "BSL", related: false }),
  ])
  assert.deepEqual(short.understood.related, [{ word: "BSL", added: ["British Sign Language"] }])
  assert.ok(short.hits.some(({ markWords }) => markWords.includes("british sign language")))
  const either = await search("BSL OR Makaton")
  assert.equal(either.total, short.total)
  assert.deepEqual(either.understood.related, short.understood.related)
  assert.deepEqual(full.understood.related, [{ word: "british sign language", added: ["BSL"] }])
  assert.deepEqual(off.understood.related, [])
  assert.ok(off.total < short.total)
})

test("where no passage has all words, those with any are shown, and it is said", async () => {
  const [{ text }] = everything.hits
  const word = tokens(text).map((token) => token.word).find((each) => each.length > 6)
  const found = await search(`${word} qzxqzx`)
  assert.equal(found.understood.mode, "any")
  assert.deepEqual(found.understood.parts.map((part) => part.found > 0), [true, false])
})

test("an empty query is every passage, in order", async () => {
  assert.equal(everything.understood.mode, "everything")
  assert.equal(everything.total, everything.of.passages)
  assert.deepEqual(everything.hits.map(({ doc }) => doc), everything.hits.map((_, at) => at))
})

test("common words alone are looked for in vain, which is told", async () => {
  const found = await search("the of")
  assert.deepEqual([found.total, found.understood.mode], [0, "nothing"])
  assert.deepEqual(found.understood.ignored, ["the", "of"])
})

test("what is shown in parts is the same as what is shown at once, and nothing is loaded twice", async () => {
  const fresh = served()
  const whole = await search({ query: "people", size: 12 }, fresh.engine)
  const parts = []
  for (const from of [0, 4, 8]) parts.push(...(await search({ query: "people", from, size: 4 }, fresh.engine)).hits)
  assert.deepEqual(parts, whole.hits)
  const before = fresh.asked.length
  await search({ query: "people", from: 4, size: 4 }, fresh.engine)
  assert.equal(fresh.asked.length, before, "what was shown is kept")
  assert.deepEqual((await search({ query: "people", size: 0 }, fresh.engine)).hits, [])
})

test("groups say where they begin among the results shown, and how many they hold", async () => {
  /** @type {Partial<Request>} */
  const grouped = { query: "people", group: "report" }
  const whole = await search({ ...grouped, size: 100_000 })
  assert.equal(whole.groups.reduce((sum, { count }) => sum + count, 0), whole.total)
  for (const { key, first } of whole.groups) assert.equal(whole.hits[first].report, key)
  const from = whole.groups[1].first - 1
  const later = await search({ ...grouped, from, size: 3 })
  assert.deepEqual(later.groups.map(({ key, first }) => [key, first]).slice(0, 2), [[whole.groups[0].key, 0], [
    whole.groups[1].key,
    1,
  ]])
})

const read = new Map()
/** The words of a text as they are compared, compounds apart; "us" is not "used", whose stem it is. @param {string} text @param {Stem} stem @returns {{ every: Set<string>, row: string[] }} */
function rootsOf(text, stem) {
  if (!read.has(text)) {
    const all = tokens(text).map(({ word, compound }) => ({ root: stem(word) ?? `common ${word}`, compound }))
    read.set(text, {
      every: new Set(all.map(({ root }) => root)),
      row: all.filter(({ compound }) => !compound).map(({ root }) => root),
    })
  }
  return read.get(text)
}

/** Whether a passage has what was asked for, by reading it. @param {Hit} hit @param {{ words: string[], fields: (hit: Hit) => string[] }} what @param {Stem} stem */
function holds(hit, { words, fields }, stem) {
  const wanted = words.map((word) => stem(word) ?? `common ${word}`)
  return fields(hit).some((text) => {
    const { every, row } = rootsOf(text, stem)
    if (words.length === 1) return every.has(wanted[0])
    return row.some((_, at) => wanted.every((word, step) => row[at + step] === word))
  })
}

test("every query finds what reading all passages finds", async () => {
  const { stem } = await engine.open()
  const random = randomness(11)
  const seen = (/** @type {Hit} */ hit) => [hit.text, hit.heading, hit.authority.name, hit.statement.name]
  const prose = (/** @type {Hit} */ hit) => [hit.text, hit.heading]
  /** @returns {{ typed: string, words: string[], fields: (hit: Hit) => string[] }} */
  const some = () => {
    const all = tokens(random.pick(everything.hits).text)
    const words = all.filter((token) => !token.compound).map((token) => token.word)
    const at = random.below(words.length - 4)
    const phrase = words.slice(at, at + 2 + random.below(3))
    const quoted = random.next() < 0.4 && phrase.some((word) => stem(word))
    const word = words.slice(at).find((each) => stem(each) && /^\p{L}+$/u.test(each))
    if (quoted) return { typed: `"${phrase.join(" ")}"`, words: phrase, fields: prose }
    return word ? { typed: word, words: [word], fields: seen } : some()
  }
  let found = 0
  for (let turn = 0; turn < 200; turn += 1) {
    const [one, other, third, not] = [some(), some(), some(), some()]
    const either = random.next() < 0.5
    const query = `${one.typed} ${other.typed}${either ? ` OR ${third.typed}` : ""}${
      random.next() < 0.5 ? ` -${not.typed}` : ""
    }`
    const has = (/** @type {Hit} */ hit, /** @type {ReturnType<typeof some>} */ what) => holds(hit, what, stem)
    const kept = (/** @type {Hit} */ hit) => !query.includes(" -") || !has(hit, not)
    const second = (/** @type {Hit} */ hit) => has(hit, other) || (either && has(hit, third))
    const all = everything.hits.filter((hit) => has(hit, one) && second(hit))
    const any = everything.hits.filter((hit) => has(hit, one) || second(hit))
    const answer = await search({ query, related: false, size: 100_000 })
    const expected = (all.length ? all : any).filter(kept).map(({ doc }) => doc)
    assert.deepEqual(answer.hits.map(({ doc }) => doc).sort((a, b) => a - b), expected, query)
    assert.equal(answer.understood.parts[0].found, everything.hits.filter((hit) => has(hit, one)).length, query)
    found += answer.total
  }
  assert.ok(found > 200)
})

test("nothing that can be typed makes the engine fail, and it goes on to answer", async () => {
  const random = randomness(23)
  for (const query of [...HOSTILE, ...Array.from({ length: 150 }, () => randomQuery(random))]) {
    const found = await search({ query, facets: true })
    assert.ok(found.total <= everything.total, JSON.stringify(query))
    await engine.suggest(query, SIGNAL, () => {})
  }
  assert.equal((await search("")).total, everything.total)
})

test("strange filters, sorts and places change nothing or find nothing", async () => {
  const filters = { theme: ["<script>", "__proto__"], score: ["9"], region: "x", other: ["y"] }
  /** @type {any} */
  const strange = { filters, sort: "sideways", group: "nothing" }
  assert.equal((await search(strange)).total, everything.total)
  assert.deepEqual((await search({ from: 1e9 })).hits, [])
})

test("where nothing is left, advice says what to take away and how many passages are there then", async () => {
  const [hit] = everything.hits
  const { facets } = await search({ facets: true })
  const other = there(facets.region?.find(({ label }) => label !== hit.authority.region))
  const filters = { region: [other.id], authority: [hit.authority.slug] }
  const { total, advice } = await search({ query: "people -qzx", filters })
  assert.equal(total, 0)
  const { without } = there(advice)
  const way = there(without.find(({ what }) => what === `region ${other.label}`))
  assert.equal((await search({ query: "people -qzx", ...way.change })).total, way.left)
  for (const { left, change } of without) {
    assert.equal((await search({ query: "people -qzx", filters, ...change })).total, left)
  }
})

test("a filter is taken away whole, themes that were left out one by one", async () => {
  const { facets } = await search({ facets: true })
  const hit = there(everything.hits.find(({ themes }) => themes.length > 1))
  const [one, two] = hit.themes.map(({ id }) => id)
  const other = there(facets.theme?.findLast(({ id }) => !hit.themes.some((theme) => theme.id === id))).id
  const { advice } = await search({ filters: { theme: [one, two], notTheme: [one, two, other] } })
  const { without } = there(advice)
  const ways = without.map(({ change }) => [change.filters?.theme?.length, change.filters?.notTheme?.length])
  assert.ok(ways.some(([theme, notTheme]) => theme === 0 && notTheme === 3))
  for (const [theme, notTheme] of ways) assert.ok((theme === 0) !== (notTheme === 2))
  for (const { change, left } of without) assert.equal((await search(change)).total, left)
})

test("where no single filter stands in the way, all of them do", async () => {
  const used = new Set(everything.hits.map(({ authority }) => authority.type))
  const { facets } = await search({ facets: true })
  const type = facets.type?.find(({ label }) => !used.has(label))
  const region = facets.region?.find(({ count }) => !count)
  if (!type || !region) return // a collection that has every type and region has no such filters
  const { advice } = await search({ query: "people", filters: { type: [type.id], region: [region.id] } })
  assert.deepEqual(advice?.without, [{
    what: "all filters",
    left: (await search("people")).total,
    change: { filters: {} },
  }])
})

test("advice takes off a name that filters, whole, and says what it is", real, async () => {
  const { advice } = await search("good councils in yorkshire")
  const [way] = there(advice).without
  assert.equal(way.what, "region Yorkshire and The Humber")
  assert.deepEqual((await search({ query: "", ...way.change })).total, way.left)
})

test("no theme is likely for words that name a place, a statement or nothing", real, async () => {
  const likely = async (/** @type {string} */ query) => there((await search(query)).advice).themes.map(({ id }) => id)
  for (const query of ["sheffield adult social care", "london borough of hackney", "assessing peoples needs", "leeds direct payments"]) {
    assert.deepEqual(await likely(query), [], query)
  }
  assert.deepEqual(await likely("carers breaks"), ["unpaid-carers"], "a word of the named theme that names another")
  assert.deepEqual(await likely("micro-commissioning"), ["commissioning"])
})

test("advice takes away the word that removes everything", async () => {
  const found = await search("authority:qqqq people -people")
  assert.equal(found.total, 0)
  assert.match(found.understood.notes.join(" "), /names no council here/)
  const { without } = there(found.advice)
  for (const { left, change } of without) assert.equal((await search(change)).total, left)
  assert.ok(without.some(({ what }) => what === "-people"))
})

test("facets are counted, and name everything that occurs", async () => {
  const { facets, total } = await search({ query: "people", facets: true })
  assert.equal(facets.score?.reduce((sum, { count }) => sum + Number(count), 0), total)
  assert.equal(facets.authority?.reduce((sum, { count }) => sum + Number(count), 0), total)
  const lists = there(facets.theme).map(({ group }) => `theme/${group}`)
  const all = (await search({ facets: true, lists })).facets
  for (const { id, count } of there(all.theme)) {
    assert.equal(count, everything.hits.filter(({ themes }) => themes.some((theme) => theme.id === id)).length, id)
  }
})

test("neighbours are the passages beside one on its own page", async () => {
  const first = there(everything.hits.find(({ number }) => number === 1))
  assert.deepEqual(await engine.neighbours(first), {
    before: null,
    after: first.of > 1 ? everything.hits[first.doc + 1] : null,
  })
  const last = there(everything.hits.find(({ number, of }) => number === of && of > 1))
  assert.equal((await engine.neighbours(last)).after, null)
  for (const other of [{ doc: first.doc + 1, id: first.id }, { doc: 1e9, id: first.id }]) {
    await assert.rejects(engine.neighbours(other), (/** @type {any} */ error) => error.trouble.code === "renewed")
  }
})

test("suggestions have names at once, then passages in which the word may be unfinished", real, async () => {
  let early = null
  const found = await engine.suggest("interpr", SIGNAL, (names) => (early = names))
  assert.deepEqual(early, found.names)
  assert.deepEqual([found.names[0].kind, found.names[0].address], ["theme", "/themes/interpretation/"])
  assert.ok(found.total > 0 && found.passages.length <= 3)
  const fresh = served()
  for (let end = 3; end <= "interpretation".length; end += 1) {
    const { total, passages } = await fresh.engine.suggest("interpretation".slice(0, end), SIGNAL, () => {})
    assert.ok(total > 0 && passages[0].marks.length, "no letter of a word on the way loses its passages")
  }
  assert.ok(!fresh.asked.some((name) => name.startsWith("words-")), "typing does not load all words")
  const camden = await engine.suggest("camd", SIGNAL, () => {})
  assert.deepEqual(camden.names.map(({ kind, id }) => [kind, id]), [["authority", "camden"]])
  assert.deepEqual(await engine.suggest("", SIGNAL, () => {}), { names: [], passages: [], total: 0 })
})

test("the file of all results has each of them, in their order", async () => {
  /** @type {number[][]} */
  const steps = []
  const csv = await engine.csv(
    request({ query: "people", sort: "score-up" }),
    (done, of) => steps.push([done, of]),
    SIGNAL,
  )
  const { hits, total } = await search({ query: "people", sort: "score-up", size: 100_000 })
  const places = hits.map(({ id }) => csv.indexOf(`,${id},`))
  assert.ok(places.every((place, at) => place > (places[at - 1] ?? 0)))
  assert.deepEqual(steps.at(-1), [total, total])
})

test("an overtaken request stops", async () => {
  const aborter = new AbortController()
  const search1 = engine.search(request({ query: "carers people" }), aborter.signal)
  aborter.abort()
  await assert.rejects(search1, { name: "AbortError" })
})

test("after a new deployment the manifest is read past the cache, once, and the search goes on", async () => {
  const manifest = JSON.parse(await readFile(new URL("manifest.json", FOLDER), "utf8"))
  const old = { ...manifest, terms: { ...manifest.terms, folder: "terms-00000000" } }
  const { engine: behind, asked } = served((name, cache) => {
    if (name === "manifest.json" && cache !== "reload") return new Response(JSON.stringify(old))
    return name.includes("00000000") ? new Response("", { status: 404 }) : null
  })
  const found = await Promise.all([search("people", behind), search("carers", behind)])
  assert.deepEqual(found.map(({ total }) => total), [(await search("people")).total, (await search("carers")).total])
  assert.ok(
    asked.filter((name) => name === "manifest.json").length <= 3,
    "once at first, and once for each that failed",
  )
  const before = asked.length
  await search("people", behind)
  assert.ok(!asked.slice(before).includes("manifest.json"))
})

test("a file that is gone for good is said to be, and the next search tries again", async () => {
  let gone = true
  const { engine: hurt, asked } = served((name) => (gone && name.startsWith("terms-") ? new Response("", { status: 404 }) : null))
  await assert.rejects(search("people", hurt), (/** @type {any} */ error) => error.trouble.code === "missing")
  const shards = asked.filter((name) => name.startsWith("terms-"))
  assert.equal(shards.length, 2 * new Set(shards).size, "asked for past the cache, and not again for a manifest that names it alike")
  assert.equal((await search("", hurt)).total, everything.total, "what needs no shard still works")
  gone = false
  assert.equal((await search("people", hurt)).total, (await search("people")).total)
})

test("whatever comes in place of a file, nobody is told that nothing was found", async () => {
  const { asked, engine: whole } = served()
  const asks = { query: '"care and support" qzxq*', filters: { theme: ["carers"] }, facets: true, lists: ["voice/"] }
  await search(asks, whole)
  const names = [...new Set(asked)].filter((name) => name.includes("/"))
  const byFolder = Object.groupBy(names, (name) => name.slice(0, name.indexOf("-")))
  for (const [folder, [name]] of Object.entries(/** @type {Record<string, string[]>} */ (byFolder))) {
    const swapped = new Uint8Array(await readFile(new URL(name.replace(/[^/]+\.bin/, name.endsWith("/1.bin") ? "0.bin" : "1.bin"), FOLDER)))
    for (const wrong of [swapped, "<html>Please log in</html>"]) {
      const { engine: hurt } = served((each) => (each.startsWith(`${folder}-`) ? new Response(wrong) : null))
      const asking = search(asks, hurt)
      await assert.rejects(asking, (/** @type {any} */ error) => error.trouble.code === "foreign", name)
    }
  }
})

test("a site renewed for other scripts says so", async () => {
  const manifest = JSON.parse(await readFile(new URL("manifest.json", FOLDER), "utf8"))
  for (const change of [{ format: 1 }, { lunr: "1.0.0" }]) {
    let renewed = false
    const { engine: behind } = served((name) =>
      renewed && name === "manifest.json" ? Response.json({ ...manifest, ...change }) : renewed ? new Response("", { status: 404 }) : null
    )
    await search("people", behind)
    renewed = true
    await assert.rejects(search("carers", behind), (/** @type {any} */ error) => error.trouble.code === "renewed")
  }
})

test("where a council's figures do not come, nobody is told that there is no report of it", async () => {
  const { engine: hurt } = served((name) => (name.startsWith("figures-") ? new Response("<html>Please log in</html>") : null))
  await assert.rejects(search("derbyshire", hurt), (/** @type {any} */ error) => error.trouble.code === "foreign")
  assert.ok((await search("people", hurt)).total > 0, "what names no council does without them")
})

test("without the list of other pages passages are found all the same", async () => {
  const { engine: hurt } = served((name) => (name.startsWith("pages-") ? new Response("", { status: 404 }) : null))
  const found = await search({ query: "people", facets: true }, hurt)
  assert.ok(found.total > 0)
  assert.deepEqual(found.pages, [])
})

test("a council's name leads to it alone, with its figures; what is said of it elsewhere comes after its own", real, async () => {
  const found = await search({ query: "london borough of camden council", size: 100 })
  const [card] = found.cards
  assert.deepEqual([card.kind, card.id, card.held.sections, card.report?.rating], ["authority", "camden", 1, "Outstanding"])
  assert.equal(card.report?.scores.length, 9)
  assert.deepEqual([...new Set(found.hits.map(({ authority }) => authority.slug))], ["camden"])
})

test("a council of which nothing is here is known, and nothing of others is shown for it", real, async () => {
  for (const query of ["Leeds", "leeds city council", "reading borough council"]) {
    const found = await search(query)
    assert.deepEqual([found.cards[0].kind, found.cards[0].held.sections, found.total], ["authority", 0, 0], query)
    assert.equal(found.suggestion, null)
  }
})

test("a district is answered with its county, and says so; an abolished county with the councils after it", real, async () => {
  const [norfolk] = (await search("Norwich")).cards
  assert.deepEqual([norfolk.id, norfolk.slip, norfolk.place], ["norfolk", "", { name: "Norwich", councils: ["Norfolk"] }])
  const berkshire = (await search("berkshire")).cards
  assert.equal(berkshire.length, 6)
  assert.deepEqual(berkshire[0].place?.councils, berkshire.map(({ label }) => label).sort())
  assert.deepEqual((await search("greater manchester carers")).cards.map(({ kind }) => kind).slice(9, 11), ["authority", "theme"])
  const within = await search("burnley carers")
  assert.deepEqual(within.understood.filters, [{ field: "authority", value: "Lancashire", without: "carers" }])
  const written = (await search("council:norwich carers")).understood
  assert.deepEqual(written.filters, [{ field: "authority", value: "Norfolk" }])
  assert.deepEqual(written.notes, ["Norwich is in Norfolk.", "No section of Norfolk is here yet."])
  assert.match((await search("council:burn carers")).understood.notes.join(), /names no council here/, "a part of a district's name")
})

test("where the list of districts does not come a search goes on, and knows them the next time", real, async () => {
  let gone = true
  const { engine: other } = served((name) => (gone && name.startsWith("districts-") ? new Response("", { status: 404 }) : null))
  const slip = () => search("cheltenam", other).then(({ cards }) => cards.map(({ id }) => id))
  assert.deepEqual(await slip(), [])
  /** @type {string[][]} */
  const early = []
  const labels = async () => (await other.suggest("norwi", SIGNAL, (names) => void early.push(names.map(({ label }) => label)))).names.map(({ label }) => label)
  assert.deepEqual([await labels(), early], [[], [[], []]])
  gone = false
  assert.deepEqual(await search("cheltenam and", other).then(({ cards }) => cards.map(({ id }) => id)), ["gloucestershire"])
  assert.deepEqual(await labels(), ["Norfolk"])
})

test("each district comes with the words that it begins with, and with those of its second part", real, async () => {
  const { districts, index } = await engine.open()
  const all = await districts()
  assert.ok(all.length > 1500)
  for (const [name, councils] of all) {
    const known = new Map(await index.districts(wordsOf(name)))
    assert.deepEqual(known.get(name), councils, name)
  }
  /** @param {...string} words */
  const names = async (...words) => (await index.districts(words)).map(([name]) => name)
  assert.deepEqual(await names("saint"), await names("st"), "as it is typed")
  assert.ok((await names("nantwich")).includes("Crewe and Nantwich"))
  assert.deepEqual(await names("north", "the", "north"), await names("north"))
  assert.deepEqual(await names("care"), [])
  assert.deepEqual((await search("norw*")).understood.notes, (await search("zzzz*")).understood.notes, "they are no terms")
})

test("a council beside other words is a filter that can be taken off; what others have stands apart", real, async () => {
  const within = await search({ query: "westminster interpreters", size: 100 })
  assert.deepEqual(authorities(within), ["westminster"])
  assert.deepEqual(within.understood.filters, [{ field: "authority", value: "Westminster", without: "interpreters" }])
  const none = await search("leeds interpreters")
  assert.deepEqual([none.total, none.near?.elsewhere], [0, true])
  assert.deepEqual(none.near?.hits[0].id, (await search("interpreters")).hits[0].id)
})

test("a year beside a council, a rating or reports filters, and narrows what cards count and list", real, async () => {
  const later = await search("london 2029")
  assert.deepEqual([later.total, later.cards[0].held.passages, later.cards[0].years], [0, 0, ["2029"]], "no report is of that year")
  const found = await search("outstanding councils 2025")
  assert.deepEqual(found.understood.filters.map(({ field, value }) => [field, value]), [["rating", "Outstanding"], ["year", "2025"]])
  assert.deepEqual(authorities(found), ["camden"])
  const [good] = (await search("good councils 2025")).cards
  assert.equal(good.held.sections, 0)
  assert.ok(good.councils.length && good.councils.every(({ name }) => name !== "Westminster"))
  assert.equal((await search("reports published in 2024")).total, 20)
})

test("several councils are any of these", real, async () => {
  for (const query of ["camden westminster", "compare camden with westminster", "camden or westminster"]) {
    const found = await search({ query, size: 100 })
    assert.deepEqual([found.total, found.understood.mode, found.cards.length], [everything.total, "all", 2], query)
  }
})

test("what is here of a rating or a region is what the other names leave", real, async () => {
  const [rating] = (await search("good councils in yorkshire")).cards
  assert.deepEqual([rating.id, rating.held.sections], ["Good", 0])
  assert.equal((await search("good")).cards[0].held.sections, 1)
  const [camden] = (await search("outstanding london")).cards
  assert.deepEqual(camden.held, { councils: 1, sections: 1, passages: 7 })
})

test("a quality statement goes first where its score is asked for, and after a theme of its name beside other words", real, async () => {
  const first = async (/** @type {string} */ query) => (await search(query)).cards.map(({ kind }) => kind)
  assert.deepEqual((await first("councils scoring 3 for governance"))[0], "statement")
  assert.deepEqual(await first("why does camden get a 4 for equity"), ["authority", "statement", "theme"])
  assert.deepEqual(await first("the word safeguarding in languages"), ["theme", "statement"])
})

test("a group's name among other words is no question about what it said", real, async () => {
  assert.deepEqual((await search("family group conferencing")).cards, [])
  assert.equal((await search("what families said")).cards[0].kind, "voice")
})

test("an abbreviation stands for the label that it begins with", real, async () => {
  const { hits, understood } = await search("MCA")
  assert.deepEqual(understood.related[0].added, ["Mental Capacity Act", "Mental capacity"])
  assert.match(hits[0].text, /mental capacity/u)
})

test("scores, ratings and regions narrow which councils a card lists", real, async () => {
  const [equity] = (await search("score 4 equity")).cards
  assert.ok(equity.councils.length && equity.councils.every(({ score }) => score === 4))
  const [rating, region] = (await search("requires improvement london")).cards
  assert.deepEqual([rating.id, region.id], ["Requires improvement", "london"])
  assert.ok(rating.councils.some(({ name }) => name === "Brent") && rating.councils.every(({ rating: own }) => own === "Requires improvement"))
  assert.deepEqual(region, { ...(await search("london")).cards[0], slip: region.slip }, "a further card speaks of itself alone")
  const [counted] = (await search("how many councils are inadequate")).cards
  assert.deepEqual(counted, (await search("inadequate")).cards[0], "a question after their number is about the rating")
})

test("words next to one another come first, then those in a sentence's length, then those far apart", async () => {
  const { stem } = await engine.open()
  /** The fewest words in a row of a passage that have both. @param {Hit} hit @param {string[]} wanted */
  const span = (hit, wanted) => Math.min(...[hit.text, hit.heading].map((text) => {
    const { row } = rootsOf(text, stem)
    const places = wanted.map((word) => row.flatMap((root, at) => (root === stem(word) ? [at] : [])))
    return Math.min(...places[0].flatMap((one) => places[1].map((other) => Math.abs(one - other) + 1)), Infinity)
  }))
  const step = (/** @type {number} */ words) => (words <= 2 ? 0 : words <= 17 ? 1 : 2)
  for (const query of ["people support", "staff people", "care needs"]) {
    const { hits } = await search({ query, related: false, size: 400 })
    const steps = hits.map((hit) => step(span(hit, query.split(" "))))
    if ((await engine.open()).index.size < 400) assert.deepEqual(steps, [...steps].sort(), query)
  }
})

test("what a query asks for is under way before the names of the collection are there, and few texts before their order is", real, async () => {
  const { asked, engine: fresh } = served()
  const found = await search({ query: "talking mats", related: false }, fresh)
  const first = (/** @type {RegExp} */ name) => asked.findIndex((each) => name.test(each))
  assert.ok(found.total > 1 && found.total <= 10, "few, so that all are shown, and two, so that there is an order")
  assert.equal(asked[0], "manifest.json")
  assert.ok(first(/^terms-/) > 0 && first(/^terms-/) < 4 && first(/^catalogue-/) < 4, asked.join(" "))
  assert.ok(first(/^texts-/) < first(/^places-.*[0-9]\.bin/), asked.join(" "))
  const again = served()
  await search({ query: "talking mats", related: false, size: 1 }, again.engine)
  const later = (/** @type {RegExp} */ name) => again.asked.findIndex((each) => name.test(each))
  assert.ok(later(/^texts-/) > later(/^places-.*[0-9]\.bin/), `which of several is shown, their order says: ${again.asked.join(" ")}`)
})

test("where few have all words, passages with most of them stand apart and are not counted", real, async () => {
  const found = await search("deaf interpreters")
  assert.ok(found.near && found.near.hits.length > 0 && !found.near.elsewhere)
  assert.ok(found.near.hits.every(({ id }) => !found.hits.some((hit) => hit.id === id)))
  assert.equal((await search("people")).near, null, "enough was found")
})

test("signs between words part them, stops of initials go, and per cent is a sign", real, async () => {
  const same = async (/** @type {string} */ one, /** @type {string} */ other) =>
    assert.deepEqual((await search(one)).hits.map(({ id }) => id), (await search(other)).hits.map(({ id }) => id), one)
  await same("carers/staff", "carers staff")
  await same("carers;staff", "carers staff")
  await same("N.H.S.", "NHS")
  await same("57 per cent", "57%")
  await same("theme: interpretation", "theme:interpretation")
})

test("passages with a word in one of its forms come before those with another word of its stem", async () => {
  const random = randomness(31)
  const { index } = await engine.open()
  const wordsIn = (/** @type {Hit} */ hit) => new Set(tokens(`${hit.text} ${hit.heading}. ${hit.authority.name}. ${hit.statement.name}`).map(({ word }) => word))
  const known = everything.hits.map((hit) => ({ hit, words: wordsIn(hit) }))
  const all = [...new Set(known.flatMap(({ words }) => [...words]))].filter((word) => index.stem(word) && /^[a-z]{3,}$/.test(word))
  let parted = 0
  for (let turn = 0; turn < 150; turn += 1) {
    const word = random.pick(all)
    const { hits } = await search({ query: word, related: false, size: 100_000 })
    const has = hits.map((hit) => [...there(known[hit.doc]).words].some((other) => index.stem(other) === index.stem(word) && kindOf(other) === kindOf(word)))
    assert.ok(has.indexOf(false) < 0 || !has.slice(has.indexOf(false)).includes(true), word)
    parted += Number(has.includes(false))
  }
  assert.ok(parted > 10 || process.env.SEARCH_DATA, "invented words seldom share a stem")
})

test("a quotation that is nearly there leads to the passage that has the most of its words", real, async () => {
  const hit = there(everything.hits.find(({ text }) => text.length > 200))
  const words = hit.text.split(/\s+/).slice(4, 16)
  const { total, near } = await search(`"${[...words.slice(0, 5), "zebra", ...words.slice(6)].join(" ").replaceAll('"', "")}"`)
  assert.deepEqual([total, near?.nearly, near?.hits[0].id], [0, true, hit.id])
  const [before, differs, after] = there(near).pieces[0]
  assert.deepEqual([before.same, differs.typed, differs.same, after.same], [true, "zebra", false, true])
  assert.ok(hit.text.includes(`${before.text} ${differs.text}`) && words[5].includes(differs.text))
  assert.equal((await search('"zebra crossing"')).near, null, "two words are a name, not a quotation")
})
