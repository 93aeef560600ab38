import { ScimError } from './error';
import type { Json } from './resource';

/**
 * The number of comparisons that one request may make. That is far more than clients need, and takes a
 * fraction of a second.
 */
export const MAX_COMPARISONS = 1_000_000;

/** A longer value counts as one more comparison for each further piece of this length, in UTF-16 units. */
const CHARACTERS_PER_COMPARISON = 64;

/** Returns the number of comparisons that one condition on a value counts as. */
export const weightOf = (value: Json | undefined): number =>
  typeof value === 'string' ? 1 + Math.floor(value.length / CHARACTERS_PER_COMPARISON) : 1;

/** Returns the number of comparisons that one condition on an element counts as, with all its parts. */
export function weightOfElement(element: Json): number {
  if (typeof element !== 'object' || element === null || Array.isArray(element)) return weightOf(element);
  let weight = 1;
  for (const part of Object.values(element)) weight += weightOf(part) - 1;
  return weight;
}

/**
 * Counts the comparisons of one request. All operations of a bulk share one budget. Counting instead of
 * measuring the time refuses the same request everywhere.
 */
export class WorkBudget {
  private spent = 0;

  constructor(readonly limit = MAX_COMPARISONS) {}

  /** The comparisons that the request has made. */
  get used(): number {
    return this.spent;
  }

  get isExhausted(): boolean {
    return this.spent > this.limit;
  }

  spend(comparisons: number): void {
    this.spent += comparisons;
  }

  /** Returns a function that resets the count to the current one. A repeated attempt counts once. */
  checkpoint(): () => void {
    const before = this.spent;
    return () => {
      this.spent = before;
    };
  }
}

/** An error that more work than the budget allows causes. No tolerance skips it. */
export const isOverBudget = (error: unknown): boolean =>
  error instanceof ScimError && error.scimType === 'tooMany';
