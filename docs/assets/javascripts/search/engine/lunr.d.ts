/** The parts of lunr.js 2.3.9 that the search uses, for tsc. The script itself comes from the installed MkDocs. */

export interface TokenSet {
  intersect(other: TokenSet): TokenSet
  toArray(): string[]
}

export interface Pipeline {
  runString(word: string): string[]
}

export interface Token {
  toString(): string
}

export interface Lunr {
  version: string
  Token: new (word: string) => Token
  stopWordFilter(token: Token): Token | undefined
  stemmer(token: Token): Token
  TokenSet: { fromArray(sorted: string[]): TokenSet; fromString(word: string): TokenSet }
  Pipeline: { load(names: string[]): Pipeline }
}

declare const lunr: Lunr
export default lunr
