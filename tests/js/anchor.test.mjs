/** What an address leads to, whatever stands in it. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { anchorOf } from "../../docs/assets/javascripts/every-page/anchor.js"

test("an anchor is read as its page has it, and one that is no text leads nowhere", () => {
  assert.equal(anchorOf("#p-1f3c9a2e"), "p-1f3c9a2e")
  assert.equal(anchorOf("#caf%C3%A9"), "café")
  for (const broken of ["#%E0", "#%", "#100%sure", "#", ""]) assert.equal(anchorOf(broken), "", broken)
})
