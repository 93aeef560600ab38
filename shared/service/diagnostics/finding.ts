import { docsPageUrl } from '../../docs-url';
import type { RatePlanName } from '../../limits/rate-plan';
import type { FindingFacts, FindingText } from './texts/finding-facts';
import { FINDING_TEXTS, type FindingLanguage } from './texts/finding-texts';

/**
 * The codes of findings. They are stable: docs/readiness.md has a section for each, and the portal knows
 * them. Findings of the same severity are listed in this order.
 */
export const FINDING_CODES = [
  'scim-unavailable',
  'sender-unverified',
  'sending-paused',
  'sender-sandbox',
  'sender-unknown',
  'emails-paused',
  'email-limit-reached',
  'key-missing',
  'key-expired',
  'key-expires-soon',
  'credential-creator-gone',
  'seats-gone',
  'seats-almost-gone',
  'licenses-pending',
  'administrators-limit-reached',
  'addresses-missing',
  'addresses-undeliverable',
  'addresses-bounced',
  'tokens-refused',
  'webhook-dead-letters',
  'webhook-events-skipped',
  'webhooks-failing',
  'requests-refused',
  'filters-too-broad',
  'rate-limit-reached',
  'members-left-out',
  'names-duplicate',
  'filter-attributes-unknown',
  'attributes-ignored',
  'users-managed-by-hand',
  'key-unused',
] as const;
export type FindingCode = (typeof FINDING_CODES)[number];

export const SEVERITIES = ['error', 'warning', 'info'] as const;
/**
 * `error`: something does not work. `warning`: something may stop working, or may have failed. `info`: no
 * action is urgent.
 */
type Severity = (typeof SEVERITIES)[number];

/** A problem that needs attention. Readiness lists each code at most once. */
export interface Finding {
  readonly code: FindingCode;
  readonly severity: Severity;
  /** The observation, in a sentence with names and numbers. */
  readonly found: string;
  /** The action to take, and who should take it. */
  readonly action: string;
  /** The URL of the section in the documentation. Absent if the deployment publishes none. */
  readonly link?: string;
  /** The affected items, the most important first. Their number is limited. */
  readonly details?: readonly FindingDetail[];
}

export type FindingDetail = Readonly<Record<string, string | number | null>>;

/** A finding in English without its link. */
export interface FindingDraft extends Omit<Finding, 'link'> {
  readonly textIn: (language: FindingLanguage) => FindingText;
}

/** Creates a finding, whose texts in each language are made from its facts. */
export function draftFinding<Code extends FindingCode>(
  code: Code,
  severity: Severity,
  facts: FindingFacts[Code],
  details?: readonly FindingDetail[],
): FindingDraft {
  const textIn = (language: FindingLanguage) => FINDING_TEXTS[language][code](facts);
  return { code, severity, ...textIn('en'), textIn, ...(details && { details }) };
}

/** Returns the findings in a language, in the order in which they are listed: the most severe first. */
export function toFindings(
  drafts: readonly FindingDraft[],
  docsUrl: string | undefined,
  language: FindingLanguage = 'en',
): Finding[] {
  const rank = ({ severity, code }: FindingDraft): number =>
    SEVERITIES.indexOf(severity) * FINDING_CODES.length + FINDING_CODES.indexOf(code);
  return [...drafts]
    .sort((one, other) => rank(one) - rank(other))
    .map(({ details, textIn, ...draft }) => {
      const link = docsPageUrl(docsUrl, `readiness.md#${draft.code}`);
      return {
        ...draft,
        ...textIn(language),
        ...(link !== undefined && { link }),
        ...(details && details.length > 0 && { details: details.slice(0, MAX_DETAILS) }),
      };
    });
}

/** The largest number of details of a finding. */
export const MAX_DETAILS = 20;

/** The domain to check. */
export interface CheckedDomain {
  readonly domainId: string;
  readonly ratePlan: RatePlanName;
  /** @default true: a SCIM client asks, and its requests are refused otherwise */
  readonly scimAvailable?: boolean;
  /** @default true: as for `scimAvailable` */
  readonly scimEnabled?: boolean;
}
