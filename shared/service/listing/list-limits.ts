import { ScimError } from '../../scim/error';

/** Resources that a listing may look at in one request; past it the client has to ask for something narrower. */
export const SCAN_BUDGET = 10_000;

/** Resources that are read in one request: DynamoDB's limit. */
export const READ_BATCH_SIZE = 100;

export const tooManyCandidates = (): ScimError =>
  ScimError.tooMany(
    'The filter would have to look at too many resources. Filter by id, userName, displayName or externalId, add such a ' +
      'condition with "and", or page by cursor: the empty parameter cursor asks for the first page.',
  );

/** `names` are the attributes by which any number can be sorted; there may be none. */
export const tooManyToSort = (names: readonly string[]): ScimError =>
  ScimError.tooMany(
    `More than ${SCAN_BUDGET} resources would have to be sorted. ` +
      (names.length > 0 ? `Sort by ${names.join(' or ')} and without a filter, use` : 'Use') +
      ' a narrower filter, or leave sortBy out and sort what you get.',
  );

export const cannotSortByCursor = (names: readonly string[]): ScimError =>
  ScimError.invalidValue(
    'A listing in this order cannot be paged by cursor. ' +
      (names.length > 0 ? `Sort by ${names.join(' or ')}, leave` : 'Leave') +
      ' sortBy out, or page by startIndex.',
  );
