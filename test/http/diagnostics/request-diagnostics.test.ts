import { HourlyDeduplicator } from '../../../shared/http/diagnostics/hourly-deduplicator';
import {
  type DiagnosedRequest,
  RequestDiagnostics,
} from '../../../shared/http/diagnostics/request-diagnostics';
import { ScimError } from '../../../shared/scim/error';
import { recordingWriter } from '../../support/requests/api-events';

const NOW = Date.parse('2026-03-01T12:00:00.000Z');
const ORIGIN = { connectionId: 'okta', userAgent: 'Okta' };
const CLIENT = { domainId: 'domain-1', ...ORIGIN };
const PATCH: DiagnosedRequest = { method: 'PATCH', route: '/Users/{id}', isServed: true };

function createDiagnostics({
  deduplicator = new HourlyDeduplicator(),
  hasUserAgent = true,
  connectionId = 'okta',
} = {}) {
  const notes: unknown[][] = [];
  const failures: unknown[] = [];
  const client = { ...CLIENT, connectionId, ...(!hasUserAgent && { userAgent: undefined }) };
  const diagnostics = new RequestDiagnostics(client, {
    store: () => recordingWriter(notes),
    deduplicator,
    now: () => NOW,
    onFailed: (error) => failures.push(error),
  });
  return { diagnostics, notes, failures };
}

const isRecorded = async (request: Partial<DiagnosedRequest>, error: ScimError): Promise<boolean> => {
  const { diagnostics, notes } = createDiagnostics();
  diagnostics.refused({ ...PATCH, ...request }, error);
  await diagnostics.flush();
  return notes.length === 1;
};

describe('a refused change', () => {
  const audited = async (request: Partial<DiagnosedRequest>, error: ScimError): Promise<number> => {
    const audit = jest.fn(() => Promise.resolve());
    const diagnostics = new RequestDiagnostics(CLIENT, {
      store: () => recordingWriter([]),
      deduplicator: new HourlyDeduplicator(),
      now: () => NOW,
      onFailed: () => undefined,
      audit,
    });
    diagnostics.refused({ ...PATCH, ...request }, error);
    await diagnostics.flush();
    return audit.mock.calls.length;
  };

  it.each<[string, number, Partial<DiagnosedRequest>, ScimError]>([
    ['an invalid value', 1, {}, ScimError.invalidValue('No.')],
    ['a missing resource', 1, { method: 'DELETE' }, ScimError.notFound('Gone.')],
    ['a version conflict', 1, { method: 'PUT' }, ScimError.preconditionFailed('Changed.')],
    ['a taken name', 1, { method: 'POST' }, ScimError.uniqueness('Taken.')],
    ['an invalid key', 0, {}, ScimError.unauthorized('Expired.')],
    ['a rate limit', 0, {}, ScimError.tooManyRequests('Wait.', 1)],
    ['an internal error', 0, {}, ScimError.internal('r')],
    ['a request that only reads', 0, { method: 'GET' }, ScimError.invalidFilter('No.')],
    ['a search', 0, { method: 'POST', route: '/Users/.search' }, ScimError.invalidFilter('No.')],
  ])('writes an audit event or not: %s', async (_, expected, request, error) => {
    expect(await audited(request, error)).toBe(expected);
  });
});

describe('a refused request', () => {
  it('is recorded at the end, with its client and the detail', async () => {
    const { diagnostics, notes } = createDiagnostics();
    diagnostics.refused(PATCH, ScimError.invalidPath('No path.'));
    expect(notes).toEqual([]);
    await diagnostics.flush();
    const refusal = {
      method: 'PATCH',
      route: '/Users/{id}',
      status: 400,
      scimType: 'invalidPath',
      connectionId: 'okta',
      userAgent: 'Okta',
      detail: 'No path.',
    };
    expect(notes).toEqual([['refused', 'domain-1', refusal, 1, new Date(NOW)]]);
  });

  it('is recorded without absent fields', async () => {
    const { diagnostics, notes } = createDiagnostics({ hasUserAgent: false });
    diagnostics.refused(PATCH, ScimError.forbidden('No seat.'));
    await diagnostics.flush();
    expect(notes[0]?.[2]).toEqual({
      method: 'PATCH',
      route: '/Users/{id}',
      status: 403,
      connectionId: 'okta',
      detail: 'No seat.',
    });
  });

  it('is counted with others of its kind in one write', async () => {
    const { diagnostics, notes } = createDiagnostics();
    for (const detail of ['a', 'b', 'c']) diagnostics.refused(PATCH, ScimError.invalidValue(detail));
    diagnostics.refused(PATCH, ScimError.invalidPath('d'));
    await diagnostics.flush();
    expect(notes.map(([, , , count]) => count)).toEqual([3, 1]);
  });

  it.each<[boolean, string, ScimError, Partial<DiagnosedRequest>]>([
    [true, 'an invalid body', ScimError.invalidSyntax('x'), {}],
    [true, 'a taken name', ScimError.uniqueness('x'), { method: 'POST' }],
    [true, 'an unknown method', ScimError.methodNotAllowed('PUT', ['GET']), { isServed: false }],
    [true, 'another media type', ScimError.unsupportedMediaType('x'), {}],
    [true, 'an unknown path', ScimError.notFound('x'), { method: 'GET', isServed: false }],
    [true, 'a change of a deleted resource', ScimError.notFound('x'), {}],
    [false, 'a read of a deleted resource', ScimError.notFound('x'), { method: 'GET' }],
    [false, 'a deletion of a deleted resource', ScimError.notFound('x'), { method: 'DELETE' }],
    [false, 'an invalid key', ScimError.unauthorized('x'), {}],
    [false, 'a version conflict', ScimError.preconditionFailed('x'), {}],
    [false, 'a rate limit', ScimError.tooManyRequests('x', 1), {}],
    [false, 'a busy table', ScimError.unavailable('x', 1), {}],
    [false, 'an internal error', ScimError.internal('x'), {}],
  ])('is recorded as invalid (%s): %s', async (expected, _, error, request) => {
    expect(await isRecorded(request, error)).toBe(expected);
  });
});

