import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { v7 } from 'uuid';
import { largeResource } from '../shared/http/routes/large-resource';
import { toProxyResult } from '../shared/http/chain/response';
import { MAX_BODY_BYTES, bytesInJson } from '../shared/http/chain/response-body';
import { ScimError } from '../shared/scim/error';
import { parseProjection } from '../shared/scim/output/projection';
import { toResource, type MemberReference } from '../shared/scim/output/representation';
import type { Json } from '../shared/scim/resource';
import { groupResourceType } from '../shared/scim/resource-type';

/** The largest group that fits into a response, and the memory that the response takes. */
export interface LargestGroup {
  readonly display: string | undefined;
  readonly gzip: boolean;
  readonly bytesPerMember: number;
  /** Members that fit, rounded down to thousands. */
  readonly members: number;
  /** Peak memory while the response is built, in MB above the memory that was in use before. */
  readonly peakMemory: number;
}

const BASE_URL = 'https://abcdefghij.execute-api.eu-central-1.amazonaws.com/scim/v2';
/** About the number of members that DynamoDB returns per page. */
const PAGE_SIZE = 7_000;
/** Memory is measured after each fourth page, because each measurement takes time. */
const PAGES_PER_MEASUREMENT = 4;
const SAMPLE_SIZE = 40_000;

/** Measures groups of members with and without an email address as `display`, compressed and not. */
export async function measureLargestGroups(): Promise<LargestGroup[]> {
  const groups: LargestGroup[] = [];
  for (const display of [undefined, 'john.doe@example.com']) {
    for (const gzip of [false, true]) groups.push(await measureLargestGroup(display, gzip));
  }
  return groups;
}

/** Measures the largest group of members with this `display` that fits. */
export async function measureLargestGroup(display: string | undefined, gzip: boolean): Promise<LargestGroup> {
  const responseFor = async (members: number, watch?: () => void) => {
    const large = {
      name: 'members',
      count: members,
      smallestValue: toMembers([{ value: memberId(0) }])[0] as Json,
      pages: memberPages(members, display, watch),
      tooManyError: (reason: string) => ScimError.tooMany(reason),
    };
    const body = largeResource(
      groupResourceType,
      groupResource(),
      large,
      parseProjection(groupResourceType, {}),
      gzip,
    );
    return toProxyResult({ status: 200, ...body }, gzip ? 'gzip' : undefined);
  };
  const sample = gzip ? SAMPLE_SIZE : SAMPLE_SIZE / 2;
  const bytesPerMember = bytesInJson((await responseFor(sample)).body) / sample;
  const members = Math.floor(MAX_BODY_BYTES / bytesPerMember / 1000) * 1000;

  const before = liveMemory();
  let peak = before;
  await responseFor(members, () => (peak = Math.max(peak, liveMemory())));
  return { display, gzip, bytesPerMember, members, peakMemory: (peak - before) / 1_000_000 };
}

async function* memberPages(
  members: number,
  display: string | undefined,
  onPage: () => void = () => {},
): AsyncGenerator<Json[]> {
  for (let at = 0; at < members; at += PAGE_SIZE) {
    const page = Array.from({ length: Math.min(PAGE_SIZE, members - at) }, (_, index) => ({
      value: memberId(at + index),
      ...(display !== undefined && { display: display.replace('@', `.${at + index}@`) }),
    }));
    const elements = await Promise.resolve(toMembers(page));
    if ((at / PAGE_SIZE) % PAGES_PER_MEASUREMENT === PAGES_PER_MEASUREMENT - 1) onPage();
    yield elements;
  }
}

/**
 * Returns IDs of users who were created one second apart, as a slow import creates them: no two IDs are
 * close.
 */
const memberId = (at: number): string => v7({ msecs: Date.UTC(2026, 0, 1) + at * 1000 });

const groupResource = (members?: readonly MemberReference[]) =>
  toResource(groupResourceType, {
    id: memberId(0),
    attributes: { displayName: 'Everybody' },
    version: 1,
    created: '2026-01-01T00:00:00.000Z',
    lastModified: '2026-01-01T00:00:00.000Z',
    baseUrl: BASE_URL,
    members,
  });
const toMembers = (members: readonly MemberReference[]): Json[] => groupResource(members).members as Json[];

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Returns the bytes in use after garbage collection, inside and outside of V8. */
function liveMemory(): number {
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
