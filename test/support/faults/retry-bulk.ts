import { jsonOf, type WireRequest, type WireResponse } from './wire';

interface Operation {
  readonly method: string;
  readonly path: string;
  readonly bulkId?: string;
}

interface Result {
  readonly status: string;
  readonly bulkId?: string;
  readonly location?: string;
}

const isRetried = ({ status }: Result): boolean => status === '429' || Number(status) >= 500;

/**
 * Sends the operations of a bulk again that failed for a while, as a client does. References to resources
 * that were created become their ids. Returns the responses of all operations.
 */
export async function retryBulk(
  request: WireRequest,
  response: WireResponse,
  exchange: (request: WireRequest) => Promise<WireResponse>,
  pause: (seconds: number) => Promise<void>,
): Promise<WireResponse> {
  const sent = (jsonOf({ body: request.body ?? '' })?.Operations ?? []) as Operation[];
  const body = jsonOf(response);
  const results = (body?.Operations ?? []) as Result[];
  const failed = [...results.keys()].filter((at) => isRetried(results[at] as Result));
  if (!/\/Bulk$/i.test(request.url) || results.length !== sent.length || failed.length === 0) return response;
  await pause(Number(response.headers['retry-after'] ?? 0));
  const ids = new Map(
    results.flatMap(({ bulkId, location }) =>
      bulkId !== undefined && location !== undefined
        ? [[bulkId, location.split('/').pop() ?? ''] as const]
        : [],
    ),
  );
  const known = (text: string) =>
    text.replace(/bulkId:([\w-]+)/g, (reference, bulkId: string) => ids.get(bulkId) ?? reference);
  const rest = failed.map((at) => sent[at] as Operation);
  const again = known(JSON.stringify({ ...jsonOf({ body: request.body ?? '' }), Operations: rest }));
  const repeated = await exchange({ ...request, body: again });
  const repeatedResults = (jsonOf(repeated)?.Operations ?? []) as Result[];
  const merged = results.map((result, at) => repeatedResults[failed.indexOf(at)] ?? result);
  const attempts = 1 + (repeated.attempts ?? 1);
  return { ...repeated, attempts, body: JSON.stringify({ ...body, Operations: merged }) };
}
