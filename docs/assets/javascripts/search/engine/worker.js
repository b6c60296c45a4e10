/** The search's own thread. The build makes one file of this and of all that it imports (`worker_script.py`). */
import { Desk } from "./desk.js"
import { Engine } from "./engine.js"
import { Files } from "./files.js"

const files = new Files(new URL("../../search/", import.meta.url).href, { handed: true })
const desk = new Desk(new Engine(files, new URL("../../../", import.meta.url).href), (reply) => self.postMessage(reply))

self.addEventListener("message", ({ data }) => void desk.receive(data))
self.postMessage({ ready: true })
