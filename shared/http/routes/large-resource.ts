import { projectElements, project, type Projection } from '../../scim/output/projection';
import type { Resource } from '../../scim/resource';
import type { ResourceType } from '../../scim/resource-type';
import type { LargeAttribute } from '../../service/resources/resource-service';
import type { ScimResponse } from '../chain/response';
import { bytesInJson, MAX_BODY_BYTES } from '../chain/response-body';

/**
 * Each value contains an id with at least 48 random bits, which do not compress and take 8 characters of
 * base64.
 */
const MIN_GZIP_BYTES_PER_VALUE = 8;
/**
 * This many members fit into most compressed responses (docs/api.md). Above it, the error does not suggest
 * gzip.
 */
const MAX_VALUES_WITH_GZIP = 200_000;

/**
 * Returns the body of a resource with an attribute whose values may not fit in memory; they are read page by
 * page. Throws before the first page is read if the values cannot fit into a response.
 */
export function largeResource(
  type: ResourceType,
  resource: Resource,
  large: LargeAttribute,
  projection: Projection,
  gzip: boolean,
): Pick<ScimResponse, 'text' | 'ifTooLarge'> {
  const throwTooMany = (): never => {
    const gzipHelps = !gzip && large.count <= MAX_VALUES_WITH_GZIP;
    throw large.tooManyError(
      gzip ? 'which do not fit into 6 MB, even compressed' : 'which do not fit into 6 MB',
      gzipHelps ? 'Send Accept-Encoding: gzip, or send the request' : 'Send the request',
    );
  };
  const [smallest] = projectElements(type, large.name, [large.smallestValue], projection);
  if (smallest !== undefined) {
    const smallestBytes = gzip ? MIN_GZIP_BYTES_PER_VALUE : bytesInJson(JSON.stringify(smallest));
    if (large.count * smallestBytes > MAX_BODY_BYTES) throwTooMany();
  }
  return { text: jsonChunks(type, resource, large, projection), ifTooLarge: throwTooMany };
}

async function* jsonChunks(
  type: ResourceType,
  resource: Resource,
  { name, pages }: LargeAttribute,
  projection: Projection,
): AsyncGenerator<string> {
  yield JSON.stringify(project(type, resource, projection)).slice(0, -1);
  const start = `,${JSON.stringify(name)}:[`;
  let read = 0;
  let written = 0;
  for await (const page of pages) {
    read += page.length;
    const elements = projectElements(type, name, page, projection);
    if (elements.length === 0) continue;
    yield (written === 0 ? start : ',') + JSON.stringify(elements).slice(1, -1);
    written += elements.length;
  }
  // An attribute without values is an empty array. An attribute whose values are all projected away is
  // omitted.
  if (written > 0) yield ']}';
  else yield read === 0 ? `${start}]}` : '}';
}
