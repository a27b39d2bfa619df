// Marking practice on the phone, as balai/assessments/marking.py marks on a server.
// Both are held to balai/assessments/vectors/marking.json. Scores are integers per mille.

const FULL = 1000;
const sum = (numbers) => numbers.reduce((total, one) => total + one, 0);
const count = (items, test) => items.filter(test).length;
const first = (pair) => pair.split(":", 1)[0];

function markOne(chosen, { right, wrong = [] }) {
  const valid = chosen.filter((id) => right.includes(id) || wrong.includes(id));
  return valid.length === right.length && valid.every((id) => right.includes(id)) ? FULL : 0;
}

// The share of the right options chosen, less the share of the wrong ones, never below nothing.
function markSeveral(chosen, { right, wrong = [] }) {
  const gained = count(chosen, (id) => right.includes(id));
  const lost = count(chosen, (id) => wrong.includes(id));
  const traps = wrong.length || 1;
  return Math.floor((Math.max(0, gained * traps - lost * right.length) * FULL) / (right.length * traps));
}

// The share of items with their own partner, and no other.
function markMatching(chosen, { right }) {
  const matched = count(right, (pair) => {
    const its = chosen.filter((one) => first(one) === first(pair));
    return its.length === 1 && its[0] === pair;
  });
  return Math.floor((matched * FULL) / right.length);
}

// Of all pairs of steps the share in the right order, less the share the wrong way round.
function markOrdering(chosen, { right }) {
  const steps = right.map(first);
  const numerals = steps.map((_step, index) => `${index + 1}`);
  const given = chosen.filter((one) => one.includes(":"))
    .map((one) => ({ step: first(one), place: one.slice(one.indexOf(":") + 1) }))
    .filter(({ step, place }) => steps.includes(step) && numerals.includes(place));
  const alone = given.filter(({ step, place }) => count(given, (other) => other.step === step) === 1
    && count(given, (other) => other.place === place) === 1);
  const places = steps.map((step) => Number(alone.find((one) => one.step === step)?.place));
  const gained = sum(places.flatMap((one, index) => places.slice(index + 1).map((other) => Math.sign(other - one) || 0)));
  return Math.floor((Math.max(0, gained) * FULL) / (steps.length * (steps.length - 1) / 2));
}

// Numbers as people type them: see balai/assessments/amounts.py.
const LONGEST = 40;
const INDONESIAN = /^([-+]?)([1-9][0-9]{0,2}(?:\.[0-9]{3})+|[0-9]+)(?:,([0-9]+))?$/;
const ENGLISH = /^([-+]?)([0-9]+)\.([0-9]+)$/;
const bare = (text) => text.normalize("NFKC").replaceAll("−", "-").toLowerCase().replace(/\s/g, "");

function typed(text, unit = "") {
  let number = bare(text);
  if ([...number].length > LONGEST) return null;
  number = number.replace(/^rp\.?/, "");
  if (unit && number.endsWith(bare(unit))) number = number.slice(0, -bare(unit).length);
  number = number.replace(/,-+$/, "");
  const [, sign, whole, part = ""] = INDONESIAN.exec(number) ?? ENGLISH.exec(number) ?? [];
  if (!whole) return null;
  const digits = BigInt(whole.replaceAll(".", "") + part);
  return { digits: sign === "-" ? -digits : digits, places: part.length };
}

function near(one, other, tolerance) {
  const places = Math.max(one.places, other.places, tolerance.places);
  const scaled = (number) => number.digits * BigInt(10) ** BigInt(places - number.places);
  const size = (number) => (number < 0 ? -number : number);
  return size(scaled(one) - scaled(other)) <= size(scaled(tolerance));
}

function markNumber(chosen, { right, tolerance = "", unit = "" }) {
  const given = chosen.length === 1 ? typed(chosen[0], unit) : null;
  const expected = typed(right[0]);
  return given && expected && near(given, expected, typed(tolerance) ?? typed("0")) ? FULL : 0;
}

// Letters and digits alone, small, without accents.
const plain = (text) => text.normalize("NFKD").toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");

function markWords(chosen, { right, also = [] }) {
  const given = chosen.length === 1 ? plain(chosen[0]) : "";
  return given && [...right, ...also].some((one) => plain(one) === given) ? FULL : 0;
}

const MARKS = {
  one: markOne, true_false: markOne, several: markSeveral,
  matching: markMatching, ordering: markOrdering, number: markNumber, words: markWords,
};

// chosen: [string]; key: as in a package's tests/*.json -> 0 … 1000
export function markQuestion(chosen, key) {
  if (!chosen || chosen.length === 0) return 0;
  return MARKS[key.kind]([...new Set(chosen)], key);
}

// answers: {slug: [string]}; keys: {slug: key} of the questions on the paper -> {score, questions: {slug: marks}}
export function mark(answers, keys) {
  const slugs = Object.keys(keys);
  const questions = Object.fromEntries(
    slugs.map((slug) => [slug, markQuestion(Object.hasOwn(answers, slug) ? answers[slug] : [], keys[slug])]),
  );
  return { score: Math.floor(sum(Object.values(questions)) / Math.max(slugs.length, 1)), questions };
}

export function result(marks) {
  if (marks === FULL) return "right";
  return marks > 0 ? "partial" : "wrong";
}
