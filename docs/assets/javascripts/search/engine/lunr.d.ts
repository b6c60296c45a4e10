/** The parts of lunr.js 2.3.9 that the search uses, for tsc. The script itself comes from the installed MkDocs. */

export interface Clause {
  term: string
  fields: string[]
  boost: number
  usePipeline: boolean
  wildcard: number
  presence: number
  editDistance?: number
}

export interface Query {
  clauses: Clause[]
  allFields: string[]
  clause(clause: Partial<Clause> & { term: string }): Query
  term(term: string, options?: Partial<Clause>): Query
  isNegated(): boolean
}

export interface TokenSet {
  intersect(other: TokenSet): TokenSet
  toArray(): string[]
}

export interface Pipeline {
  runString(word: string, metadata?: object): string[]
}

export interface Lunr {
  version: string
  Query: {
    new (fields: string[]): Query
    presence: { OPTIONAL: 1; REQUIRED: 2; PROHIBITED: 3 }
    wildcard: { NONE: number; LEADING: number; TRAILING: number }
  }
  TokenSet: { fromArray(sorted: string[]): TokenSet; fromClause(clause: Partial<Clause> & { term: string }): TokenSet }
  Pipeline: { load(names: string[]): Pipeline }
}

declare const lunr: Lunr
export default lunr
