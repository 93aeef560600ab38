import { PATCH_OP, USER_SCHEMA } from '../../../shared/scim/urns';
import { uniqueName, userBody } from '../../support/requests/bodies';
import { provisionUser } from '../../support/requests/provision-user';
import { expectScimError } from '../../support/requests/scim-error';
import { type DomainClient, createDomainClient } from '../../support/system/system';

const DEPTHS = [101, 1_000, 6_500, 20_000];
const objects = (depth: number, name: string): string =>
  `${`{${JSON.stringify(name)}:`.repeat(depth)}{}${'}'.repeat(depth)}`;
const arrays = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;
const patch = (operation: string): string => `{"schemas":["${PATCH_OP}"],"Operations":[${operation}]}`;
const bulk = (data: string): string =>
  `{"Operations":[{"method":"POST","path":"/Users","bulkId":"a","data":${data}}]}`;

/** Bodies of requests, by the depth of a value in them. */
const BODIES: Readonly<
  Record<string, (depth: number) => readonly [method: string, path: string, body: string]>
> = {
  'the attributes of a POST': (depth) => ['POST', '/Users', `{"userName":"a","x":${objects(depth, 'x')}}`],
  'an array in a PUT': (depth) => ['PUT', '{user}', `{"userName":"a","emails":${arrays(depth)}}`],
  'an extension in extensions': (depth) => [
    'POST',
    '/Users',
    `{"userName":"a","urn:a":${objects(depth, 'urn:a')}}`,
  ],
  'the value of a PATCH': (depth) => [
    'PATCH',
    '{user}',
    patch(`{"op":"add","value":${objects(depth, USER_SCHEMA)}}`),
  ],
  'JSON text in a PATCH': (depth) => [
    'PATCH',
    '{user}',
    patch(`{"op":"add","value":${JSON.stringify(objects(depth, USER_SCHEMA))}}`),
  ],
  'the data of a bulk operation': (depth) => ['POST', '/Bulk', bulk(objects(depth, 'urn:a'))],
  'the members of a group': (depth) => ['POST', '/Groups', `{"displayName":"a","members":${arrays(depth)}}`],
  'the attributes of a search': (depth) => ['POST', '/Users/.search', `{"attributes":${arrays(depth)}}`],
};

const QUERIES: Readonly<Record<string, (depth: number) => string>> = {
  'parentheses in a filter': (depth) => `filter=${'('.repeat(depth)}title pr${')'.repeat(depth)}`,
  'not in a filter': (depth) => `filter=${'not ('.repeat(depth)}title pr${')'.repeat(depth)}`,
  'terms of a filter': (depth) => `filter=${Array(depth).fill('title pr').join(' and ')}`,
};

describe('input that nests deeply is 400 with a reason', () => {
  let client: DomainClient;
  let userPath: string;
  beforeAll(async () => {
    client = await createDomainClient();
    ({ path: userPath } = await provisionUser(client, userBody(uniqueName(), { active: false })));
  });

  it.each(
    Object.entries(BODIES).flatMap(([name, bodyOf]) => DEPTHS.map((depth) => ({ name, depth, bodyOf }))),
  )('$depth levels in $name', async ({ depth, bodyOf }) => {
    const [method, path, body] = bodyOf(depth);
    expectScimError(
      await client.request(method, path.replace('{user}', userPath), body),
      400,
      'invalidSyntax',
    );
  });

  it.each(Object.entries(QUERIES))('%s', async (_, queryOf) => {
    for (const depth of [201, 500]) {
      const query = encodeURI(queryOf(depth));
      expectScimError(await client.request('GET', `/Users?${query}`), 400, 'invalidFilter');
    }
  });
});
