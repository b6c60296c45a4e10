/** What a query names: councils as people write them, with slips of the keys; regions, statements, themes, voices, ratings. */
import assert from "node:assert/strict"
import { readFile } from "node:fs/promises"
import { fileURLToPath } from "node:url"
import { test } from "node:test"
import { Catalogue, readCatalogue } from "../../docs/assets/javascripts/search/engine/catalogue.js"
import { findNames } from "../../docs/assets/javascripts/search/engine/named.js"
import { Names } from "../../docs/assets/javascripts/search/engine/naming.js"
import { parseQuery } from "../../docs/assets/javascripts/search/engine/query.js"
import { Slips } from "../../docs/assets/javascripts/search/engine/slips.js"
import { wordsOf } from "../../docs/assets/javascripts/search/engine/words.js"
import { filesIn } from "./disk.mjs"

const files = filesIn(fileURLToPath(new URL("../../docs/assets/search", import.meta.url)))
const CSV = new URL("../../data/authorities.csv", import.meta.url)
const DISTRICTS = new URL("../../data/districts.csv", import.meta.url)
const manifest = await files.manifest()
const catalogue = new Catalogue(await readCatalogue(files, manifest))
/** @type {import("../../docs/assets/javascripts/search/engine/catalogue.js").District[]} */
const districts = JSON.parse(new TextDecoder().decode(await files.get(manifest.districts)))

/** A stemmer good enough for these. */
const COMMON = new Set(["the", "of", "and", "to", "in", "for", "is", "how", "which", "are", "what", "did", "say", "about", "it", "on", "from"])
const stem = (/** @type {string} */ word) => (COMMON.has(word) ? null : word.replace(/s$/, ""))
const names = new Names(catalogue, stem)
const slips = new Slips(names, catalogue.data, districts)
const { data } = catalogue
const ROWS = {
  authority: data.authorities,
  region: data.regions,
  statement: data.statements,
  theme: data.themes,
  voice: data.voices,
  rating: data.ratings,
}

/** What a query names, as `kind id`, first meaning first, and what is left beside it. @param {string} query @param {string[]} unknown */
function read(query, ...unknown) {
  const { spans, left } = findNames(parseQuery(query).clauses, names, { slips, unknown: new Set(unknown) })
  return {
    named: spans.map(({ things, score }) => (score ? `score ${score}` : `${things[0].kind} ${ROWS[things[0].kind][things[0].at][0]}`)),
    left: left.map(({ typed }) => typed).filter((word) => stem(word.toLowerCase())),
  }
}

test("what a name means does not depend on what was asked before it", async () => {
  const all = [...data.authorities.map(([, name]) => name), ...data.themes.flatMap(([, label, , also]) => [label, ...also])]
  for (const name of all.filter((_, at) => at % 5 === 0)) {
    const words = wordsOf(name)
    assert.deepEqual(new Names(catalogue, stem).called(words, words, true), names.called(words, words, true), name)
  }
})

test("an id that the catalogue leaves out is the name as addresses have it", async () => {
  const lines = (await readFile(CSV, "utf8")).trim().split(/\r?\n/).slice(1)
  const slugs = new Map(lines.map((line) => [line.split(",")[1], line.split(",")[0]]))
  assert.ok(data.authorities.length > 150)
  for (const [slug, name] of data.authorities) if (slugs.has(name)) assert.equal(slug, slugs.get(name))
  for (const rows of [data.statements, data.regions, data.ratings, data.themes, data.voices])
    for (const [id] of rows) assert.match(id, /^[a-z][a-z-]+$/)
  assert.equal(data.themes.find(([, label]) => label === "Interpretation and translation")?.[0], "interpretation")
})

