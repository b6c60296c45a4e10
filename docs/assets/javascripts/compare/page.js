/**
 * The page that compares: the address says what, everything shown follows from it. Every choice is a new entry of the
 * browser's history, so Back undoes it.
 */
import { MOST, likeness, readChoice, underTopic, writeChoice } from "./choice.js"
import { loadIndex, loadPassages } from "./data.js"
import { authorityOptions, chosenList, columns, failure, scoreTable, similarOffers } from "./view.js"
import { list } from "../wording.js"

const part = (name) => document.getElementById(`compare${name && `-${name}`}`)
const firstTitle = document.title
const say = (words) => (part("status").textContent = words)

let index
let choice = { slugs: [], topic: null }
let turn = 0
let shownFor = ""

const names = () => choice.slugs.map((slug) => index.authorities.get(slug).name)
const labelOf = (topic) => (topic.kind === "theme" ? index.themes : index.statements).get(topic.id)

function setTitle() {
  const [page, ...site] = firstTitle.split(" - ")
  const compared = choice.slugs.length > 1 ? `${list(names())} compared` : [...names(), page].join(": ")
  const topic = choice.slugs.length && choice.topic ? `: ${labelOf(choice.topic)}` : ""
  document.title = [compared + topic, ...site].join(" - ")
}

/** Takes a new choice, notes it in the history, shows it. */
function choose(next, said) {
  choice = next
  history.pushState(null, "", writeChoice(choice) || location.pathname)
  shownFor = location.search
  part("problem").textContent = ""
  say(said)
  return show()
}

function add(slug) {
  const { name } = index.authorities.get(slug)
  if (choice.slugs.length >= MOST) return say(`Four is the most: remove one before adding ${name}.`)
  choose({ ...choice, slugs: [...choice.slugs, slug] }, `${name} added: ${choice.slugs.length + 1} of at most ${MOST}.`)
}

function addSimilar(slug) {
  const buttons = () => [...document.querySelectorAll(".compare-offer")]
  const place = buttons().indexOf(document.activeElement)
  add(slug)
  if (!buttons().includes(document.activeElement)) (buttons()[place] ?? buttons().at(-1) ?? part("authority")).focus()
}

function remove(slug) {
  const place = choice.slugs.indexOf(slug)
  const { name } = index.authorities.get(slug)
  choose({ ...choice, slugs: choice.slugs.filter((each) => each !== slug) }, `${name} removed.`)
  const buttons = part("chosen").querySelectorAll("button")
  ;(buttons[place] ?? buttons[place - 1] ?? part("authority")).focus()
}

/** Shows the choice. What takes time to load comes later, unless the reader has chosen something else by then. */
async function show() {
  const mine = ++turn
  const chosen = choice.slugs.map((slug) => index.authorities.get(slug))
  const any = chosen.length > 0
  setTitle()
  part("authority").replaceChildren(...authorityOptions(index.authorities, choice.slugs))
  part("chosen").replaceChildren(chosenList(chosen, remove))
  part("chosen").hidden = part("scores").hidden = part("passages").hidden = !any
  if (part("pairs")) part("pairs").hidden = any
  const offers = any && chosen.length < MOST ? similarOffers(index.authorities, chosen, addSimilar) : []
  part("similar").replaceChildren(...offers)
  part("similar").hidden = !offers.length
  part("likeness").textContent = chosen.length > 1 ? likeness(chosen) : "Add at least one more authority to compare."
  part("table").replaceChildren(...(any ? scoreTable(chosen, index) : []))
  part("topic").value = choice.topic ? `${choice.topic.kind}:${choice.topic.id}` : ""
  part("link").href = new URL(writeChoice(choice) || location.pathname, location.href).href
  part("passages-heading").textContent = choice.topic ? `Passages: ${labelOf(choice.topic)}` : "Passages"
  part("columns").replaceChildren()
  if (any && choice.topic) await showPassages(chosen, choice.topic, mine)
}

async function showPassages(chosen, topic, mine) {
  part("columns").setAttribute("aria-busy", "true")
  const answers = await Promise.allSettled(chosen.map(loadPassages))
  if (mine !== turn) return
  part("columns").removeAttribute("aria-busy")
  const loaded = new Map(chosen.map((it, place) => [it.slug, answers[place].value]))
  const failed = chosen.filter((it) => !loaded.get(it.slug)).map((it) => it.name)
  const parts = [columns(chosen, topic, loaded, index)]
  if (failed.length) {
    const message = `The passages of ${list(failed)} could not be loaded.`
    parts.unshift(failure(message, () => show().then(() => part("passages-heading").focus())))
    say(message)
  } else say(`Passages on ${labelOf(topic)}: ${chosen.map((it) => heard(it, topic, loaded)).join(", ")}.`)
  part("columns").replaceChildren(...parts)
}

/** An authority and how much it has on the topic, for those who hear the page. */
function heard(authority, topic, loaded) {
  if (!authority.report) return `${authority.name} no report`
  const found = underTopic(topic, authority.report, loaded.get(authority.slug), index.statements)
  const number = found.reduce((sum, it) => sum + it.passages.length, 0)
  return `${authority.name} ${found.every((it) => it.kind === "missing") ? "no text" : number}`
}

function readAddress() {
  shownFor = location.search
  const { problem, ...read } = readChoice(location.search, index)
  choice = read
  part("problem").textContent = problem
  return show()
}

function listen() {
  part("add").addEventListener("submit", (event) => {
    event.preventDefault()
    if (part("authority").value) add(part("authority").value)
  })
  part("topic-form").addEventListener("submit", (event) => {
    event.preventDefault()
    const [kind, id] = part("topic").value.split(":")
    const topic = id ? { kind, id } : null
    choose({ ...choice, topic }, topic ? "Loading the passages." : "No theme or statement chosen.")
  })
  addEventListener("popstate", () => {
    if (location.search === shownFor) return // only the part after # changed
    say("")
    readAddress()
  })
}

async function start() {
  part("").hidden = false
  try {
    index = await loadIndex()
  } catch {
    part("add").hidden = true
    const message = "The list of authorities could not be loaded, so nothing can be compared now."
    say(message)
    part("failure").replaceChildren(failure("Check the connection, then try again.", start))
    return
  }
  const again = part("failure").contains(document.activeElement)
  part("add").hidden = false
  part("failure").replaceChildren()
  say("")
  listen()
  await readAddress()
  if (again) part("authority").focus()
}

start()
