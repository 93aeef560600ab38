import { ScimError } from '../../shared/scim/error';
import type { Attributes } from '../../shared/scim/resource';
import type { WorkBudget } from '../../shared/scim/work';

/** An input that needs as much CPU time for its size as a client can cause. */
export interface WorstCase {
  readonly name: string;
  /**
   * The smallest measured size. Four times this size is still accepted by the limits of the service, or
   * refused.
   */
  readonly size: number;
  /**
   * Creates the input of a size, and returns a function that processes it. `watch` may wrap the input to
   * count how often it is read, and `work` counts comparisons.
   */
  readonly prepare: (size: number, watch?: Watch, work?: WorkBudget) => () => unknown;
}

export type Watch = <T extends object>(input: T) => T;
export const unwatched: Watch = (input) => input;

export const numbered = <T>(length: number, create: (index: number) => T): T[] =>
  Array.from({ length }, (_, index) => create(index));

export const userWithEmails = (count: number, text = 'user'): Attributes => ({
  userName: 'ada@example.com',
  active: true,
  emails: numbered(count, (index) => ({
    value: `${text}${index}@example.com`,
    type: index % 2 ? 'work' : 'home',
  })),
});

export const anyOf = (terms: number, attribute: string, text = 'x'): string =>
  numbered(terms, (index) => `${attribute} eq "${text}${index}"`).join(' or ');

/** Returns `refused` if the input is refused. */
export function refusedOr<T>(run: () => T): T | 'refused' {
  try {
    return run();
  } catch (error) {
    if (error instanceof ScimError) return 'refused';
    throw error;
  }
}
