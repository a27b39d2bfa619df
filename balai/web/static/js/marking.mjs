// Marking practice on the phone, as balai/assessments/marking.py marks on a server.
// Both are held to balai/assessments/vectors/marking.json. Scores are integers per mille.

const FULL = 1000;

function markOne(chosen, right, wrong) {
  const valid = [...chosen].filter((id) => right.has(id) || wrong.has(id));
  return valid.length === right.size && valid.every((id) => right.has(id)) ? FULL : 0;
}

// The share of the right options chosen, less the share of the wrong ones, never below nothing.
function markSeveral(chosen, right, wrong) {
  const gained = [...chosen].filter((id) => right.has(id)).length;
  const lost = [...chosen].filter((id) => wrong.has(id)).length;
  const traps = wrong.size || 1;
  return Math.floor((Math.max(0, gained * traps - lost * right.size) * FULL) / (right.size * traps));
}

const MARKS = { one: markOne, true_false: markOne, several: markSeveral };

// chosen: [id]; key: {kind, right: [id], wrong: [id]} -> 0 … 1000
export function markQuestion(chosen, key) {
  if (!chosen || chosen.length === 0) return 0;
  return MARKS[key.kind](new Set(chosen), new Set(key.right), new Set(key.wrong));
}

// answers: {slug: [id]}; keys: {slug: key} of the questions on the paper -> {score, questions: {slug: marks}}
export function mark(answers, keys) {
  const questions = {};
  let total = 0;
  for (const [slug, key] of Object.entries(keys)) {
    questions[slug] = markQuestion(Object.hasOwn(answers, slug) ? answers[slug] : [], key);
    total += questions[slug];
  }
  return { score: Math.floor(total / Math.max(Object.keys(keys).length, 1)), questions };
}

export function result(marks) {
  if (marks === FULL) return "right";
  return marks > 0 ? "partial" : "wrong";
}
