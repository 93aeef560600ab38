import { listen, readBody, sendJson, type Listening } from '../../../local/host/http';
import { fetchSecret } from '../../../shared/store/secrets/secret';
import { readCurrentOf } from '../../../shared/store/secrets/secrets';

let server: Listening;
let requestedSecrets: string[];
let failures: number;

beforeAll(async () => {
  server = await listen((request, response) => {
    void readBody(request).then((body) => {
      const { SecretId } = JSON.parse(String(body)) as { SecretId: string };
      requestedSecrets.push(SecretId);
      if (failures-- > 0) return sendJson(response, 400, { __type: 'ResourceNotFoundException' });
      sendJson(response, 200, SecretId === 'binary' ? {} : { SecretString: `text of ${SecretId}` });
    });
  }, 0);
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_SECRETS_MANAGER: server.url,
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  });
});
afterAll(() => server.close());
beforeEach(() => {
  requestedSecrets = [];
  failures = 0;
});

describe('readCurrentOf', () => {
  const textOf = async (arn: string) => (await readCurrentOf(arn)).issuing.text;

  it('reads each secret once, even if calls are concurrent', async () => {
    const texts = await Promise.all(['a', 'b', 'a'].map(textOf));
    expect(texts).toEqual(['text of a', 'text of b', 'text of a']);
    expect(await textOf('a')).toBe('text of a');
    expect(requestedSecrets.sort()).toEqual(['a', 'b']);
  });

  it('reads again after a failure', async () => {
    failures = 1;
    await expect(textOf('c')).rejects.toThrow(/^Secrets Manager: /);
    expect(await textOf('c')).toBe('text of c');
  });
});

it('a secret without text cannot be read', async () => {
  await expect(fetchSecret('binary')).rejects.toThrow('The secret binary holds no text.');
});
