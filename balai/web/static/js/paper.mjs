// The paper of one attempt, drawn on the phone as balai/assessments/paper.py draws it on a server.
// Both are held to balai/assessments/vectors/paper.json; the generator is explained in shuffling.py.

const WARM_UP = 16;
const IF_ASKED = ["one", "several"];
const ALWAYS = ["matching", "ordering"];

export function numbers(seed) {
  const digits = seed.replaceAll("-", "");
  let [a, b, c, counter] = [0, 8, 16, 24].map((start) => parseInt(digits.slice(start, start + 8), 16) | 0);
  const next = () => {
    const number = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + number) | 0;
    return number >>> 0;
  };
  for (let round = 0; round < WARM_UP; round += 1) next();
  return next;
}

export function below(next, limit) {
  const fair = 2 ** 32 - (2 ** 32 % limit);
  let number = next();
  while (number >= fair) number = next();
  return number % limit;
}

export function shuffled(next, items) {
  const order = [...items];
  for (let last = order.length - 1; last > 0; last -= 1) {
    const chosen = below(next, last + 1);
    [order[last], order[chosen]] = [order[chosen], order[last]];
  }
  return order;
}

// The indexes of the questions on the paper, in the order in which they were drawn.
function drawn({ draw: count = null, shuffle = false, pools = [] }, questions, next) {
  if (pools.length) {
    const index = (slug) => questions.findIndex((question) => question.slug === slug);
    const all = pools.flatMap((pool) => shuffled(next, pool.questions.map(index)).slice(0, pool.draw));
    return shuffle ? shuffled(next, all) : all;
  }
  const order = questions.map((_question, place) => place);
  return shuffle || count !== null ? shuffled(next, order).slice(0, count ?? order.length) : order;
}

// rules: {draw, shuffle, pools: [{draw, questions: [slug]}]}; questions: [{slug, kind, options: [{id}]}]
// -> [{question: slug, options: [id]}]
export function draw(rules, questions, attempt) {
  const next = numbers(attempt);
  const order = drawn(rules, questions, next);
  if (!rules.shuffle) order.sort((one, other) => one - other);
  return order.map((place) => {
    const { slug, kind, options = [] } = questions[place];
    const ids = options.map((option) => option.id);
    const shuffles = ALWAYS.includes(kind) || (rules.shuffle && IF_ASKED.includes(kind));
    return { question: slug, options: shuffles ? shuffled(next, ids) : ids };
  });
}
