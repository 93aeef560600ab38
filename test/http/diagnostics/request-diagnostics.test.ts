import { HourlyDeduplicator } from '../../../shared/http/diagnostics/hourly-deduplicator';
import {
  type RequestSummary,
  RequestDiagnostics,
} from '../../../shared/http/diagnostics/request-diagnostics';
import { ScimError } from '../../../shared/scim/error';
import { recordingWriter } from '../../support/requests/api-events';

const NOW = Date.parse('2026-03-01T12:00:00.000Z');
const PATCH: RequestSummary = { method: 'PATCH', route: '/Users/{id}', isServed: true };

function notices({ once: deduplicator = new HourlyDeduplicator(), hasUserAgent = true } = {}) {
  const notes: unknown[][] = [];
  const failures: unknown[] = [];
  const own = new RequestDiagnostics('domain-1', hasUserAgent ? 'Okta' : undefined, {
    store: () => recordingWriter(notes),
    deduplicator,
    now: () => NOW,
    onFailed: (error) => failures.push(error),
  });
  return { own, notes, failures };
}

const isRecorded = async (asked: Partial<RequestSummary>, error: ScimError): Promise<boolean> => {
  const { own, notes } = notices();
  own.refused({ ...PATCH, ...asked }, error);
  await own.flush();
  return notes.length === 1;
};

describe('a change that is refused', () => {
  const audited = async (asked: Partial<RequestSummary>, error: ScimError): Promise<number> => {
    const audit = jest.fn(() => Promise.resolve());
    const own = new RequestDiagnostics('domain-1', 'Okta', {
      store: () => recordingWriter([]),
      deduplicator: new HourlyDeduplicator(),
      now: () => NOW,
      onFailed: () => undefined,
      audit,
    });
    own.refused({ ...PATCH, ...asked }, error);
    await own.flush();
    return audit.mock.calls.length;
  };

  it.each<[string, number, Partial<RequestSummary>, ScimError]>([
    ['what is not valid', 1, {}, ScimError.invalidValue('No.')],
    ['what is not there', 1, { method: 'DELETE' }, ScimError.notFound('Gone.')],
    ['a version that is not the one', 1, { method: 'PUT' }, ScimError.preconditionFailed('Changed.')],
    ['a name that is taken', 1, { method: 'POST' }, ScimError.uniqueness('Taken.')],
    ['a key that is refused', 0, {}, ScimError.unauthorized('Expired.')],
    ['a limit', 0, {}, ScimError.tooManyRequests('Wait.', 1)],
    ['a failure of the service', 0, {}, ScimError.internal('r')],
    ['a request that reads', 0, { method: 'GET' }, ScimError.invalidFilter('No.')],
    ['a search', 0, { method: 'POST', route: '/Users/.search' }, ScimError.invalidFilter('No.')],
  ])('is an audit event or not: %s', async (_, expected, asked, error) => {
    expect(await audited(asked, error)).toBe(expected);
  });
});

