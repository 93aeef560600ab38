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

/** The members in pages; `read` counts those that were taken. */
function membersIn(pages: readonly (readonly MemberReference[])[], count?: number) {
  const seen = { read: 0 };
  const large: LargeAttribute = {
    name: 'members',
    count: count ?? pages.flat().length,
    smallestValue: toMembers([{ value: ID }])[0] as Json,
    pages: (async function* () {
      for (const page of pages) {
        seen.read++;
        yield await Promise.resolve(toMembers(page));
      }
    })(),
    tooManyError: (reason, remedy) => ScimError.tooMany(`${reason}: ${remedy}`),
  };
  return { seen, large };
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
  ])('is what it would be in one piece: %j', async (query) => {
    const whole = project(groupResourceType, group(PAGES.flat()), projectionOf(query));
    expect(await textOf(membersIn(PAGES).large, query)).toBe(JSON.stringify(whole));
  });

  it('has an empty array where there are no members, and none where nothing of them is wanted', async () => {
    for (const pages of [[], [[]]]) {
      const whole = project(groupResourceType, group([]), projectionOf());
      expect(await textOf(membersIn(pages).large)).toBe(JSON.stringify(whole));
    }
    const nameless = [[{ value: 'u-1' }], [{ value: 'u-2' }]];
    const text = await textOf(membersIn(nameless).large, { attributes: 'members.display' });
    expect(Object.keys(JSON.parse(text) as object)).toEqual(['schemas', 'id']);
  });

  it('reads a page when the one before is written, and none before the first chunk', async () => {
    const { seen, large } = membersIn(PAGES);
    const { text } = largeResource(groupResourceType, group(), large, projectionOf(), true);
    const chunks = text![Symbol.asyncIterator]();
    await chunks.next();
    expect(seen.read).toBe(0);
    await chunks.next();
    expect(seen.read).toBe(1);
    await chunks.return?.();
    expect(seen.read).toBe(1);
  });
});

describe('a resource that cannot fit', () => {
  const refusalOf = (count: number, gzip: boolean, query?: ProjectionQuery): string | undefined => {
    const { seen, large } = membersIn([[{ value: 'u-1' }]], count);
    try {
      largeResource(groupResourceType, group(), large, projectionOf(query), gzip);
      return undefined;
    } catch (error) {
      expect(seen.read).toBe(0);
      expect(error).toMatchObject({ status: 400, scimType: 'tooMany' });
      return (error as ScimError).detail;
    }
  };

  it('is refused unread by the number of its members, with gzip named where that would have helped', () => {
    expect(refusalOf(20_000, false)).toBeUndefined();
    expect(refusalOf(60_000, false)).toBe('which do not fit into 6 MB: Send Accept-Encoding: gzip, or ask');
    expect(refusalOf(300_000, false)).toBe('which do not fit into 6 MB: Ask');
    expect(refusalOf(300_000, true)).toBeUndefined();
    expect(refusalOf(1_000_000, true)).toBe('which do not fit into 6 MB, even compressed: Ask');
  });

  it('is measured by what is wanted of each member', () => {
    expect(refusalOf(60_000, false, { attributes: 'members.value' })).toBeUndefined();
    expect(refusalOf(MAX_BODY_BYTES, false, { attributes: 'members.display' })).toBeUndefined();
    expect(refusalOf(MAX_BODY_BYTES, true, { attributes: 'members.display' })).toBeUndefined();
  });

  it('is refused in the same words where it turns out to be too large', () => {
    const { large } = membersIn(PAGES);
    const { ifTooLarge } = largeResource(groupResourceType, group(), large, projectionOf(), true);
    expect(ifTooLarge).toThrow('which do not fit into 6 MB, even compressed: Ask');
  });
});
