import { createHash } from 'node:crypto';
import type { Session } from '../../local/product/session';

const DAY_MS = 86_400_000;
const EXAMPLE_TIME = '2026-01-15T09:30:00.000Z';
const TIME = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g;
const UUID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** Patterns of values that differ in each run, or that nobody may publish. */
const PATTERNS: readonly (readonly [RegExp, string])[] = [
  [/scim_admin_[\w-]{8,}/g, 'scim_admin_EXAMPLE'],
  [/scim_[0-9a-f-]{36}_[0-9a-f-]{36}_[\w-]+/g, 'scim_EXAMPLE'],
  [/scimevents_(?:DEPLOYMENT|[0-9a-f-]{36})_[0-9a-f-]{36}_\w+/g, 'scimevents_EXAMPLE'],
  [/whsec_[\w+/]+=*/g, 'whsec_EXAMPLE'],
  [/scimsecret_[0-9a-f-]{36}_\w+/g, 'scimsecret_EXAMPLE'],
  [/\/setup#[\w.-]+/g, '/setup#EXAMPLE'],
  [/\b[0-9A-Z]{5}(-[0-9A-Z]{5}){4}\b/g, 'XXXXX-XXXXX-XXXXX-XXXXX-XXXXX'],
  [/\beyJ[\w-]+\.[\w-]+\.[\w-]+/g, 'eyJ.EXAMPLE.EXAMPLE'],
  // The members of a public key.
  [/(?<="(?:x|y|kid)":\s?")[\w-]{43}(?=")/g, 'EXAMPLE'],
  [/\b127\.0\.0\.1\b/g, '192.0.2.1'],
  // The remaining requests and seconds, as in `"burst";r=249;t=9`.
  [/\b([rt])=\d+/g, '$1=9'],
  [/\bWait \d+ seconds?\b/g, 'Wait 9 seconds'],
  [/bruno-runtime\/[\d.]+/g, 'bruno-runtime'],
];

/**
 * Replaces what differs in each run by values that stay the same, so that a recording changes only if the
 * service does.
 */
export class StableValues {
  private readonly ids = new Map<string, string>();
  private readonly hosts: readonly (readonly [string, string])[];

  constructor(session: Session) {
    const hosts = [
      [session.baseUrl, 'https://scim.example.com/scim/v2'],
      [session.portalUrl, 'https://portal.example.com'],
      [session.mailUrl, 'https://mail.example.com'],
      [session.adminUrl, 'https://admin.example.com'],
      [session.licenseCheckUrl, 'https://license.example.com'],
    ];
    this.hosts = hosts.map(([url = '', example = '']) => [new URL(url).origin, new URL(example).origin]);
  }

  /** Replaces the values in a response to the request `path` of the collection. */
  text(text: string, path: string): string {
    const withHosts = this.hosts.reduce((all, [host, example]) => all.replaceAll(host, example), text);
    const withPatterns = PATTERNS.reduce(
      (all, [pattern, example]) => all.replace(pattern, example),
      withHosts,
    );
    return withPatterns.replace(UUID, (id) => this.idOf(id, path)).replace(TIME, stableTime);
  }

  /**
   * Returns the example of an id. It depends on the request in whose responses the id first appears, so that
   * another request in the collection does not change it.
   */
  private idOf(id: string, path: string): string {
    const known = this.ids.get(id);
    if (known) return known;
    const before = [...this.ids.values()];
    for (let at = 0; ; at += 1) {
      const digits = createHash('sha256').update(`${path}#${at}`).digest('hex');
      const example = `01990000-0000-7000-8000-${digits.slice(0, 12)}`;
      if (before.includes(example)) continue;
      this.ids.set(id, example);
      return example;
    }
  }
}

/** A time that a request contains, such as an expiry in 2099, is farther from the run. */
const MAX_DAYS = 400;

/** Replaces a time by one with the same distance, in whole days, from the example time. */
function stableTime(time: string): string {
  const days = Math.round((Date.parse(time) - Date.now()) / DAY_MS);
  return Math.abs(days) > MAX_DAYS ? time : new Date(Date.parse(EXAMPLE_TIME) + days * DAY_MS).toISOString();
}
