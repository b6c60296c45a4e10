/**
 * The search's own thread. What it imports directly is all that a first query needs, so that it is fetched in one go.
 */
import "./advice.js"
import "./answers.js"
import "./bytes.js"
import "./catalogue.js"
import "./columns.js"
import "./csv.js"
import "./facets.js"
import "./finding.js"
import "./marks.js"
import "./masks.js"
import "./meaning.js"
import "./names.js"
import "./order.js"
import "./pages.js"
import "./passages.js"
import "./positions.js"
import "./query.js"
import "./reference.js"
import "./related.js"
import "./scoring.js"
import "./sharded-index.js"
import "./spelling.js"
import "./suggest.js"
import "./trouble.js"
import "./words.js"
import "../wording.js"
// @ts-types="./lunr.d.ts"
import "../../search/lunr.js"
import { Desk } from "./desk.js"
import { Engine } from "./engine.js"
import { Files } from "./files.js"

const files = new Files(new URL("../../search/", import.meta.url).href, { handed: true })
const desk = new Desk(new Engine(files, new URL("../../../", import.meta.url).href), (reply) => self.postMessage(reply))

self.addEventListener("message", ({ data }) => void desk.receive(data))
self.postMessage({ ready: true })
