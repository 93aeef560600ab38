import { listen, sendJson, type Listening } from '../../../local/host/http';
import { senderStatusReader } from '../../../shared/mail/ses/sender-status';

const ACCOUNT = '/v2/email/account';
const IDENTITY = '/v2/email/identities/example.com';

let ses: Listening;
let stubResponses: Record<string, [status: number, body: object]>;
let requestedPaths: string[];
beforeAll(async () => {
  ses = await listen((request, response) => {
    requestedPaths.push(request.url ?? '');
    const [status, body] = stubResponses[request.url ?? ''] ?? [404, { __type: 'NotFoundException' }];
    response.setHeader('x-amzn-errortype', String((body as { __type?: string }).__type ?? ''));
    sendJson(response, status, body);
  }, 0);
  Object.assign(process.env, {
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_ENDPOINT_URL_SESV2: ses.url,
  });
});
afterAll(() => ses.close());
beforeEach(() => {
  requestedPaths = [];
  stubResponses = {
    [ACCOUNT]: [200, { ProductionAccessEnabled: true, SendingEnabled: true }],
    [IDENTITY]: [200, { VerifiedForSendingStatus: true }],
  };
});

const GOOD = { isVerified: true, isSandbox: false, isPaused: false };

describe('senderStatusReader', () => {
  it('reads the status of the account and of the identity', async () => {
    expect(await senderStatusReader('example.com', Date.now)()).toEqual(GOOD);
    expect(requestedPaths.sort()).toEqual([ACCOUNT, IDENTITY]);
  });

  it.each([
    ['an account in the sandbox', ACCOUNT, { SendingEnabled: true }, { isSandbox: true }],
    ['paused sending', ACCOUNT, { ProductionAccessEnabled: true, SendingEnabled: false }, { isPaused: true }],
    ['an unverified identity', IDENTITY, { VerifiedForSendingStatus: false }, { isVerified: false }],
  ])('reports %s', async (_, path, body, expected) => {
    stubResponses[path] = [200, body];
    expect(await senderStatusReader('example.com', Date.now)()).toEqual({ ...GOOD, ...expected });
  });

  it('reports an unknown identity as unverified', async () => {
    expect(await senderStatusReader('other.example.com', Date.now)()).toEqual({ ...GOOD, isVerified: false });
  });

  it('throws if the permission to read the status is missing', async () => {
    stubResponses[ACCOUNT] = [403, { __type: 'AccessDeniedException' }];
    await expect(senderStatusReader('example.com', Date.now)()).rejects.toThrow(
      expect.objectContaining({ name: 'AccessDeniedException' }) as Error,
    );
  });

  it.each([
    ['a response', {}],
    ['a failure', { [ACCOUNT]: [403, { __type: 'AccessDeniedException' }] }],
  ])('calls SES again a minute after %s, not sooner', async (_, failing) => {
    Object.assign(stubResponses, failing);
    let now = 0;
    const read = senderStatusReader('example.com', () => now);
    const readOutcome = () => read().then(...([() => 'read', () => 'failed'] as const));
    const first = await readOutcome();
    const requests = requestedPaths.length;
    now = 59_999;
    expect(await readOutcome()).toBe(first);
    expect(requestedPaths).toHaveLength(requests);
    now = 60_000;
    await readOutcome();
    expect(requestedPaths.length).toBeGreaterThan(requests);
  });
});
