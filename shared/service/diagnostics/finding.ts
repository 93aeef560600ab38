/**
 * What the service finds that somebody should look at. Codes are stable: docs/readiness.md has a section for each, and the
 * portal knows them. In the order in which they are told among those of the same severity.
 */
export const FINDING_CODES = [
  'sender-unverified',
  'sending-paused',
  'sender-sandbox',
  'sender-unknown',
  'key-missing',
  'key-expired',
  'key-expires-soon',
  'seats-gone',
  'seats-almost-gone',
  'licenses-pending',
  'addresses-undeliverable',
  'addresses-bounced',
  'requests-refused',
  'rate-limit-reached',
  'members-left-out',
  'attributes-ignored',
  'key-unused',
] as const;
export type FindingCode = (typeof FINDING_CODES)[number];

export const SEVERITIES = ['error', 'warning', 'info'] as const;
/** `error`: somebody does not get what they should. `warning`: it will come to that, or may have. `info`: good to know. */
export type Severity = (typeof SEVERITIES)[number];

/** Each code comes once at most. */
export interface Finding {
  readonly code: FindingCode;
  readonly severity: Severity;
  /** A sentence with names and numbers. */
  readonly found: string;
  /** What to do, and who. */
  readonly action: string;
  /** The section of the documentation. */
  readonly link: string;
  /** What it is about one by one, the most important first: a limited number. */
  readonly details?: readonly FindingDetail[];
}

export type FindingDetail = Readonly<Record<string, string | number | null>>;

/** A finding as it is found. */
export type FindingDraft = Omit<Finding, 'link'>;

/** As they are told: the severest first. */
export function toFindings(found: readonly FindingDraft[], docsUrl: string): Finding[] {
  const place = ({ severity, code }: FindingDraft): number =>
    SEVERITIES.indexOf(severity) * FINDING_CODES.length + FINDING_CODES.indexOf(code);
  return [...found]
    .sort((one, other) => place(one) - place(other))
    .map(({ details, ...rest }) => ({
      ...rest,
      link: `${docsUrl}/readiness.md#${rest.code}`,
      ...(details && details.length > 0 && { details: details.slice(0, MAX_DETAILS) }),
    }));
}

const MAX_DETAILS = 20;
