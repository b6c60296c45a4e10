/**
 * What the search page and the header's box ask of the engine, and what it answers. Types only, checked by tsc.
 *
 * Everything that crosses is plain data, since it passes between the page and a worker. Addresses begin with `/` and
 * are made relative by whoever shows them. Texts are never HTML: show them as text.
 */

/**
 * @typedef {"theme" | "voice" | "statement" | "score" | "rating" | "region" | "type" | "authority" | "year"} FacetName
 *
 * Values within a facet are OR, facets are AND.
 * @typedef {Partial<Record<FacetName, string[]>> & { notTheme?: string[] }} Filters
 *
 * @typedef {"relevance" | "newest" | "score-down" | "score-up" | "authority"} Sort
 * @typedef {"" | "authority" | "report" | "statement"} Group
 *
 * @typedef {object} Request
 * @property {string} query         as typed; empty means every passage that the filters leave
 * @property {boolean} related      whether what abbreviations stand for, and themes that the words name, are looked for too
 * @property {Filters} filters
 * @property {Sort} sort
 * @property {Group} group
 * @property {number} from          first result wanted, from 0
 * @property {number} size          most results wanted
 * @property {boolean} facets       whether the values of every facet and other pages are wanted
 * @property {string[]} lists       of themes and voices, each a file of its own, those whose counts are wanted: `voice/`, and of
 *   each group of themes `theme/` and its label
 */

/**
 * @typedef {object} Hit
 * @property {number} doc           number of the passage in the index: stable within one build only
 * @property {string} id            `<report>/<statement>/p-<8 hex>`
 * @property {string} address       `/reports/<report>/<statement>/#p-<8 hex>`
 * @property {{ slug: string, name: string, fullName: string, type: string, region: string }} authority
 * @property {{ id: string, name: string }} statement
 * @property {number} score         1 to 4
 * @property {string} scoreLabel
 * @property {string} report
 * @property {string} published     ISO day or month
 * @property {string} rating
 * @property {string} source        address of CQC's page, empty where not known
 * @property {string} heading       sub-heading it stands under, or empty
 * @property {number} number        place on its statement page, from 1
 * @property {number} of            passages on that page
 * @property {{ id: string, label: string }[]} themes
 * @property {{ id: string, label: string }[]} voices
 * @property {boolean} list         whether the lines of the text are the items of a list
 * @property {string} text
 * @property {[number, number][]} marks   what to mark in the text: start and end, in order, apart
 * @property {string[]} markWords   the distinct words and phrases that were marked, for the passage's own page
 */

/**
 * @typedef {object} FacetValue
 * @property {string} id
 * @property {string} label
 * @property {string} group         heading under which it stands (group of themes), or empty
 * @property {number | null} count  passages, counted without this facet's own filter; null in a list that was not asked for
 */

/**
 * @typedef {object} Figures
 * @property {string} published
 * @property {string} rating
 * @property {number} percentage
 * @property {string} source        address of CQC's page, empty where not known
 * @property {{ id: string, label: string, score: number }[]} scores   by quality statement, in their order, in short words
 */

/**
 * @typedef {object} Card            something that the query names
 * @property {"authority" | "region" | "statement" | "theme" | "voice" | "rating"} kind
 * @property {string} id            slug or id as data has it; of a rating its name
 * @property {string} label
 * @property {string} what          the kind in words
 * @property {string} note          type and region of a council, group of a theme, or empty
 * @property {string} address
 * @property {string} slip          what was typed where it was taken for a slip of the keys, or empty
 * @property {{ name: string, councils: string[] } | null} place
 *   a district or what was a county, where a council was named by that: its name, and the names of all its councils
 * @property {string[]} years      of reports, where these alone are counted and listed
 * @property {{ councils: number, sections: number, passages: number }} held   what is here of it; no sections of themes and voices
 * @property {Figures | null} report   of a council: what its newest report says; null where there is none here
 * @property {{ name: string, address: string, rating: string, percentage: number, score: number }[]} councils
 *   of a region, rating or quality statement: councils with it, the best first; score 0 where no statement is named
 * @property {number} more          how many more councils
 */

