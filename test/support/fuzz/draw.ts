import fc, { type Arbitrary } from 'fast-check';

/** Draws random values. The same seed draws the same values. */
export interface Draw {
  readonly value: <T>(arbitrary: Arbitrary<T>) => T;
  readonly oneOf: <T>(items: readonly T[]) => T;
  /** An integer from `min` to `max`. */
  readonly integer: (min: number, max: number) => number;
  /** True in this share of all cases, from 0 to 1. */
  readonly chance: (share: number) => boolean;
}

export function drawFrom(seed: number): Draw {
  const [generate] = fc.sample(fc.gen(), { seed, numRuns: 1 });
  if (!generate) throw new Error('There is no generator.');
  const value: Draw['value'] = (arbitrary) => generate(() => arbitrary);
  // Without a bias to the smallest and largest values.
  const integer = (min: number, max: number) => value(fc.noBias(fc.integer({ min, max })));
  return {
    value,
    oneOf: (items) => items[integer(0, items.length - 1)] as (typeof items)[number],
    integer,
    chance: (share) => integer(1, 1_000) <= 1_000 * share,
  };
}
