/** What every page runs. Each part works by itself and leaves a page that reads without it. */

import { menu } from "./menu.js"
import { problems } from "./problems.js"
import { scheme } from "./scheme.js"
import { search } from "./search.js"
import { tables } from "./tables.js"
import { keys } from "./keys.js"

keys()
menu()
problems()
scheme()
search()
tables()
