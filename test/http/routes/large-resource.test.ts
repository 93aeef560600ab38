import { largeResource } from '../../../shared/http/routes/large-resource';
import { MAX_BODY_BYTES } from '../../../shared/http/chain/response-body';
import { toResource, type MemberReference } from '../../../shared/scim/output/representation';
import { parseProjection, project, type ProjectionQuery } from '../../../shared/scim/output/projection';
import type { Json } from '../../../shared/scim/resource';
import { groupResourceType } from '../../../shared/scim/resource-type';
import { ScimError } from '../../../shared/scim/error';
import type { LargeAttribute } from '../../../shared/service/resources/resource-service';

const ID = '01a20c8a-ec7b-738b-9a1e-95c55dfe0834';

const group = (members?: readonly MemberReference[]) =>
  toResource(groupResourceType, {
    id: ID,
    attributes: { displayName: 'Sales', externalId: 'é' },
    version: 3,
    created: '2026-01-01T00:00:00.000Z',
    lastModified: '2026-01-02T00:00:00.000Z',
    baseUrl: 'https://api.example.com/scim/v2',
    members,
  });
const toMembers = (members: readonly MemberReference[]) => group(members).members as Json[];

/** Returns the members as a large attribute; `progress.read` counts the pages that were read. */
function membersIn(pages: readonly (readonly MemberReference[])[], count?: number) {
  const progress = { read: 0 };
  const large: LargeAttribute = {
    name: 'members',
    count: count ?? pages.flat().length,
    smallestValue: toMembers([{ value: ID }])[0] as Json,
    pages: (async function* () {
      for (const page of pages) {
        progress.read++;
        yield await Promise.resolve(toMembers(page));
      }
    })(),
    tooManyError: (reason, remedy) => ScimError.tooMany(`${reason}: ${remedy}`),
  };
  return { progress, large };
}

const projectionOf = (query: ProjectionQuery = {}) => parseProjection(groupResourceType, query);

async function textOf(large: LargeAttribute, query?: ProjectionQuery): Promise<string> {
  let text = '';
  const { text: chunks = [] } = largeResource(groupResourceType, group(), large, projectionOf(query), false);
  for await (const chunk of chunks) text += chunk;
  return text;
}

const PAGES: MemberReference[][] = [
  [{ value: 'u-1', display: '"Ada"' }, { value: 'u-2' }],
  [],
  [{ value: 'u-3', display: '雪' }],
];

describe('a resource that is written page by page', () => {
  it.each<ProjectionQuery>([
    {},
    { attributes: 'members' },
    { attributes: 'members.value' },
    { attributes: 'displayName,members.display,members.type' },
    { attributes: 'members.display' },
    { excludedAttributes: 'members.display,meta' },
    { excludedAttributes: 'members.$ref,displayName,externalId,meta' },
    { attributes: 'members', excludedAttributes: 'members.value' },
  ])('is the same as if it were written at once: %j', async (query) => {
    const expected = project(groupResourceType, group(PAGES.flat()), projectionOf(query));
    expect(await textOf(membersIn(PAGES).large, query)).toBe(JSON.stringify(expected));
  });

  it('has an empty array without members, and no array if the projection excludes them', async () => {
    for (const pages of [[], [[]]]) {
      const expected = project(groupResourceType, group([]), projectionOf());
      expect(await textOf(membersIn(pages).large)).toBe(JSON.stringify(expected));
    }
    const nameless = [[{ value: 'u-1' }], [{ value: 'u-2' }]];
    const text = await textOf(membersIn(nameless).large, { attributes: 'members.display' });
    expect(Object.keys(JSON.parse(text) as object)).toEqual(['schemas', 'id']);
  });

  it('reads each page after the previous one is written, and none before the first chunk', async () => {
    const { progress, large } = membersIn(PAGES);
    const { text } = largeResource(groupResourceType, group(), large, projectionOf(), true);
    const chunks = text![Symbol.asyncIterator]();
    await chunks.next();
    expect(progress.read).toBe(0);
    await chunks.next();
    expect(progress.read).toBe(1);
    await chunks.return?.();
    expect(progress.read).toBe(1);
  });
});

describe('a resource that cannot fit', () => {
  const detailOf = (count: number, gzip: boolean, query?: ProjectionQuery): string | undefined => {
    const { progress, large } = membersIn([[{ value: 'u-1' }]], count);
    try {
      largeResource(groupResourceType, group(), large, projectionOf(query), gzip);
      return undefined;
    } catch (error) {
      expect(progress.read).toBe(0);
      expect(error).toMatchObject({ status: 400, scimType: 'tooMany' });
      return (error as ScimError).detail;
    }
  };

  it('is refused before it is read, and the error suggests gzip if that helps', () => {
    expect(detailOf(20_000, false)).toBeUndefined();
    expect(detailOf(60_000, false)).toBe(
      'which do not fit into 6 MB: Send Accept-Encoding: gzip, or send the request',
    );
    expect(detailOf(300_000, false)).toBe('which do not fit into 6 MB: Send the request');
    expect(detailOf(300_000, true)).toBeUndefined();
    expect(detailOf(1_000_000, true)).toBe('which do not fit into 6 MB, even compressed: Send the request');
  });

  it('is measured by the projection of each member', () => {
    expect(detailOf(60_000, false, { attributes: 'members.value' })).toBeUndefined();
    expect(detailOf(MAX_BODY_BYTES, false, { attributes: 'members.display' })).toBeUndefined();
    expect(detailOf(MAX_BODY_BYTES, true, { attributes: 'members.display' })).toBeUndefined();
  });

  it('is refused with the same error if it proves too large while it is written', () => {
    const { large } = membersIn(PAGES);
    const { ifTooLarge } = largeResource(groupResourceType, group(), large, projectionOf(), true);
    expect(ifTooLarge).toThrow('which do not fit into 6 MB, even compressed: Send the request');
  });
});
