import { projectElements, project, type Projection } from '../../scim/output/projection';
import type { Resource } from '../../scim/resource';
import type { ResourceType } from '../../scim/resource-type';
import type { LargeAttribute } from '../../service/resources/resource-service';
import type { ScimResponse } from '../chain/response';
import { bytesInJson, MOST_BODY_BYTES } from '../chain/response-body';

/** Each value has an id, of which 48 bits are random at the least: nothing packs those, and they are 8 letters of base64. */
const LEAST_BYTES_IN_GZIP = 8;
/** So many members fit into most answers that are packed (docs/api.md); to others it is no use to tell of gzip. */
const USUALLY_FIT_IN_GZIP = 200_000;

/**
 * The body of a resource with an attribute of more values than memory may hold: one page of them at a time. Refused before
 * any is read where they cannot fit.
 */
export function largeResource(
  type: ResourceType,
  resource: Resource,
  large: LargeAttribute,
  wanted: Projection,
  gzip: boolean,
): Pick<ScimResponse, 'text' | 'ifTooLarge'> {
  const refuse = (): never => {
    const helps = !gzip && large.count <= USUALLY_FIT_IN_GZIP;
    throw large.refusal(
      gzip ? 'which do not fit into 6 MB, even compressed' : 'which do not fit into 6 MB',
      helps ? 'Send Accept-Encoding: gzip, or ask' : 'Ask',
    );
  };
  const [least] = projectElements(type, large.name, [large.smallest], wanted);
  if (least !== undefined) {
    const leastBytes = gzip ? LEAST_BYTES_IN_GZIP : bytesInJson(JSON.stringify(least));
    if (large.count * leastBytes > MOST_BODY_BYTES) refuse();
  }
  return { text: textOf(type, resource, large, wanted), ifTooLarge: refuse };
}

async function* textOf(
  type: ResourceType,
  resource: Resource,
  { name, pages }: LargeAttribute,
  wanted: Projection,
): AsyncGenerator<string> {
  yield JSON.stringify(project(type, resource, wanted)).slice(0, -1);
  const open = `,${JSON.stringify(name)}:[`;
  let read = 0;
  let shown = 0;
  for await (const page of pages) {
    read += page.length;
    const elements = projectElements(type, name, page, wanted);
    if (elements.length === 0) continue;
    yield (shown === 0 ? open : ',') + JSON.stringify(elements).slice(1, -1);
    shown += elements.length;
  }
  // No values at all are an empty array; values of which nothing is wanted are not shown.
  if (shown > 0) yield ']}';
  else yield read === 0 ? `${open}]}` : '}';
}
