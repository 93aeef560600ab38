import { projectElements, project, type Projection } from '../../scim/output/projection';
import type { Resource } from '../../scim/resource';
import type { ResourceType } from '../../scim/resource-type';
import type { LargeAttribute } from '../../service/resources/resource-service';
import type { ScimResponse } from '../chain/response';
import { bytesInJson, MAX_BODY_BYTES } from '../chain/response-body';

/** Each value has an id, of which 48 bits are random at the least: nothing packs those, and they are 8 letters of base64. */
const MIN_GZIP_BYTES_PER_VALUE = 8;
/** So many members fit into most answers that are packed (docs/api.md); to others it is no use to tell of gzip. */
const MAX_VALUES_WITH_GZIP = 200_000;

/**
 * The body of a resource with an attribute of more values than memory may hold: one page of them at a time. Refused before
 * any is read where they cannot fit.
 */
export function largeResource(
  type: ResourceType,
  resource: Resource,
  large: LargeAttribute,
  projection: Projection,
  gzip: boolean,
): Pick<ScimResponse, 'text' | 'ifTooLarge'> {
  const refuse = (): never => {
    const helps = !gzip && large.count <= MAX_VALUES_WITH_GZIP;
    throw large.tooManyError(
      gzip ? 'which do not fit into 6 MB, even compressed' : 'which do not fit into 6 MB',
      helps ? 'Send Accept-Encoding: gzip, or ask' : 'Ask',
    );
  };
  const [least] = projectElements(type, large.name, [large.smallestValue], projection);
  if (least !== undefined) {
    const leastBytes = gzip ? MIN_GZIP_BYTES_PER_VALUE : bytesInJson(JSON.stringify(least));
    if (large.count * leastBytes > MAX_BODY_BYTES) refuse();
  }
  return { text: jsonChunks(type, resource, large, projection), ifTooLarge: refuse };
}

async function* jsonChunks(
  type: ResourceType,
  resource: Resource,
  { name, pages }: LargeAttribute,
  projection: Projection,
): AsyncGenerator<string> {
  yield JSON.stringify(project(type, resource, projection)).slice(0, -1);
  const open = `,${JSON.stringify(name)}:[`;
  let read = 0;
  let shown = 0;
  for await (const page of pages) {
    read += page.length;
    const elements = projectElements(type, name, page, projection);
    if (elements.length === 0) continue;
    yield (shown === 0 ? open : ',') + JSON.stringify(elements).slice(1, -1);
    shown += elements.length;
  }
  // No values at all are an empty array; values of which nothing is wanted are not shown.
  if (shown > 0) yield ']}';
  else yield read === 0 ? `${open}]}` : '}';
}
