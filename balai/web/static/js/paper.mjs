// The paper of one attempt, drawn on the phone as balai/assessments/paper.py draws it on a server.
// Both are held to balai/assessments/vectors/paper.json; the generator is explained in shuffling.py.

const WARM_UP = 16;
const MAY_SHUFFLE = { one: true, several: true, true_false: false };

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

// rules: {draw: number|null, shuffle: boolean}; questions: [{slug, kind, options: [{id}]}]
// -> [{question: slug, options: [id]}]
export function draw(rules, questions, attempt) {
  const next = numbers(attempt);
  let order = questions.map((_question, index) => index);
  if (rules.shuffle || rules.draw !== null) order = shuffled(next, order).slice(0, rules.draw ?? order.length);
  if (!rules.shuffle) order.sort((first, second) => first - second);
  return order.map((index) => {
    const { slug, kind, options } = questions[index];
    const ids = options.map((option) => option.id);
    return { question: slug, options: rules.shuffle && MAY_SHUFFLE[kind] ? shuffled(next, ids) : ids };
  });
}
