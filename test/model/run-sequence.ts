import type { APIGatewayProxyResult } from 'aws-lambda';
import { newId } from '../../shared/id';
import { Model, type Outcome, type Page } from './model';
import type { Operation } from './operations';
import { type ClientRequest, toRequest } from './requests';
import type { Service } from './service';
import type { Representation } from './representation';

/** A sequence that was played: where, and what the model says of it in the end. */
export interface SequenceResult {
  readonly domainId: string;
  readonly model: Model;
  /** The service's ids by the model's. */
  readonly ids: ReadonlyMap<string, string>;
}

const FINAL_OPERATIONS: readonly Operation[] = [
  { do: 'LIST', type: 'Users' },
  { do: 'LIST', type: 'Groups' },
];

/**
 * Has the service and the model do the same in a new domain; fails where an answer, or what is there in the
 * end, differs.
 */
export async function runSequence(
  service: Service,
  operations: readonly Operation[],
): Promise<SequenceResult> {
  const domainId = newId();
  const model = new Model();
  const ids = new Map<string, string>();
  const real = (id: string): string => ids.get(id) ?? id;
  const story: string[] = [];
  for (const operation of [...operations, ...FINAL_OPERATIONS]) {
    const { type } = operation;
    const request = toRequest(operation, {
      idOf: (of, at) => real(model.idOf(of, at)),
      etagOf: (of, at) => `W/"${model.versionOf(of, at)}"`,
    });
    const answer = await service.send(domainId, request);
    const expected = model.execute(operation);
    if (operation.do === 'POST' && answer.statusCode === 201 && expected.status === 201) {
      const { id } = JSON.parse(answer.body) as { id: string };
      ids.set(model.idOf(type, (type === 'Users' ? model.users : model.groups).length - 1), id);
    }
    const told = toOutcome(answer, ids);
    story.push(withModelIds(`${requestLine(request)} → ${told.status}`, ids));
    try {
      expect(told).toEqual(alignExpected(expected, told.page));
    } catch (error) {
      (error as Error).message = `${story.join('\n')}\n\n${(error as Error).message}`;
      throw error;
    }
  }
  return { domainId, model, ids };
}

/** The answer in the model's ids, without times and in an order where there is none. */
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

/** Of a page that floats, it is only known that it is a run of what there is. */
function alignExpected({ page, ...outcome }: Outcome, told: Page | undefined): Outcome {
  if (!page) return outcome.resource ? { ...outcome, resource: normalize(outcome.resource) } : outcome;
  const { floatsIn, resources, ...rest } = page;
  const at = floatsIn?.findIndex(({ id }) => id === told?.resources[0]?.id);
  const run =
    floatsIn && told ? floatsIn.slice(Math.max(0, at ?? 0)).slice(0, told.resources.length) : resources;
  return { ...outcome, page: { ...rest, resources: run.map(normalize) } };
}

function normalize({ meta, members, groups, ...resource }: Representation): Representation {
  const { created: _, lastModified: __, ...rest } = (meta ?? {}) as Record<string, unknown>;
  return {
    ...resource,
    ...(meta !== undefined && { meta: rest }),
    ...(members !== undefined && { members: sortReferences(members) }),
    ...(groups !== undefined && { groups: sortReferences(groups) }),
  };
}

const sortReferences = (references: unknown): unknown =>
  [...(references as { value: string }[])].sort((a, b) => (a.value < b.value ? -1 : 1));

function withModelIds(text: string, ids: SequenceResult['ids']): string {
  let translated = text.replaceAll('https://api.example.com/scim/v2', '');
  for (const [id, real] of ids) translated = translated.replaceAll(real, id);
  return translated;
}

const requestLine = ({ method, path, query, headers, body }: ClientRequest): string =>
  [
    method,
    path + (Object.keys(query).length > 0 ? `?${new URLSearchParams(query).toString()}` : ''),
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    ...(body ? [JSON.stringify(body)] : []),
  ].join(' ');
