/** lunr's sets of words, which find the terms that a word with stars matches: loaded with the first such word. */
// @ts-types="./lunr-sets.d.ts"
import lunr from "../../../search/lunr-sets.js"

export const TokenSet = lunr.TokenSet
