import type { APIGatewayProxyResult } from 'aws-lambda';
import { newId } from '../../shared/id';
import { ADDRESS_INDEX_COMPLETE, addressIndexKey } from '../../shared/store/table/address-keys';
import { Model } from './model';
import type { Outcome, Page } from './outcome';
import type { Operation } from './operations';
import { type ClientRequest, toRequest } from './requests';
import type { Service } from './service';
import type { Representation } from './representation';

/** The result of a sequence: its domain, and the model after all operations. */
export interface SequenceResult {
  readonly domainId: string;
  readonly model: Model;
  /** IDs of the service by IDs of the model. */
  readonly ids: ReadonlyMap<string, string>;
}

const FINAL_OPERATIONS: readonly Operation[] = [
  { do: 'LIST', type: 'Users' },
  { do: 'LIST', type: 'Groups' },
];

/**
 * Runs operations against the service and the model in a new domain. Throws if a response or the final state
 * differs.
 */
export async function runSequence(
  service: Service,
  operations: readonly Operation[],
): Promise<SequenceResult> {
  const domainId = newId();
  await service.table.put({ ...addressIndexKey(domainId, ADDRESS_INDEX_COMPLETE) });
  const model = new Model();
  const ids = new Map<string, string>();
  const toServiceId = (id: string): string => ids.get(id) ?? id;
  const log: string[] = [];
  for (const operation of [...operations, ...FINAL_OPERATIONS]) {
    const { type } = operation;
    const request = toRequest(operation, {
      idOf: (path, at) => toServiceId(model.idOf(path, at)),
      etagOf: (path, at) => `W/"${model.versionOf(path, at)}"`,
    });
    const response = await service.send(domainId, request);
    const expected = model.execute(operation);
    if (operation.do === 'POST' && response.statusCode === 201 && expected.status === 201) {
      const { id } = JSON.parse(response.body) as { id: string };
      ids.set(model.idOf(type, (type === 'Users' ? model.users : model.groups).length - 1), id);
    }
    const actual = toOutcome(response, ids);
    log.push(withModelIds(`${requestLine(request)} → ${actual.status}`, ids));
    try {
      expect(actual).toEqual(alignExpected(expected, actual.page));
    } catch (error) {
      (error as Error).message = `${log.join('\n')}\n\n${(error as Error).message}`;
      throw error;
    }
  }
  return { domainId, model, ids };
}

/** Converts a response to an outcome with the model's IDs, without timestamps, and with sorted references. */
function toOutcome(
  { statusCode: status, headers = {}, body }: APIGatewayProxyResult,
  ids: SequenceResult['ids'],
): Outcome {
  if (body === '') return { status };
  const value = JSON.parse(withModelIds(body, ids)) as Record<string, unknown>;
  if (status >= 400) return { status, scimType: value.scimType as string | undefined };
  if (!('Resources' in value)) {
    return { status, etag: headers.etag as string, resource: normalize(value as Representation) };
  }
  const { totalResults, startIndex, Resources } = value as unknown as Record<string, number> & {
    Resources: Representation[];
  };
  return {
    status,
    page: {
      totalResults: totalResults ?? 0,
      startIndex: startIndex ?? 0,
      resources: Resources.map(normalize),
    },
  };
}

/** Aligns the expected page with the actual one. A floating page may start anywhere in the list. */
function alignExpected({ page, ...outcome }: Outcome, actual: Page | undefined): Outcome {
  if (!page) return outcome.resource ? { ...outcome, resource: normalize(outcome.resource) } : outcome;
  const { floatsIn, resources, ...position } = page;
  const at = floatsIn?.findIndex(({ id }) => id === actual?.resources[0]?.id);
  const run =
    floatsIn && actual ? floatsIn.slice(Math.max(0, at ?? 0)).slice(0, actual.resources.length) : resources;
  return { ...outcome, page: { ...position, resources: run.map(normalize) } };
}

function normalize({ meta, members, groups, ...resource }: Representation): Representation {
  const { created: _, lastModified: __, ...stableMeta } = (meta ?? {}) as Record<string, unknown>;
  return {
    ...resource,
    ...(meta !== undefined && { meta: stableMeta }),
    ...(members !== undefined && { members: sortReferences(members) }),
    ...(groups !== undefined && { groups: sortReferences(groups) }),
  };
}

const sortReferences = (references: unknown): unknown =>
  [...(references as { value: string }[])].sort((a, b) => (a.value < b.value ? -1 : 1));

function withModelIds(text: string, ids: SequenceResult['ids']): string {
  let result = text.replaceAll('https://api.example.com/scim/v2', '');
  for (const [modelId, id] of ids) result = result.replaceAll(id, modelId);
  return result;
}

const requestLine = ({ method, path, query, headers, body }: ClientRequest): string =>
  [
    method,
    path + (Object.keys(query).length > 0 ? `?${new URLSearchParams(query).toString()}` : ''),
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    ...(body ? [JSON.stringify(body)] : []),
  ].join(' ');
