import { draftFinding, type FindingDraft } from '../finding';

/** Reports that the operator does not make SCIM available to the domain. */
export const unavailableFinding = (contactText?: string): FindingDraft =>
  draftFinding('scim-unavailable', 'error', { ...(contactText !== undefined && { contactText }) });
