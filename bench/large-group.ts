import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { v7 } from 'uuid';
import { largeResource } from '../shared/http/routes/large-resource';
import { toProxyResult } from '../shared/http/chain/response';
import { MOST_BODY_BYTES, bytesInJson } from '../shared/http/chain/response-body';
import { ScimError } from '../shared/scim/error';
import { parseProjection } from '../shared/scim/output/projection';
import { toResource, type MemberReference } from '../shared/scim/output/representation';
import type { Json } from '../shared/scim/resource';
import { groupResourceType } from '../shared/scim/resource-type';

/** How large a group an answer can show, and what that takes. */
export interface LargestGroup {
  readonly display: string | undefined;
  readonly gzip: boolean;
  readonly bytesPerMember: number;
  /** Members that fit, in thousands rounded down. */
  readonly members: number;
  /** MB that are reachable at the most while the answer is made, beyond what was so before. */
  readonly peakMemory: number;
}

const BASE_URL = 'https://abcdefghij.execute-api.eu-central-1.amazonaws.com/scim/v2';
/** About as many as DynamoDB returns at once. */
const PAGE = 7_000;
/** It takes time to find out what is in use: after each fourth page. */
const WATCHED = 4;
const SAMPLE = 40_000;

/** For members without a `display` and with a mail address as such, compressed and not. */
export async function largestGroups(): Promise<LargestGroup[]> {
  const found: LargestGroup[] = [];
  for (const display of [undefined, 'john.doe@example.com']) {
    for (const gzip of [false, true]) found.push(await largestGroup(display, gzip));
  }
  return found;
}

/** Which group of members with such a `display` just fits. */
export async function largestGroup(display: string | undefined, gzip: boolean): Promise<LargestGroup> {
  const answerOf = async (members: number, watch?: () => void) => {
    const large = {
      name: 'members',
      count: members,
      smallest: shown([{ value: idAt(0) }])[0] as Json,
      pages: pagesOf(members, display, watch),
      refusal: (reason: string) => ScimError.tooMany(reason),
    };
    const body = largeResource(
      groupResourceType,
      group(),
      large,
      parseProjection(groupResourceType, {}),
      gzip,
    );
    return toProxyResult({ status: 200, ...body }, gzip);
  };
  const sample = gzip ? SAMPLE : SAMPLE / 2;
  const bytesPerMember = bytesInJson((await answerOf(sample)).body) / sample;
  const members = Math.floor(MOST_BODY_BYTES / bytesPerMember / 1000) * 1000;

  const before = liveMemory();
  let most = before;
  await answerOf(members, () => (most = Math.max(most, liveMemory())));
  return { display, gzip, bytesPerMember, members, peakMemory: (most - before) / 1_000_000 };
}

async function* pagesOf(
  members: number,
  display: string | undefined,
  watch: () => void = () => {},
): AsyncGenerator<Json[]> {
  for (let at = 0; at < members; at += PAGE) {
    const page = Array.from({ length: Math.min(PAGE, members - at) }, (_, index) => ({
      value: idAt(at + index),
      ...(display !== undefined && { display: display.replace('@', `.${at + index}@`) }),
    }));
    const elements = await Promise.resolve(shown(page));
    if ((at / PAGE) % WATCHED === WATCHED - 1) watch();
    yield elements;
  }
}

/** Users that were created a second apart, as an import of a directory makes them at the slowest: no two ids are close. */
const idAt = (at: number): string => v7({ msecs: Date.UTC(2026, 0, 1) + at * 1000 });

const group = (members?: readonly MemberReference[]) =>
  toResource(groupResourceType, {
    id: idAt(0),
    attributes: { displayName: 'Everybody' },
    version: 1,
    created: '2026-01-01T00:00:00.000Z',
    lastModified: '2026-01-01T00:00:00.000Z',
    baseUrl: BASE_URL,
    members,
  });
const shown = (members: readonly MemberReference[]): Json[] => group(members).members as Json[];

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Bytes that are still in use, inside of V8 and outside. */
function liveMemory(): number {
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
