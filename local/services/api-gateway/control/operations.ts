import { type AwsOperations, type Call, type Operation, Reply } from '../../../cloud/endpoint/operation';
import { ServiceError } from '../../../cloud/endpoint/service-error';
import { tagContext } from '../../../cloud/iam/condition-keys';
import type { Permission } from '../../../cloud/iam/permission';
import { PARTITION, REGION } from '../../../cloud/template/account';
import type { UsagePlanDefinition } from '../api';
import type { ApiKey, ApiKeys } from './api-keys';
import type { ControlLimits } from './limits';

/** Returns the operations of API Gateway's control plane on API keys, usage plans and authorizer caches. */
export function controlOperations(
  keys: ApiKeys,
  limits: ControlLimits,
  flushAuthorizers: (apiId: string, stage: string) => boolean,
): AwsOperations {
  return authorized(
    {
      'POST apikeys': ({ input }) => {
        limits.assertMayCreateKey(keys.all().length);
        return new Reply(201, keys.create(input));
      },
      'GET apikeys': (call) => page(call, findKeys(keys, call.query)),
      'GET apikeys/*': ({ query, parameters: [id = ''] }) =>
        shown(keys.get(id), query.get('includeValue') === 'true'),
      'PATCH apikeys/*': ({ input, parameters: [id = ''] }) => shown(keys.update(id, input), false),
      'DELETE apikeys/*': ({ parameters: [id = ''] }) => {
        keys.delete(id);
        return new Reply(202);
      },
      'GET usageplans': (call) =>
        page(call, keys.plansOf(call.query.get('keyId') ?? undefined).map(planShown)),
      'GET usageplans/*/keys': (call) => {
        const [plan = ''] = call.parameters;
        return page(call, keys.planKeys(plan).map(planKeyShown));
      },
      'POST usageplans/*/keys': async ({ input, parameters: [plan = ''] }) =>
        new Reply(201, planKeyShown(await limits.addToPlan(() => keys.addToPlan(plan, input)))),
      'GET usageplans/*/keys/*': ({ parameters: [plan = '', id = ''] }) =>
        planKeyShown(keys.planKey(plan, id)),
      'DELETE usageplans/*/keys/*': ({ parameters: [plan = '', id = ''] }) => {
        keys.removeFromPlan(plan, id);
        return new Reply(202);
      },
      'DELETE restapis/*/stages/*/cache/authorizers': ({ parameters: [api = '', stage = ''] }) => {
        if (flushAuthorizers(api, stage)) return new Reply(202);
        throw new ServiceError(404, 'NotFoundException', 'Invalid stage identifier specified');
      },
    },
    keys,
  );
}

/**
 * The actions of API Gateway are the methods of HTTP, and its resources are the paths. A request for an API
 * key carries the tags of the key. A request that creates a key with tags also needs the permission to tag
 * it.
 */
function authorized(operations: Readonly<Record<string, Operation>>, keys: ApiKeys): AwsOperations {
  const entries = Object.entries(operations).map(([name, run]) => {
    const [method = '', route = ''] = name.split(' ');
    const permission = ({ parameters, input }: Call): Permission | Permission[] => {
      const rest = [...parameters];
      const path = route.replaceAll('*', () => rest.shift() ?? '');
      const needed = { action: `apigateway:${method}`, resource: resourceOf(path) };
      if (route === 'apikeys/*')
        return { ...needed, context: tagContext('ResourceTag', keys.tagsOf(parameters[0] ?? '')) };
      const { tags } = (input ?? {}) as { tags?: Record<string, string> };
      if (name !== 'POST apikeys' || !tags) return needed;
      const context = tagContext('RequestTag', tags);
      const tagging = `tags/${encodeURIComponent(resourceOf('apikeys/'))}*`;
      return [
        { ...needed, context },
        { action: 'apigateway:PUT', resource: resourceOf(tagging), context },
      ];
    };
    return [name, { permission, run }] as const;
  });
  return Object.fromEntries(entries);
}

const resourceOf = (path: string): string => `arn:${PARTITION}:apigateway:${REGION}::/${path}`;

function findKeys(keys: ApiKeys, query: URLSearchParams): object[] {
  const prefix = query.get('name') ?? '';
  const customer = query.get('customerId');
  return keys
    .all()
    .filter(
      ({ name, customerId }) => name.startsWith(prefix) && (customer === null || customerId === customer),
    )
    .map((key) => shown(key, query.get('includeValues') === 'true'));
}

const shown = ({ value, ...key }: ApiKey, withValue: boolean) => (withValue ? { ...key, value } : key);
const planKeyShown = ({ id, name, value }: ApiKey) => ({ id, name, value, type: 'API_KEY' });
const planShown = ({ id, name, stages, throttle }: UsagePlanDefinition) => ({
  id,
  name,
  apiStages: stages,
  throttle: throttle && { rateLimit: throttle.rate, burstLimit: throttle.burst },
});

/** Returns one page. The position is the index of the next item. */
function page({ query }: Call, items: readonly unknown[]): object {
  const start = Number(query.get('position') ?? 0);
  const end = start + Number(query.get('limit') ?? 25);
  return { item: items.slice(start, end), ...(end < items.length && { position: String(end) }) };
}
