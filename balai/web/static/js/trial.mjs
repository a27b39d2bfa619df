// A paper that an author tries: only ordering questions need a script, as on a learner's paper.
import { arrange } from "./places.mjs";

document.querySelectorAll("[data-places]").forEach(arrange);
