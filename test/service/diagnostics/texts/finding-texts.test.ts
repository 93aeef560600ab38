import { draftFinding, FINDING_CODES, toFindings } from '../../../../shared/service/diagnostics/finding';
import type { FindingFacts } from '../../../../shared/service/diagnostics/texts/finding-facts';
import { FINDING_LANGUAGES, FINDING_TEXTS } from '../../../../shared/service/diagnostics/texts/finding-texts';

const credentials = [{ name: 'Okta', day: '2026-03-01' }];
const senders = ['Okta', 'Entra ID'];
const seats = { active: 4, seats: 5, policy: 'wait' } as const;

/** Facts of each finding. */
const FACTS: FindingFacts = {
  'scim-unavailable': {},
  'sender-unverified': { identity: 'example.com' },
  'sending-paused': {},
  'sender-sandbox': {},
  'sender-unknown': {},
  'emails-paused': {},
  'email-limit-reached': { limit: 100 },
  'key-missing': { scope: 'domain', noun: 'SCIM key', revoked: 1 },
  'key-expired': { type: 'scim-key', credentials, isReplaced: false },
  'key-expires-soon': { type: 'client-secret', credentials, withinDays: 30, nearestDays: 1 },
  'credential-creator-gone': {
    credentials: 1,
    subscriptions: 2,
    items: [
      { name: 'Okta', createdBy: 'ada@example.com' },
      { name: 'Product', createdBy: 'ada@example.com' },
      { name: 'Backup', createdBy: 'grace@example.com' },
    ],
  },
  'key-unused': { type: 'mixed', credentials, sinceDays: 90 },
  'seats-gone': { ...seats, active: 5 },
  'seats-almost-gone': seats,
  'licenses-pending': { waiting: 2, since: '2026-03-01' },
  'administrators-limit-reached': { administrators: 100 },
  'addresses-missing': { users: { number: 1 }, names: ['ada'] },
  'addresses-undeliverable': { addresses: ['ada@example.com'] },
  'addresses-bounced': {
    addresses: ['ada@example.com'],
    atLeast: true,
    complaints: 0,
    places: { users: true, notifications: true },
  },
  'tokens-refused': { requests: { number: 2 }, senders },
  'webhook-dead-letters': { names: ['Product'] },
  'webhook-events-skipped': { names: ['Product'] },
  'webhooks-failing': { names: ['Product'] },
  'requests-refused': {
    requests: { number: 3 },
    kinds: [{ request: '3 × POST /Users', error: '400' }],
    senders,
  },
  'filters-too-broad': { requests: { number: 1 }, kinds: ['1 × GET /Users'], senders: [] },
  'rate-limit-reached': { perMinute: 100, perTenSeconds: 50, minutes: 1, lastAt: '12:00', mostBy: 'Okta' },
  'members-left-out': { atLeast: false, members: 1, groups: 1, groupsOfUsers: 2, users: 1, senders },
  'names-duplicate': { names: { number: 2, atLeast: true } },
  'filter-attributes-unknown': {
    attributes: [{ attribute: 'mail', resourceTypes: ['User'] }],
    atLeast: false,
    senders,
  },
  'attributes-ignored': {
    attributes: [{ attribute: 'mail', resourceTypes: ['User'] }],
    atLeast: false,
    senders,
  },
  'users-managed-by-hand': { users: 100, moreThan: true },
};

/** The roles whom an action addresses, with a colon. docs/readiness.md explains them. */
const ROLES = {
  en: ['Operator:', 'Owner of the domain:', 'Administrator of the identity provider:'],
  de: ['Betreiber:', 'Eigentümer der Domain:', 'Administrator des Identity Providers:'],
} as const;

const draftOf = <Code extends keyof FindingFacts>(code: Code) => draftFinding(code, 'warning', FACTS[code]);

