/**
 * The page that compares: the address says what, everything shown follows from it. Every choice is a new entry of the
 * browser's history, so Back undoes it.
 *
 * @import { Choice, Topic } from "./choice.js"
 * @import { Authority, Index } from "./data.js"
 */
import { MOST, differentRules, heard, likeness, readChoice, titleOf, writeChoice } from "./choice.js"
import { loadIndex, loadPassages } from "./data.js"
import { authorityOptions, chosenList, columns, failure, scoreTable, similarOffers } from "./view.js"
import { cite } from "../cite.js"
import { list } from "../wording.js"

/** @param {string} name */
function part(name) {
  const found = document.getElementById(`compare${name && `-${name}`}`)
  if (!found) throw new Error(`the page has no compare-${name}`)
  return found
}

const authority = /** @type {HTMLSelectElement} */ (part("authority"))
const topicSelect = /** @type {HTMLSelectElement} */ (part("topic"))
const firstTitle = document.title
/** Tells those who hear the page. @param {string} words */
const say = (words) => void (part("status").textContent = words)

/** @type {Index} */
let index
/** @type {Choice} */
let choice = { slugs: [], topic: null }
let turn = 0
let shownFor = ""

/** An authority that was chosen or offered. @param {string} slug */
const authorityOf = (slug) => /** @type {Authority} */ (index.authorities.get(slug))
/** @param {Topic} topic */
const labelOf = ({ kind, id }) => (kind === "theme" ? index.themes : index.statements).get(id) ?? id

/** Takes a new choice, notes it in the history, shows it. @param {Choice} next @param {string} said */
function choose(next, said) {
  choice = next
  history.pushState(null, "", writeChoice(choice) || location.pathname)
  shownFor = location.search
  part("problem").textContent = ""
  say(said)
  return show()
}

/** @param {string} slug */
function add(slug) {
  const { name } = authorityOf(slug)
  if (choice.slugs.length >= MOST) return say(`Four is the most: remove one before adding ${name}.`)
  choose({ ...choice, slugs: [...choice.slugs, slug] }, `${name} added: ${choice.slugs.length + 1} of at most ${MOST}.`)
}

/** Adds one that was offered, and leaves the focus among the offers. @param {string} slug */
function addSimilar(slug) {
  const buttons = () => [...part("similar").querySelectorAll("button")]
  const focused = () => buttons().findIndex((it) => it === document.activeElement)
  const place = focused()
  add(slug)
  if (focused() < 0) (buttons()[place] ?? buttons().at(-1) ?? authority).focus()
}

/** @param {string} slug */
function remove(slug) {
  const place = choice.slugs.indexOf(slug)
  const { name } = authorityOf(slug)
  choose({ ...choice, slugs: choice.slugs.filter((each) => each !== slug) }, `${name} removed.`)
  const buttons = part("chosen").querySelectorAll("button")
  ;(buttons[place] ?? buttons[place - 1] ?? authority).focus()
}

/** Shows the choice. What takes time to load comes later, unless the reader has chosen something else by then. */
async function show() {
  const mine = ++turn
  const chosen = choice.slugs.map(authorityOf)
  const any = chosen.length > 0
  const pairs = document.getElementById("compare-pairs")
  document.title = titleOf(firstTitle, chosen, choice.topic && labelOf(choice.topic))
  authority.replaceChildren(...authorityOptions(index.authorities, choice.slugs))
  part("chosen").replaceChildren(chosenList(chosen, remove))
  part("chosen").hidden = part("scores").hidden = part("passages").hidden = !any
  if (pairs) pairs.hidden = any
  const offers = any && chosen.length < MOST ? similarOffers(index.authorities, chosen, addSimilar) : []
  part("similar").replaceChildren(...offers)
  part("similar").hidden = !offers.length
  const alike = chosen.length > 1 ? likeness(chosen) : "Add at least one more council to compare."
  part("likeness").textContent = [alike, differentRules(chosen, index.versions)].filter(Boolean).join(" ")
  part("table").replaceChildren(...(any ? scoreTable(chosen, index) : []))
  topicSelect.value = choice.topic ? `${choice.topic.kind}:${choice.topic.id}` : ""
  part("link").setAttribute("href", new URL(writeChoice(choice) || location.pathname, location.href).href)
  part("passages-heading").textContent = choice.topic ? `Paragraphs: ${labelOf(choice.topic)}` : "Paragraphs"
  part("columns").replaceChildren()
  if (any && choice.topic) await showPassages(chosen, choice.topic, mine)
}

/** @param {Authority[]} chosen @param {Topic} topic @param {number} mine   the turn that asked */
async function showPassages(chosen, topic, mine) {
  part("columns").setAttribute("aria-busy", "true")
  const answers = await Promise.allSettled(chosen.map(loadPassages))
  if (mine !== turn) return
  part("columns").removeAttribute("aria-busy")
  const passages = answers.map((answer) => (answer.status === "fulfilled" ? answer.value : undefined))
  const loaded = new Map(chosen.map(({ slug }, place) => [slug, passages[place]]))
  const failed = chosen.filter((it) => !loaded.get(it.slug)).map((it) => it.name)
  const parts = [columns(chosen, topic, loaded, index)]
  if (failed.length) {
    const message = `The paragraphs of ${list(failed)} could not be loaded.`
    parts.unshift(failure(message, () => show().then(() => part("passages-heading").focus())))
    say(message)
  } else say(`Paragraphs on ${labelOf(topic)}: ${chosen.map((it) => heard(it, topic, loaded.get(it.slug) ?? [], index)).join(", ")}.`)
  part("columns").replaceChildren(...parts)
  cite(part("columns"))
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
    if (authority.value) add(authority.value)
    else say("Choose a council first.") // "required" would have a screen reader say "invalid" before anybody chose
  })
  part("topic-form").addEventListener("submit", (event) => {
    event.preventDefault()
    const [kind, id] = topicSelect.value.split(":")
    const topic = id ? { kind: /** @type {Topic["kind"]} */ (kind), id } : null
    choose({ ...choice, topic }, topic ? "Loading the paragraphs." : "No theme or statement chosen.")
  })
  addEventListener("popstate", () => {
    if (location.search === shownFor) return // only the part after # changed
    say("")
    readAddress()
  })
}

async function start() {
  try {
    index = await loadIndex()
  } catch {
    part("add").hidden = true
    const message = "The list of councils could not be loaded, so nothing can be compared now."
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
  if (again) authority.focus()
}

start()
