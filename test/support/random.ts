/** A seeded source of whole numbers below `below`. */
export type Random = (below: number) => number;

export function seededRandom(seed: number): Random {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Returns one of the values. Each pair has a value and its weight, which is a whole number. */
export function pick<T>(random: Random, choices: readonly (readonly [T, number])[]): T {
  let at = random(choices.reduce((sum, [, weight]) => sum + weight, 0));
  for (const [value, weight] of choices) {
    if (at < weight) return value;
    at -= weight;
  }
  throw new Error('There are no choices.');
}
