import { type Diagnosis, diagnose } from '../../bin/doctor';
import { listen, sendJson } from '../../local/host/http';
import { newDomain, session } from '../integration/system';

async function diagnosed(baseUrl: string, scimKey: string): Promise<Diagnosis[]> {
  const diagnoses: Diagnosis[] = [];
  for await (const diagnosis of diagnose({ baseUrl, scimKey })) diagnoses.push(diagnosis);
  return diagnoses;
}

describe('diagnose', () => {
  it('finds a system that is well, and leaves nothing behind', async () => {
    const { scimKey, request } = await newDomain();
    const diagnoses = await diagnosed(session().baseUrl, scimKey);
    expect(diagnoses.map(({ check, ok }) => [check, ok])).toEqual([
      ['DNS', true],
      ['TLS', true],
      ['gateway', true],
      ['key', true],
      ['round trip', true],
    ]);
    expect((await request('GET', '/Users')).body).toMatchObject({ totalResults: 0 });
  });

  it.each<[string, string, RegExp]>([
    ['DNS', 'https://scim.invalid/scim/v2', /scim\.invalid has no address/],
    ['TLS', session().baseUrl.replace('http:', 'https:'), /is not good/],
    ['gateway', session().adminUrl, /Is .* the base URL\?/],
    ['key', session().baseUrl, /Make another one/],
  ])('ends at %s for %s', async (check, baseUrl, says) => {
    expect((await diagnosed(baseUrl, 'scim_wrong')).at(-1)).toEqual({
      check,
      ok: false,
      says: expect.stringMatching(says) as string,
    });
  });

  it('deletes the user that it made where the rest of the trip fails', async () => {
    const asked: string[] = [];
    const broken = await listen((request, response) => {
      const isOpen = request.headers.authorization !== undefined;
      asked.push(`${request.method} ${request.url?.split('?')[0]}`);
      if (!isOpen)
        return sendJson(response, 401, { schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'] });
      if (request.method === 'POST') return sendJson(response, 201, { id: 'u1' });
      if (request.method === 'DELETE') return void response.writeHead(204).end();
      sendJson(response, request.url === '/ServiceProviderConfig' ? 200 : 500, { detail: 'It failed.' });
    }, 0);
    const last = (await diagnosed(broken.url, 'key')).at(-1);
    await broken.close();
    expect(last).toEqual({ check: 'round trip', ok: false, says: 'GET /Users/u1: 500: It failed.' });
    expect(asked.at(-1)).toBe('DELETE /Users/u1');
  });
});
