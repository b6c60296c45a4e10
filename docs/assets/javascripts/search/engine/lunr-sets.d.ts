/** lunr's sets of words in a module of their own, for tsc. */
import type { TokenSets } from "./lunr.d.ts"

declare const lunr: { TokenSet: TokenSets }
export default lunr
