import { InvalidArgumentError } from 'commander';

/** Returns a parser of whole numbers that are at least `minimum`. */
export function wholeNumber(minimum: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (/^\d+$/.test(text) && Number.isSafeInteger(number) && number >= minimum) return number;
    throw new InvalidArgumentError(`It must be a whole number of at least ${minimum}.`);
  };
}

/** Returns a parser of whole numbers that are at least `minimum`, and of the word 'default'. */
export function numberOrDefault(minimum: number): (text: string) => number | 'default' {
  return (text) => {
    const number = Number(text);
    if (text === 'default') return text;
    if (/^\d+$/.test(text) && Number.isSafeInteger(number) && number >= minimum) return number;
    throw new InvalidArgumentError(`It must be a whole number of at least ${minimum}, or "default".`);
  };
}

/**
 * Parses a number of seats. Returns 'unlimited' instead of null, which commander treats as a missing value.
 */
export function parseSeats(text: string): number | 'unlimited' {
  if (text === 'unlimited') return text;
  if (/^\d+$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It must be a whole number or "unlimited".');
}