describe('a request that is refused', () => {
  it('is noted when it is over, with its client and what that was told', async () => {
    const { own, notes } = notices();
    own.refused(PATCH, ScimError.invalidPath('No path.'));
    expect(notes).toEqual([]);
    await own.flush();
    const refusal = {
      method: 'PATCH',
      route: '/Users/{id}',
      status: 400,
      scimType: 'invalidPath',
      userAgent: 'Okta',
      detail: 'No path.',
    };
    expect(notes).toEqual([['refused', 'domain-1', refusal, 1, new Date(NOW)]]);
  });

  it('is noted without what there is not', async () => {
    const { own, notes } = notices({ hasUserAgent: false });
    own.refused(PATCH, ScimError.forbidden('No seat.'));
    await own.flush();
    expect(notes[0]?.[2]).toEqual({
      method: 'PATCH',
      route: '/Users/{id}',
      status: 403,
      detail: 'No seat.',
    });
  });

  it('counts as many as there are of its kind, in one write', async () => {
    const { own, notes } = notices();
    for (const detail of ['a', 'b', 'c']) own.refused(PATCH, ScimError.invalidValue(detail));
    own.refused(PATCH, ScimError.invalidPath('d'));
    await own.flush();
    expect(notes.map(([, , , count]) => count)).toEqual([3, 1]);
  });

  it.each<[boolean, string, ScimError, Partial<RequestSummary>]>([
    [true, 'a body that is no JSON', ScimError.invalidSyntax('x'), {}],
    [true, 'a name that is taken', ScimError.uniqueness('x'), { method: 'POST' }],
    [true, 'a method that there is not', ScimError.methodNotAllowed('PUT', ['GET']), { isServed: false }],
    [true, 'a body of another type', ScimError.unsupportedMediaType('x'), {}],
    [true, 'a path that there is not', ScimError.notFound('x'), { method: 'GET', isServed: false }],
    [true, 'a change of what is gone', ScimError.notFound('x'), {}],
    [false, 'a look at what is gone', ScimError.notFound('x'), { method: 'GET' }],
    [false, 'the deletion of what is gone', ScimError.notFound('x'), { method: 'DELETE' }],
    [false, 'a key that is not good', ScimError.unauthorized('x'), {}],
    [false, 'a version that is not the last', ScimError.preconditionFailed('x'), {}],
    [false, 'a request too many', ScimError.tooManyRequests('x', 1), {}],
    [false, 'a table that is busy', ScimError.unavailable('x', 1), {}],
    [false, 'a fault of the service', ScimError.internal('x'), {}],
  ])('is invalid: %s, for %s', async (expected, _, error, asked) => {
    expect(await isRecorded(asked, error)).toBe(expected);
  });
});

describe('what a request shows though it is carried out', () => {
  it('is noted while it is under way', () => {
    const { own, notes } = notices();
    own.ignored('User', 'badge');
    own.unknownMembers('members', 'group-1', ['42', '43']);
    own.undeliverable('user-1', 'ada@exa%mple.com');
    const at = new Date(NOW);
    expect(notes).toEqual([
      ['ignored', 'domain-1', { resourceType: 'User', attribute: 'badge', userAgent: 'Okta' }, at],
      ['left out', 'domain-1', { attribute: 'members', resourceId: 'group-1', count: 2, example: '42' }, at],
      ['undeliverable', 'domain-1', { userId: 'user-1', email: 'ada@exa%mple.com' }, at],
    ]);
  });

  it('is an attribute once an hour, whatever request has it, for each type and domain', () => {
    const once = new HourlyDeduplicator();
    const [one, other] = [notices({ once }), notices({ once })];
    one.own.ignored('User', 'badge');
    one.own.ignored('User', 'badge');
    other.own.ignored('User', 'badge');
    other.own.ignored('Group', 'badge');
    expect([one.notes.length, other.notes.length]).toEqual([1, 1]);
  });

  it('is nothing where nothing was left out', () => {
    const { own, notes } = notices();
    own.unknownMembers('members', 'group-1', []);
    expect(notes).toEqual([]);
  });
});

describe('the notes of a request', () => {
  it('fail nothing', async () => {
    const failures: unknown[] = [];
    const failing = (store: () => never) =>
      new RequestDiagnostics('domain-1', 'Okta', {
        store,
        deduplicator: new HourlyDeduplicator(),
        now: () => NOW,
        onFailed: (error) => failures.push(error),
      });
    const own = failing(() => {
      throw new Error('no table');
    });
    own.ignored('User', 'badge');
    own.refused(PATCH, ScimError.invalidPath('x'));
    await own.flush();
    expect(failures).toEqual([new Error('no table'), new Error('no table')]);
  });

  it('are few, whatever it sends', async () => {
    const { own, notes } = notices();
    for (let at = 0; at < 100; at++) own.ignored('User', `badge${at}`);
    await own.flush();
    expect(notes).toHaveLength(20);
  });

  it('are waited for', async () => {
    const { own } = notices();
    let written = false;
    const slow = new RequestDiagnostics('domain-1', 'Okta', {
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
    await own.flush();
  });
});
