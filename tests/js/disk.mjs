/** An index as the build wrote it into a folder, read from disk. */
import { readFile } from "node:fs/promises"
import { createRequire } from "node:module"
import { contents } from "../../docs/assets/javascripts/search/engine/contents.js"
import { readCatalogue } from "../../docs/assets/javascripts/search/engine/catalogue.js"
import { ShardedIndex } from "../../docs/assets/javascripts/search/engine/sharded-index.js"

/** lunr.js as it comes. @param {string} path */
export const loadLunr = (path) => createRequire(import.meta.url)(path)

/** What is in the files of a folder. @param {string} folder */
export const filesIn = (folder) => ({
  manifest: async () => JSON.parse(await readFile(`${folder}/manifest.json`, "utf8")),
  get: async (/** @type {string} */ name) => contents(name, new Uint8Array(await readFile(`${folder}/${name}`))),
})

/** @param {string} folder @param {any} lunr */
export async function openIndex(folder, lunr) {
  const files = filesIn(folder)
  const index = new ShardedIndex(files, lunr, await files.manifest())
  return index.complete(await readCatalogue(files, index.manifest))
}

/** The passages of a mask, by their numbers. @param {Uint8Array} mask */
export const docsOf = (mask) => Array.from(mask.keys()).filter((doc) => mask[doc])
