/** The search's own thread. The build makes one file of this and of all that it imports (`build_scripts/pages/assets/`). */
import { startEngine } from "./start.js"

const site = new URL("../../../../", import.meta.url).href
const desk = startEngine(site, (reply) => self.postMessage(reply), { handed: true })

self.addEventListener("message", ({ data }) => void desk.receive(data))
self.postMessage({ ready: true })
