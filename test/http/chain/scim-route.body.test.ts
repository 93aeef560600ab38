import fc from 'fast-check';
import { scimBody, type ScimRoute } from '../../../shared/http/chain/scim-route';
import { scimErrors } from '../../../shared/http/chain/scim-errors';
import { parseBody, apiEvent, runMiddleware, type EventInput } from '../../support/requests/api-events';

/** Returns the body that the handler sees, or the status and scimType of the error. */
async function parseThroughMiddleware(
  input: EventInput,
): Promise<{ body?: unknown; status?: number; scimType?: unknown }> {
  let body: unknown;
  const response = await runMiddleware(
    [scimErrors(() => undefined), scimBody()],
    apiEvent(input),
    (event) => {
      body = event.body;
      return { statusCode: 200, body: '' };
    },
  );
  return response.statusCode === 200
    ? { body }
    : { status: response.statusCode, scimType: parseBody(response).scimType };
}
const post = (body: string | null, type?: string, more: EventInput = {}) =>
  parseThroughMiddleware({
    method: 'POST',
    body,
    headers: type === undefined ? {} : { 'content-TYPE': type },
    ...more,
  });

const INVALID_SYNTAX = { status: 400, scimType: 'invalidSyntax' };

describe('scimBody', () => {
  it.each([
    undefined,
    '',
    'application/json',
    'application/scim+json',
    'application/scim+json; charset=utf-8',
    ' Application/SCIM+JSON;charset=UTF-8',
  ])('reads a body of the type %p', async (type) =>
    expect(await post('{"userName":"ada"}', type)).toEqual({ body: { userName: 'ada' } }),
  );

  it.each(['text/plain', 'application/xml', 'application/jsonx', 'application/x-www-form-urlencoded'])(
    'is 415 for the type %s',
    async (type) => expect(await post('{}', type)).toEqual({ status: 415, scimType: undefined }),
  );

  it.each([
    null,
    '',
    ' ',
    '{',
    'nonsense',
    '{"a":1}}',
    "{'a':1}",
    'null',
    '[]',
    '"text"',
    '1',
    'true',
    '[{"a":1}]',
  ])('is 400 invalidSyntax for the body %p', async (body) =>
    expect(await post(body)).toEqual(INVALID_SYNTAX),
  );

  it.each([100, 101, 5_000, 200_000])('is 400 for a body that nests in %d more levels', async (depth) => {
    expect(await post(`{"a":${'['.repeat(depth)}${']'.repeat(depth)}}`)).toEqual(INVALID_SYNTAX);
    expect(await post(`${'{"a":'.repeat(depth)}{}${'}'.repeat(depth)}`)).toEqual(INVALID_SYNTAX);
  });

  it('reads a body that nests in 100 levels', async () => {
    const text = `{"a":${'['.repeat(99)}${']'.repeat(99)}}`;
    expect(await post(text)).toEqual({ body: JSON.parse(text) as unknown });
  });

  it.each(['GET', 'DELETE'])('ignores the body of a %s', async (method) =>
    expect(
      await parseThroughMiddleware({ method, body: 'nonsense', headers: { 'content-type': 'text/plain' } }),
    ).toEqual({
      body: 'nonsense',
    }),
  );

  it('reads a base64 body', async () => {
    const body = Buffer.from('{"userName":"雪"}').toString('base64');
    expect(await post(body, undefined, { isBase64Encoded: true })).toEqual({ body: { userName: '雪' } });
  });

  it.each([
    ['Latin-1 in base64', Buffer.from('{"userName":"m\u00fcller"}', 'latin1').toString('base64'), true],
    ['text in which a byte was replaced', '{"userName":"m\ufffdller"}', false],
  ])('is 400 invalidSyntax for %s', async (_, body, isBase64Encoded) =>
    expect(await post(body, undefined, { isBase64Encoded })).toEqual(INVALID_SYNTAX),
  );

  it('drops a byte order mark', async () => {
    const text = '\ufeff{"userName":"ada"}';
    const body = Buffer.from(text).toString('base64');
    expect(await post(body, undefined, { isBase64Encoded: true })).toEqual({ body: { userName: 'ada' } });
    expect(await post(text)).toEqual({ body: { userName: 'ada' } });
  });

  it.each([
    'application/json; charset=iso-8859-1',
    'application/json;charset="utf-16"',
    'application/scim+json; charset=utf-8; charset=latin1',
  ])('is 415 for the charset in %s', async (type) =>
    expect(await post('{}', type)).toEqual({ status: 415, scimType: undefined }),
  );

  it('drops __proto__ at every depth, and keeps similar names', async () => {
    const { body } = await post('{"__proto__":{"admin":true},"name":{"__proto__":[1],"constructor":"c"}}');
    expect(body).toEqual({ name: { constructor: 'c' } });
    expect(Object.hasOwn(body as object, '__proto__')).toBe(false);
    expect((body as { admin?: boolean }).admin).toBeUndefined();
  });

  it.each([
    '{"\\u005f_proto__":{"admin":true},"a":1}',
    '{"a":1,"__\\u0070roto\\u005F_":[1]}',
    '{"__proto__":1,"a":1,"__proto__":{"admin":true}}',
  ])('drops __proto__ in any spelling: %s', async (text) => {
    const { body } = await post(text);
    expect(Reflect.ownKeys(body as object)).toEqual(['a']);
  });

  it('reads any text as JSON.parse does without __proto__', async () => {
    const name = fc.constantFrom('a', '__proto__', '\\u005f_proto__', '\\\\u', '\\u0041', '0', 'A');
    const { value } = fc.letrec<{ value: string }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 3 },
        fc.constantFrom('1', '-0', 'null', '"__proto__"', '"\\u005f"', '[]'),
        fc.array(tie('value'), { maxLength: 3 }).map((values) => `[${values.join()}]`),
        fc
          .array(fc.tuple(name, tie('value')), { maxLength: 4 })
          .map((parts) => `{${parts.map(([key, part]) => `"${key}":${part}`).join()}}`),
      ),
    }));
    const withoutPrototypes = (key: string, part: unknown) => (key === '__proto__' ? undefined : part);
    await fc.assert(
      fc.asyncProperty(value, async (part) => {
        const text = `{"a":${part}}`;
        expect(await post(text)).toEqual({ body: JSON.parse(text, withoutPrototypes) as unknown });
      }),
    );
  });

  it('reads any JSON object unchanged', async () => {
    await fc.assert(
      fc.asyncProperty(fc.dictionary(fc.string(), fc.jsonValue()), async (sent) => {
        const text = JSON.stringify(sent);
        fc.pre(!text.includes('__proto__'));
        expect(await post(text)).toEqual({ body: JSON.parse(text) as unknown });
      }),
    );
  });

  it('reads any text as an object or responds 400', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string(), async (text) => {
        const { body, ...error } = await post(text);
        if (body === undefined) expect(error).toEqual(INVALID_SYNTAX);
      }),
    );
  });
});

describe('scimBody of a route', () => {
  const status = async (body: ScimRoute['body'], input: EventInput): Promise<number> => {
    const chain = [scimErrors(() => undefined), scimBody(() => body)];
    return (await runMiddleware(chain, apiEvent({ method: 'POST', ...input }))).statusCode;
  };

  it.each([
    ['as text', '{"a":"ü"}', false],
    ['as base64', Buffer.from('{"a":"ü"}').toString('base64'), true],
  ])('limits the bytes of a body %s before it is parsed', async (_, body, isBase64Encoded) => {
    expect(await status({ maxBytes: 10 }, { body, isBase64Encoded })).toBe(200);
    expect(await status({ maxBytes: 9 }, { body, isBase64Encoded })).toBe(413);
    expect(await status({ maxBytes: 9 }, { body: 'no JSON at all' })).toBe(413);
  });

  it('does not read an ignored body', async () => {
    for (const body of [null, 'no JSON', '[]']) expect(await status('ignored', { body })).toBe(200);
  });
});
