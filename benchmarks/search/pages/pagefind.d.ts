/** The parts of Pagefind's own script that are measured, for tsc. Pagefind writes the script with each index. */

export interface Result {
  data(): Promise<{ meta: { title: string }; excerpt: string }>
}

export function init(): Promise<void>
export function search(query: string): Promise<{ results: Result[] }>
