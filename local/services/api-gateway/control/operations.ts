import type { UsagePlanDefinition } from '../api';
import type { ApiKey, ApiKeys } from './api-keys';
import { ServiceError } from '../../../cloud/endpoint/service-error';

export interface RestCall {
  readonly method: string;
  /** Decoded, without the leading slash. */
  readonly path: readonly string[];
  readonly query: URLSearchParams;
  readonly body: unknown;
}

export interface RestAnswer {
  readonly status: number;
  readonly body?: unknown;
}

type Operation = (call: RestCall, ...parameters: string[]) => RestAnswer;

/** API Gateway's control plane, as far as keys, plans and the authorizers' caches go. */
export class ApiGatewayControl {
  private readonly operations: readonly (readonly [route: string, operation: Operation])[];

  constructor(
    private readonly keys: ApiKeys,
    private readonly flushAuthorizers: (apiId: string, stage: string) => boolean,
  ) {
    this.operations = [
      ['POST apikeys', ({ body }) => created(keys.create(body))],
      ['GET apikeys', (call) => this.listKeys(call)],
      [
        'GET apikeys/*',
        ({ query }, id) => ok(shown(keys.get(id ?? ''), query.get('includeValue') === 'true')),
      ],
      ['PATCH apikeys/*', ({ body }, id) => ok(shown(keys.update(id ?? '', body), false))],
      ['DELETE apikeys/*', (_, id) => accepted(keys.delete(id ?? ''))],
      [
        'GET usageplans',
        (call) => page(call, keys.plansOf(call.query.get('keyId') ?? undefined).map(planShown)),
      ],
      ['GET usageplans/*/keys', (call, plan) => page(call, keys.planKeys(plan ?? '').map(planKeyShown))],
      ['POST usageplans/*/keys', ({ body }, plan) => created(planKeyShown(keys.addToPlan(plan ?? '', body)))],
      ['GET usageplans/*/keys/*', (_, plan, id) => ok(planKeyShown(keys.planKey(plan ?? '', id ?? '')))],
      ['DELETE usageplans/*/keys/*', (_, plan, id) => accepted(keys.removeFromPlan(plan ?? '', id ?? ''))],
      ['DELETE restapis/*/stages/*/cache/authorizers', (_, api, stage) => this.flush(api ?? '', stage ?? '')],
    ];
  }

  /** Throws a `ServiceError`. */
  answer(call: RestCall): RestAnswer {
    for (const [route, operation] of this.operations) {
      const [method, pattern = ''] = route.split(' ');
      const parameters = method === call.method ? parametersOf(pattern.split('/'), call.path) : undefined;
      if (parameters) return operation(call, ...parameters);
    }
    const what = `${call.method} /${call.path.join('/')}`;
    throw new ServiceError(
      501,
      'NotImplementedException',
      `The local host does not know ${what} of API Gateway.`,
    );
  }

  private listKeys(call: RestCall): RestAnswer {
    const prefix = call.query.get('name') ?? '';
    const customer = call.query.get('customerId');
    const found = this.keys
      .all()
      .filter(
        ({ name, customerId }) => name.startsWith(prefix) && (customer === null || customerId === customer),
      )
      .map((key) => shown(key, call.query.get('includeValues') === 'true'));
    return page(call, found);
  }

  private flush(apiId: string, stage: string): RestAnswer {
    if (!this.flushAuthorizers(apiId, stage)) {
      throw new ServiceError(404, 'NotFoundException', 'Invalid stage identifier specified');
    }
    return { status: 202 };
  }
}

const ok = (body: unknown): RestAnswer => ({ status: 200, body });
const created = (body: unknown): RestAnswer => ({ status: 201, body });
const accepted = (_done: void): RestAnswer => ({ status: 202 });

const shown = ({ value, ...key }: ApiKey, withValue: boolean) => (withValue ? { ...key, value } : key);
const planKeyShown = ({ id, name, value }: ApiKey) => ({ id, name, value, type: 'API_KEY' });
const planShown = ({ id, name, stages, throttle }: UsagePlanDefinition) => ({
  id,
  name,
  apiStages: stages,
  throttle: throttle && { rateLimit: throttle.rate, burstLimit: throttle.burst },
});

/** The position is the index of the next item. */
function page({ query }: RestCall, items: readonly unknown[]): RestAnswer {
  const start = Number(query.get('position') ?? 0);
  const end = start + Number(query.get('limit') ?? 25);
  return ok({ item: items.slice(start, end), ...(end < items.length && { position: String(end) }) });
}

function parametersOf(pattern: readonly string[], path: readonly string[]): string[] | undefined {
  if (pattern.length !== path.length) return undefined;
  const fits = pattern.every((part, index) => part === '*' || part === path[index]);
  return fits ? path.filter((_, index) => pattern[index] === '*') : undefined;
}
