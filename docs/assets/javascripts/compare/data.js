/** Loads what the build wrote beside the page. What failed once is asked for again, what came is kept. */
const PATIENCE = 20_000
const kept = new Map()

async function fetchJson(name) {
  const answer = await fetch(new URL(name, new URL(".", location.href)), { signal: AbortSignal.timeout(PATIENCE) })
  if (!answer.ok) throw new Error(`${answer.status} for ${name}`)
  return answer.json()
}

function load(name, make) {
  if (!kept.has(name)) {
    const coming = fetchJson(name).then(make)
    coming.catch(() => kept.delete(name))
    kept.set(name, coming)
  }
  return kept.get(name)
}

function passagesOf(it) {
  if (!Array.isArray(it)) throw new TypeError("not a list of passages")
  return it
}

/** All authorities by slug, and the words of themes, voices, statements and scores by id, in the collection's order. */
export function loadIndex() {
  return load("authorities.json", (it) => ({
    most: it.most,
    authorities: new Map(it.authorities.map((authority) => [authority.slug, authority])),
    scores: new Map(Object.entries(it.scores)),
    statements: new Map(Object.entries(it.statements)),
    themes: new Map(Object.entries(it.themes)),
    voices: new Map(Object.entries(it.voices)),
  }))
}

/** The passages of an authority's newest report; nothing is asked for where no text is in the collection. */
export function loadPassages(authority) {
  return authority.report?.texts.length ? load(`${authority.slug}.json`, passagesOf) : Promise.resolve([])
}