/**
 * @typedef {object} Understood
 * @property {"all" | "any" | "everything" | "nothing"} mode  `any`: no passage had all words, so those with any are shown; `everything`: no words were given; `nothing`: only words too common to look for
 * @property {{ typed: string, found: number, prohibited: boolean }[]} parts  each word, phrase or group as typed, and in how many passages its words are, written out or abbreviated too (filters and themes aside)
 * @property {{ word: string, added: string[] }[]} related   abbreviations or full forms that were looked for too
 * @property {{ typed: string, labels: string[], further: number, others: number }[]} themes
 *   themes that were named, how many passages carry them without having the words, and how many have the words without them
 * @property {string[]} ignored     words too common to look for
 * @property {{ field: FacetName, value: string, without?: string }[]} filters
 *   filters written into the query, e.g. `score:4`, and names taken as filters: these with the query without them
 * @property {string[]} notes       what could not be understood and was taken as plain words, one sentence each
 */

/**
 * @typedef {object} Piece           of a quotation beside the text that is nearest to it
 * @property {boolean} same         whether these words are the same in both, signs aside
 * @property {string} typed         the words that were typed; empty where the text has some besides
 * @property {string} text          the words that stand there; empty where it has none of them
 */

/**
 * @typedef {object} Advice          only when nothing was found
 * @property {{ what: string, left: number, change: { query?: string, filters?: Filters } }[]} without  what brings results when removed: a word or a filter, to be read after “without”, how many passages then, and the request that does it
 * @property {{ id: string, label: string, count: number }[]} themes   related themes
 */

/**
 * @typedef {object} Answer
 * @property {string} build         differs where passages may be others, or in another order: parts of two never stand together
 * @property {number} total         passages found
 * @property {number} authorities   authorities among them
 * @property {{ passages: number, authorities: number, texts: number, withText: number }} of
 *   what the collection holds: authorities in England, and those of which it has a text
 * @property {Card[]} cards         what the query names, best first
 * @property {Understood} understood
 * @property {{ query: string, total: number } | null} suggestion
 *   the query with likely misspellings mended, and how many passages have all of it; never applied silently
 * @property {Hit[]} hits           in order; with a group they come group by group
 * @property {{ elsewhere: boolean, nearly: boolean, hits: Hit[], pieces: Piece[][] } | null} near
 *   where few were found: passages with some of the words, or of other councils than the one named (`elsewhere`), or with
 *   most words of a quotation that is nowhere (`nearly`), with what differs: for each of these hits its `pieces`, none
 *   where it has little of the quotation
 * @property {{ key: string, label: string, address: string, count: number, first: number }[]} groups
 *   groups within `hits`: `first` is an index into it
 * @property {Partial<Record<FacetName, FacetValue[]>>} facets
 *   empty unless asked for; every value of the collection that occurs, count 0 included
 * @property {{ kind: string, title: string, address: string, description: string }[]} pages
 *   pages that are not passages, of a guide its best section, best first; only with facets, without hits (size 0), or
 *   where no passage was found
 * @property {Advice | null} advice
 */

/**
 * @typedef {object} Suggestions     what the header's box shows while somebody types
 * @property {{ kind: Card["kind"], id: string, label: string, note: string, address: string }[]} names   the best first
 * @property {Hit[]} passages
 * @property {number} total
 */

/**
 * @typedef {object} Trouble
 * @property {"offline" | "slow" | "missing" | "corrupt" | "foreign" | "renewed" | "unsupported" | "memory" | "broken"} code
 * @property {string} message       one sentence that a reader understands
 * @property {boolean} retry        whether trying again may help
 */

/**
 * What the page sends to the engine's desk: a call, which of them to stop, a file that it fetched for the engine (null where
 * it did not come), and which file it fetches next.
 * @typedef {{ id: number, kind: "open" | "search" | "suggest" | "neighbours" | "csv", value?: any }} Call
 * @typedef {Call | { abort: number } | { file: string, bytes: ArrayBuffer | null, next?: string }} Question
 *
 * What goes back: of one id any number of `meanwhile`, then one of the others. `ready` says that the script runs.
 * @typedef {{ ready: true } | { id: number, meanwhile: any } | { id: number, value: any }
 *   | { id: number, trouble: Trouble, cause: string } | { id: number, aborted: true }} Reply
 */

/**
 * The engine as the page sees it (`client.js`): each call rejects with a `SearchError` that carries a Trouble.
 * A newer `search` or `suggest` makes the answer of an older one of the same kind reject with an AbortError.
 * @typedef {object} Search
 * @property {(request: Request) => Promise<Answer>} search
 * @property {(text: string, early?: (names: Suggestions["names"]) => void) => Promise<Suggestions>} suggest
 *   `early` gets the names at once
 * @property {(passage: { doc: number, id: string }) => Promise<{ before: Hit | null, after: Hit | null }>} neighbours
 * @property {(request: Request, progress: (done: number, of: number) => void) => Promise<string>} csv
 *   all results, whole
 */

export {}
