/**
 * The engine of a site at its desk: what the worker runs, or the page where there is no worker. The page's only door to
 * the engine.
 */
import { Desk } from "./desk.js"
import { Engine } from "./engine.js"
import { Files } from "./files.js"

/**
 * @param {string} site      address of the site's home page
 * @param {(reply: import("../types.js").Reply) => void} send
 * @param {{ handed?: boolean }} [how]   `handed`: the page fetches what comes first, and hands it over to the desk
 */
export function startEngine(site, send, how = {}) {
  const files = new Files(new URL("assets/search/", site).href, how)
  return new Desk(new Engine(files, site), send)
}