test("every council is known by its name, its full official name, and its other names", async () => {
  const [head, ...lines] = (await readFile(CSV, "utf8")).trim().split(/\r?\n/)
  const columns = head.split(",")
  assert.ok(lines.length > 150)
  for (const line of lines) {
    const cells = Array.from(line.matchAll(/(?:^|,)(?:"([^"]*)"|([^,]*))/g), ([, quoted, plain]) => quoted ?? plain)
    const cell = (/** @type {string} */ name) => cells[columns.indexOf(name)]
    for (const name of [cell("name"), cell("full_name"), ...cell("also").split("; ").filter(Boolean)]) {
      assert.deepEqual(read(name), { named: [`authority ${cell("slug")}`], left: [] }, name)
      assert.deepEqual(read(`${name} council`).named, [`authority ${cell("slug")}`], name)
    }
  }
})

test("a council is known by what people put around its name, and in a question", () => {
  for (
    const [query, slug] of [
      ["London Borough of Camden", "camden"],
      ["royal borough of kensington", "kensington-and-chelsea"],
      ["durham", "county-durham"],
      ["St. Helens", "st-helens"],
      ["saint helens council", "st-helens"],
      ["Stoke", "stoke-on-trent"],
      ["bath", "bath-and-north-east-somerset"],
      ["Telford & Wrekin", "telford-and-wrekin"],
      ["how is Camden rated", "camden"],
      ["Leeds City Council adult social care", "leeds"],
      ["Camden CQC report", "camden"],
    ]
  ) assert.deepEqual(read(query), { named: [`authority ${slug}`], left: [] }, query)
  assert.deepEqual(read("tell about camden").left, [], "who asks to be told asks for nothing more")
})

test("a longer name is another council", () => {
  assert.deepEqual(read("South Gloucestershire").named, ["authority south-gloucestershire"])
  assert.deepEqual(read("derbyshire").named, ["authority derbyshire"])
  assert.deepEqual(read("kingston upon hull").named, ["authority kingston-upon-hull"])
})

test("a slip of the keys is mended to the council, where the word is unknown", () => {
  for (
    const [query, word, slug] of [
      ["cambden", "cambden", "camden"],
      ["Telford and Wreckin", "wreckin", "telford-and-wrekin"],
      ["towerhamlets", "towerhamlets", "tower-hamlets"],
      ["Liecester", "liecester", "leicester"],
    ]
  ) {
    assert.deepEqual(read(query, word).named, [`authority ${slug}`], query)
    if (query === word) assert.deepEqual(read(query).named, [], `${query}, were the word known`)
  }
  assert.deepEqual(read("kemt", "kemt").named, [], "a short name has no room for slips")
  assert.deepEqual(read("westminster a 3", "a").named, ["authority westminster", "score 3"], "a number is no slip of a letter")
})

test("no place of its own is taken for a slip of a council's name", () => {
  for (const word of ["barnes", "bramley", "morton", "stretton", "marshfield"]) assert.deepEqual(read(word, word).named, [], word)
  for (const [place, slug] of [["boston", "lincolnshire"], ["burnley", "lancashire"], ["harlow", "essex"], ["workington", "cumberland"]]) {
    assert.deepEqual(read(place, place).named, [`authority ${slug}`], place)
  }
})

test("a word two slips away from a council's short name is no slip of it", () => {
  assert.deepEqual(read("country", "country").named, [], "not Coventry")
  assert.deepEqual(read("covantry", "covantry").named, ["authority coventry"])
})

test("a district is known as its county's, and a county that was abolished as the councils after it", async () => {
  const [, ...lines] = (await readFile(DISTRICTS, "utf8")).trim().split(/\r?\n/)
  const rows = lines.map((line) => line.split(","))
  assert.ok(rows.length > 160)
  for (const district of new Set(rows.map(([name]) => name))) {
    const [{ things }] = findNames(parseQuery(district).clauses, names).spans
    const slugs = rows.filter(([name]) => name === district).map(([, slug]) => slug)
    assert.deepEqual(things.map(({ kind, at }) => kind === "authority" && data.authorities[at][0]).sort(), slugs.sort(), district)
    assert.ok(things.every((thing) => thing.district === district), district)
  }
  assert.deepEqual(read("home care in huddersfield").named.at(-1), "authority kirklees", "county boroughs of before 1974")
  assert.deepEqual(read("homecare in Basingstoke").named.at(-1), "authority hampshire")
  assert.deepEqual(read("norwhich city council", "norwhich"), { named: ["authority norfolk"], left: [] })
  assert.deepEqual(read("wife rugby club").named, [], "an ordinary word beside others")
})

test("a district beside words that name nothing is a word like them; beside names, and with council, it is the place", () => {
  for (const query of ["dover road", "burnley park", "the crawley interchange"]) assert.deepEqual(read(query).named, [], query)
  assert.deepEqual(read("dvoer road", "dvoer").named, [], "nor is a slip of one")
  for (const query of ["my mum needs care in dover", "dover road is near the dover"]) assert.deepEqual(read(query).named.at(-1), "authority kent", query)
  for (const query of ["dover", "dover council", "dover adult social care", "which council covers dover"]) assert.deepEqual(read(query).named, ["authority kent"], query)
  assert.deepEqual(read("dover waiting lists").named, ["authority kent", "theme waiting-times"])
})

test("words of a name that are cut short are these where no other thing has such a name", () => {
  assert.deepEqual(read("gov mgmt and sustainability", "gov", "mgmt").named, ["statement governance"])
  assert.deepEqual(read("care prov integration & continuity", "prov").named, ["statement care-provision"])
  assert.deepEqual(read("dom care in leeds", "dom").named, ["theme home-care", "authority leeds"])
  assert.deepEqual(read("dom care", "dom", "care").named, ["theme home-care"])
  assert.deepEqual(read("dom car").named, [], "words that the collection knows are these")
  for (const query of ["men health", "c care", "xare services", "gvt"]) assert.deepEqual(read(query, ...query.split(" ")).named, [], query)
})

test("what sets councils side by side, or asks for the best of them, asks for nothing beside them", () => {
  assert.deepEqual(read("camden vs westminster", "vs").named, ["authority camden", "authority westminster"], "nor is it a slip of a name's end")
  for (const query of ["compare camden and westminster", "camden vs westminster", "difference between camden and westminster"]) {
    assert.deepEqual(read(query), { named: ["authority camden", "authority westminster"], left: [] }, query)
  }
  assert.deepEqual(read("compare camden").left, ["compare"], "one council is compared with nothing")
  assert.deepEqual(read("best councils in london"), { named: ["region london"], left: [] })
  assert.deepEqual(read("highest scores for safeguarding"), { named: ["statement safeguarding"], left: [] })
  assert.deepEqual(read("highest scores").named, ["rating outstanding"])
  assert.deepEqual(read("worst rated councils").named, ["rating inadequate"])
  assert.deepEqual(read("worst weather").named, [], "a word beside others")
  assert.deepEqual(read("best and worst councils").named, ["rating outstanding", "rating inadequate"])
  assert.deepEqual(read("is anyone outstanding", "anyone").named, ["rating outstanding"])
})

test("a council has its rating, so that a rating beside it asks for no other", () => {
  for (const query of ["is Kent good", "is kent outstanding"]) {
    assert.deepEqual(read(query), { named: ["authority kent"], left: [] }, query)
  }
  assert.deepEqual(read("good councils in london").named, ["rating good", "region london"])
})

test("a year of reports is one beside councils and what CQC says of them, and else a word", () => {
  const years = (/** @type {string} */ query) => findNames(parseQuery(query).clauses, names).spans.flatMap(({ year }) => year || [])
  for (const query of ["camden 2025", "Camden's rating 2025", "reports published in 2025", "good councils 2025"]) assert.deepEqual(years(query), ["2025"], query)
  assert.deepEqual(years("reports of 2029"), ["2029"], "also where no report is here")
  for (const query of ["2025", "carers 2025", "carers strategy 2025", "camden 2025 plans", "camden 1999"]) assert.deepEqual(years(query), [], query)
})

test("it is asked what a voice said where that stands next to it, small words and other voices aside", () => {
  const said = (/** @type {string} */ query) => findNames(parseQuery(query).clauses, names).said
  for (const query of ["what did staff say", "staff and partners said", "told to partners", "views of the staff"]) assert.ok(said(query), query)
  for (const query of ["voices inform strategies", "staff who train those told", "carers"]) assert.ok(!said(query), query)
})

test("feedback of a voice is what it said, and with more a theme", () => {
  for (const query of ["feedback from partners", "partners' feedback", "feedback of the partners"]) {
    assert.deepEqual(read(query), { named: ["voice partners"], left: [] }, query)
  }
  assert.deepEqual(read("feedback from partners on dementia").named, ["theme complaints", "voice partners", "theme dementia"])
  assert.deepEqual(read("feedback").named, ["theme complaints"])
})

test("people are a voice where nothing but what they said is asked for, and else a word", () => {
  for (const query of ["what people said", "what did people tell the inspectors", "voices of people"]) {
    assert.deepEqual(read(query), { named: ["voice people"], left: [] }, query)
  }
  for (const query of ["what did people say about dementia", "people with dementia", "people feel the dementia"]) {
    assert.deepEqual(read(query).named, ["theme dementia"], query)
  }
  for (const query of ["people", "people first"]) assert.deepEqual(read(query).named, [], query)
})

test("large towns without a council, parts of London and everyday areas are known as the councils that are responsible there", () => {
  assert.deepEqual(read("torquay").named, ["authority torbay"])
  assert.deepEqual(read("Tottenham council").named, ["authority haringey"])
  assert.deepEqual(read("burton on trent").named, ["authority staffordshire"])
  assert.deepEqual(read("the black country").named, ["authority dudley"], "the first of four")
  assert.deepEqual(read("west yorks").named, ["authority bradford"], "the first of five")
  assert.deepEqual(read("isle of white", "white").named, ["authority isle-of-wight"])
})

test("a region is known by what people call it besides", () => {
  assert.deepEqual(read("East Anglia").named, ["region east-of-england"])
  assert.deepEqual(read("councils in the west country").named, ["region south-west"])
})

test("a county's town is known by what is left of its name, by itself", () => {
  assert.deepEqual(read("hereford").named, ["authority herefordshire"])
  assert.deepEqual(read("worcester").named, ["authority worcestershire"], "a district is one all the same")
  assert.deepEqual(read("hereford road").named, [])
})

test("names of councils that are ordinary words are these beside other words, unless written large", () => {
  assert.deepEqual(read("reading").named, ["authority reading"])
  assert.deepEqual(read("easy reading materials").named, [])
  assert.deepEqual(read("dementia in Reading").named, ["theme dementia", "authority reading"])
})

test("what is quoted, signed or in a field is no name", () => {
  for (const query of ['"leeds"', "-leeds", "text:leeds", "leeds OR camden"]) assert.deepEqual(read(query).named, [], query)
})

test("scores and numbers of statements are read", () => {
  assert.deepEqual(read("score 4 equity").named, ["score 4", "statement equity"])
  assert.deepEqual(read("equity 4").named, ["statement equity", "score 4"])
  assert.deepEqual(read("quality statement 3").named, ["statement equity"])
  assert.deepEqual(read("4 people").named, [])
})

test("a slip in a rating's name is mended where it is all that is asked for besides names", () => {
  for (const [query, word] of [["outstnading", "outstnading"], ["which councils are oustanding", "oustanding"]]) {
    assert.deepEqual(read(query, word).named, ["rating outstanding"], query)
  }
  assert.deepEqual(read("requries improvement", "requries").named, ["rating requires-improvement"])
  assert.deepEqual(read("inadequate").named, ["rating inadequate"])
  assert.deepEqual(read("adequate", "adequate").named, [], "the opposite is no slip")
  assert.deepEqual(read("outstnading practice", "outstnading").named, [], "a word beside others")
})

test("a group whose own name is an adjective is named by it beside other words where the data has it so", () => {
  assert.deepEqual(read("loop systems for deaf visitors").named, ["theme sensory-loss"])
  assert.deepEqual(read("older buildings").named, [], "only the rule has it, and only by itself")
  assert.deepEqual(read("community").named, [], "community groups are no group of people")
  assert.deepEqual(read("community groups").named, ["theme voluntary-sector"])
  assert.deepEqual(read("autistic adults").named, ["theme learning-disability-autism"], "adults are people")
  assert.deepEqual(read("reaching seldom heard communities").named, ["theme seldom-heard"], "several words say whom it means")
})

test("ratings are names, good only where nothing else is asked for", () => {
  for (const asked of ["which councils are", "how many councils are", "how many councils are rated", "list of councils", "number of"]) {
    assert.deepEqual(read(`${asked} outstanding`), { named: ["rating outstanding"], left: [] }, asked)
  }
  assert.deepEqual(read("how many good examples"), { named: [], left: ["many", "good", "examples"] })
  assert.deepEqual(read("requires improvement london").named, ["rating requires-improvement", "region london"])
  assert.deepEqual(read("good").named, ["rating good"])
  assert.deepEqual(read("good practice").named, [])
  assert.deepEqual(read("requires improvements").named, ["rating requires-improvement"], "in another form")
  assert.ok(!read("require improvement plans").named.includes("rating requires-improvement"), "beside words it is one of them")
})

test("themes are known by their labels, what these join, and other names, in any number", () => {
  for (const query of ["waiting list", "waiting lists", "waits", "delays", "backlog"]) {
    assert.deepEqual(read(query).named, ["theme waiting-times"], query)
  }
  for (const [query, id] of [["easyread leaflets", "accessible-information"], ["directpayments", "direct-payments"]]) {
    assert.deepEqual(read(query).named, [`theme ${id}`], "words that were not parted, known as one or not")
  }
  assert.deepEqual(read("IT").named, ["theme information-systems"])
  assert.deepEqual(read("it").named, [], "in small letters it is the commonest of words")
  assert.deepEqual(read("county").named, [], "out of county is another thing")
})
