import { ScimError } from '../../scim/error';
import type { WorkBudget } from '../../scim/work';

/** The number of resources that one listing may examine. Beyond it, the client must narrow the filter. */
export const SCAN_BUDGET = 10_000;

/** The number of items in one BatchGetItem: DynamoDB's limit. */
export const READ_BATCH_SIZE = 100;

export const tooManyCandidates = (): ScimError =>
  ScimError.tooMany(
    'The filter would have to examine too many resources. Filter by id, userName, displayName, ' +
      'externalId or email address (eq), add such a ' +
      'condition with "and", or page by cursor. An empty cursor parameter requests the first page.',
  );

/** `conditions` is the number of conditions in the filter, and `examined` the number of resources. */
export const tooManyComparisons = ({ limit }: WorkBudget, conditions: number, examined: number): ScimError =>
  ScimError.tooMany(
    `The list needs more than ${limit} comparisons, the limit for one request: it has compared the ` +
      `${conditions} conditions of the filter with the values of ${examined} resources, and more resources ` +
      'follow. Use fewer conditions, add a condition such as userName eq "…" with "and", or page by cursor. ' +
      'An empty cursor parameter requests the first page.',
  );

/** `names` are the attributes by which any number of resources can be sorted. There may be none. */
export const tooManyToSort = (names: readonly string[]): ScimError =>
  ScimError.tooMany(
    `More than ${SCAN_BUDGET} resources would have to be sorted. ` +
      (names.length > 0 ? `Sort by ${names.join(' or ')} and without a filter, use` : 'Use') +
      ' a narrower filter, or omit sortBy and sort the results yourself.',
  );

export const tooMuchToSort = (resources: number, { used, limit }: WorkBudget): ScimError =>
  ScimError.tooMany(
    `Sorting ${resources} resources by such long values needs ${used} comparisons, and the limit is ${limit} ` +
      'for one request. Use a narrower filter, or sort by another attribute.',
  );

/** The next request continues where this one has stopped. */
export const tooFarToSkip = (startIndex: number): ScimError =>
  ScimError.unavailable(
    `Skipping to the startIndex ${startIndex} takes longer than one request may take. Send the request again: it ` +
      'continues. Or read the pages in order, or by cursor.',
    1,
  );

export const cannotSortByCursor = (names: readonly string[]): ScimError =>
  ScimError.invalidValue(
    'A listing in this order cannot be paged by cursor. ' +
      (names.length > 0 ? `Sort by ${names.join(' or ')}, omit` : 'Omit') +
      ' sortBy, or page by startIndex.',
  );
