/** The parts of lunr.js 2.3.9 that the search uses, for tsc. The script itself comes from the installed MkDocs. */

export interface TokenSet {
  intersect(other: TokenSet): TokenSet
  toArray(): string[]
}

export interface TokenSets {
  fromArray(sorted: string[]): TokenSet
  fromString(word: string): TokenSet
}

export interface Token {
  toString(): string
}

export interface Lunr {
  version: string
  Token: new (word: string) => Token
  stopWordFilter(token: Token): Token | undefined
  stemmer(token: Token): Token
  /** Only in the whole of it, which tests read. */
  TokenSet?: TokenSets
}

declare const lunr: Lunr
export default lunr
