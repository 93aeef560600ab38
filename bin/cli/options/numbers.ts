import { InvalidArgumentError } from 'commander';

/** Reads a whole number from `least` on. */
export function wholeNumber(least: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (/^\d+$/.test(text) && Number.isSafeInteger(number) && number >= least) return number;
    throw new InvalidArgumentError(`It is a whole number from ${least}.`);
  };
}

/** A number of seats. Not yet `null` for any number: commander takes that for no value. */
export function seatsOf(text: string): number | 'unlimited' {
  if (text === 'unlimited') return text;
  if (/^\d+$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It is a whole number, or "unlimited".');
}
