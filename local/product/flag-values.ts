import { UserError } from '../host/user-error';

/* Readers of the values of flags. Each throws a `UserError` that names the flag and what it accepts. */

/** Reads the milliseconds for which a transaction holds its items. */
export function transactionHold(text: string): number | 'off' {
  if (text === 'off') return text;
  const milliseconds = Number(text);
  if (text.trim() !== '' && Number.isInteger(milliseconds) && milliseconds >= 0 && milliseconds <= 1_000)
    return milliseconds;
  throw new UserError(`--transaction-hold must be a whole number from 0 to 1000, or off, not "${text}".`);
}

/** Returns a reader of whole numbers from `min` to `max`. */
export function wholeNumber(flag: string, min: number, max: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (text.trim() !== '' && Number.isInteger(number) && number >= min && number <= max) return number;
    throw new UserError(`${flag} must be a whole number from ${min} to ${max}, not "${text}".`);
  };
}

/** Reads the share of calls that get a fault. */
export function faultShare(text: string): number {
  const share = Number(text);
  if (text.trim() !== '' && share >= 0 && share <= 1) return share;
  throw new UserError(`--faults must be a number from 0 to 1, such as 0.1, not "${text}".`);
}

/** Reads the seed of faults. */
export function faultSeed(text: string): number {
  const seed = Number(text);
  if (text.trim() !== '' && Number.isSafeInteger(seed)) return seed;
  throw new UserError(`--seed must be a whole number, not "${text}".`);
}

/** Returns a reader of port numbers. */
export function portNumber(flag: string): (text: string) => number {
  return (text) => {
    const port = Number(text);
    if (Number.isInteger(port) && port >= 0 && port < 65_536) return port;
    throw new UserError(`${flag} must be a number from 0 to 65535, not "${text}".`);
  };
}

/** Returns a reader of numbers from 0 to `largest`. */
export function numberUpTo(flag: string, largest: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (text.trim() !== '' && number >= 0 && number <= largest) return number;
    throw new UserError(`${flag} must be a number from 0 to ${largest}, not "${text}".`);
  };
}

/** Reads a factor of at least 1. */
export function timeoutFactor(text: string): number {
  const factor = Number(text);
  if (Number.isFinite(factor) && factor >= 1) return factor;
  throw new UserError(`--timeout-factor must be a number of at least 1, not "${text}".`);
}
