import type { FindingDraft } from '../finding';

/** Reports that the operator does not make SCIM available to the domain. */
export const unavailableFinding = (
  contactText = 'Ask the operator of the service to make it available.',
): FindingDraft => ({
  code: 'scim-unavailable',
  severity: 'error',
  found: 'SCIM is not available to this domain, so all requests of its identity provider are refused.',
  action: `License administrator: ${contactText}`,
});