describe('a diagnostic of a successful request', () => {
  it('is recorded while the request runs', () => {
    const { diagnostics, notes } = createDiagnostics();
    diagnostics.ignored('User', 'badge');
    diagnostics.unknownFilterAttribute(['User'], 'emial');
    diagnostics.unknownFilterAttribute(['User'], 'emial');
    diagnostics.ignored('User', 'timezone', 'It is unknown.');
    diagnostics.unknownMembers('members', 'group-1', ['42', '43']);
    diagnostics.undeliverable('user-1', 'ada@exa%mple.com');
    const at = new Date(NOW);
    expect(notes).toEqual([
      ['ignored', 'domain-1', { resourceType: 'User', attribute: 'badge', ...ORIGIN }, at],
      ['filter', 'domain-1', { resourceTypes: ['User'], attribute: 'emial', ...ORIGIN }, at],
      [
        'ignored',
        'domain-1',
        { resourceType: 'User', attribute: 'timezone', reason: 'It is unknown.', ...ORIGIN },
        at,
      ],
      [
        'left out',
        'domain-1',
        { connectionId: 'okta', attribute: 'members', resourceId: 'group-1', count: 2, example: '42' },
        at,
      ],
      ['undeliverable', 'domain-1', { userId: 'user-1', email: 'ada@exa%mple.com' }, at],
    ]);
  });

  it('is recorded for each connection that causes it', () => {
    const deduplicator = new HourlyDeduplicator();
    const connections = ['okta', 'entra', 'okta'].map((connectionId) =>
      createDiagnostics({ deduplicator, connectionId }),
    );
    for (const { diagnostics } of connections) diagnostics.ignored('User', 'badge');
    expect(connections.map(({ notes }) => notes.length)).toEqual([1, 1, 0]);
  });

  it('names an unknown attribute once an hour for each type and domain', () => {
    const deduplicator = new HourlyDeduplicator();
    const [one, other] = [createDiagnostics({ deduplicator }), createDiagnostics({ deduplicator })];
    one.diagnostics.ignored('User', 'badge');
    one.diagnostics.ignored('User', 'badge');
    other.diagnostics.ignored('User', 'badge');
    other.diagnostics.ignored('Group', 'badge');
    expect([one.notes.length, other.notes.length]).toEqual([1, 1]);
  });

  it('is recorded by a later request if the first one has too many', () => {
    const deduplicator = new HourlyDeduplicator();
    const names = Array.from({ length: 1_000 }, (_, at) => `x${at}`);
    const record = () => {
      const { diagnostics, notes } = createDiagnostics({ deduplicator });
      for (const name of names) diagnostics.ignored('User', name);
      return notes.map(([, , ignored]) => (ignored as { attribute: string }).attribute);
    };
    expect(record()).toEqual(names.slice(0, 20));
    expect(record()).toEqual(names.slice(20, 40));
  });

  it('is not recorded without unknown members', () => {
    const { diagnostics, notes } = createDiagnostics();
    diagnostics.unknownMembers('members', 'group-1', []);
    expect(notes).toEqual([]);
  });
});

describe('the writes of a request', () => {
  it('do not fail the request', async () => {
    const failures: unknown[] = [];
    const failing = (store: () => never) =>
      new RequestDiagnostics(CLIENT, {
        store,
        deduplicator: new HourlyDeduplicator(),
        now: () => NOW,
        onFailed: (error) => failures.push(error),
      });
    const diagnostics = failing(() => {
      throw new Error('no table');
    });
    diagnostics.ignored('User', 'badge');
    diagnostics.refused(PATCH, ScimError.invalidPath('x'));
    await diagnostics.flush();
    expect(failures).toEqual([new Error('no table'), new Error('no table')]);
  });

  it('are limited in number', async () => {
    const { diagnostics, notes } = createDiagnostics();
    for (let at = 0; at < 100; at++) diagnostics.ignored('User', `badge${at}`);
    await diagnostics.flush();
    expect(notes).toHaveLength(20);
  });

  it('are awaited', async () => {
    const { diagnostics } = createDiagnostics();
    let written = false;
    const slow = new RequestDiagnostics(CLIENT, {
      store: () => ({
        ...recordingWriter([]),
        recordUnknownMembers: async () => {
          await new Promise((resolve) => setImmediate(resolve));
          written = true;
        },
      }),
      deduplicator: new HourlyDeduplicator(),
      now: () => NOW,
      onFailed: () => undefined,
    });
    slow.unknownMembers('groups', 'user-1', ['42']);
    expect(written).toBe(false);
    await slow.flush();
    expect(written).toBe(true);
    await diagnostics.flush();
  });
});