describe.each(FINDING_CODES)('the finding %s', (code) => {
  it('has sentences in each language', () => {
    for (const language of FINDING_LANGUAGES) {
      const { found, action } = draftOf(code).textIn(language);
      for (const text of [found, action]) {
        expect(text).toMatch(/^[A-ZÄÖÜ0-9].*[.]$/s);
        expect(text).not.toMatch(/undefined|NaN|\[object/);
      }
    }
  });

  it('addresses its actions to one of three roles, the same in each language', () => {
    const [english, german] = (['en', 'de'] as const).map((language) => {
      const { action } = draftOf(code).textIn(language);
      expect(ROLES[language].some((role) => action.startsWith(role))).toBe(true);
      return ROLES[language].map((role) => action.split(role).length);
    });
    expect(german).toEqual(english);
    expect(`${draftOf(code).action} ${draftOf(code).textIn('de').action}`).not.toMatch(
      /License administrator|Lizenzadministrator/,
    );
  });

  it('has no English in German', () => {
    const [german] = toFindings([draftOf(code)], undefined, 'de');
    const [english] = toFindings([draftOf(code)], undefined);
    expect(german?.found).not.toBe(english?.found);
    expect(`${german?.found} ${german?.action}`).not.toMatch(
      /\b(the|your|is|are|were|of|with|this|not|has|have|that|and|which)\b/i,
    );
    // Only the texts differ.
    expect({ ...german, found: '', action: '' }).toEqual({ ...english, found: '', action: '' });
  });
});

it('German texts have forms for one and several, and German dates', () => {
  const { 'licenses-pending': pending, 'seats-gone': gone, 'key-expired': expired } = FINDING_TEXTS.de;
  expect(pending({ waiting: 1, since: '2026-03-01' }).found).toBe(
    'Ein Benutzer wartet auf einen Platz, seit dem 01.03.2026. Er hat keine Lizenz und hat keine E-Mail erhalten.',
  );
  expect(pending({ waiting: 2 }).found).toBe(
    '2 Benutzer warten auf einen Platz. Diese Benutzer haben keine Lizenz und haben keine E-Mail erhalten.',
  );
  expect(gone({ active: 12, seats: 12, policy: 'wait' }).found).toBe(
    '12 von 12 Plätzen sind belegt. Neue Benutzer erhalten erst eine Lizenz, wenn ein Platz frei wird.',
  );
  const both = [...credentials, { name: 'New', connection: 'Okta', day: '2026-03-02' }];
  expect(expired({ type: 'scim-key', credentials: both, isReplaced: true }).found).toBe(
    'Abgelaufen sind 2 SCIM-Schlüssel: „Okta“ (01.03.2026) und „New“ der Verbindung „Okta“ (02.03.2026). Ein anderer wird verwendet.',
  );
});

describe.each([
  ['en', /\b(?:it|one|key|It)\b/, /\b(?:them|those|they|keys|ones|The first)\b/],
  ['de', /\b(?:ihn|er|den|Er)\b/, /\b(?:sie|die|Der erste)\b/],
] as const)('the findings about SCIM keys in %s', (language, one, several) => {
  const texts = FINDING_TEXTS[language];
  const two = [...credentials, { name: 'New', day: '2026-03-02' }];
  const actionsOf = (keys: typeof credentials) => [
    texts['key-expired']({ type: 'scim-key', credentials: keys, isReplaced: true }).action,
    texts['key-expired']({ type: 'scim-key', credentials: keys, isReplaced: false })
      .action.split(/,|\./)
      .at(-2),
    texts['key-expires-soon']({ type: 'scim-key', credentials: keys, withinDays: 30, nearestDays: 2 })
      .found.split('. ')
      .at(-1),
    texts['key-unused']({ type: 'scim-key', credentials: keys, sinceDays: 90 }).action,
  ];

  it('speak of one key, or of several', () => {
    for (const text of actionsOf(credentials)) expect(text).toMatch(one);
    for (const text of actionsOf(two)) expect(text).toMatch(several);
  });
});
