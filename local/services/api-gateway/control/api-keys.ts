import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import { readInput } from '../../../cloud/endpoint/operation';
import { ServiceError } from '../../../cloud/endpoint/service-error';
import type { ApiKeyDefinition, UsagePlanDefinition } from '../api';
import type { JsonFile } from '../../../host/json-file';

const BAD_REQUEST = 'BadRequestException';

const ApiKeyInput = z.object({
  name: z.string().default(''),
  description: z.string().optional(),
  enabled: z.boolean().default(false),
  value: z.string().min(20).max(128).optional(),
  customerId: z.string().optional(),
  tags: z.record(z.string(), z.string()).default({}),
});

const PatchInput = z.object({
  patchOperations: z.array(
    z.object({
      op: z.literal('replace'),
      path: z.enum(['/name', '/description', '/enabled', '/customerId']),
      value: z.string(),
    }),
  ),
});

const PlanKeyInput = z.object({ keyId: z.string(), keyType: z.literal('API_KEY') });

export interface ApiKey extends Omit<z.infer<typeof ApiKeyInput>, 'value'> {
  readonly id: string;
  readonly value: string;
  /** Epoch seconds. */
  readonly createdDate: number;
  readonly lastUpdatedDate: number;
}

export interface StoredApiKeys {
  readonly keys: Record<string, ApiKey>;
  /** Usage plan id → ids of the keys in the plan. */
  readonly planKeys: Record<string, string[]>;
}

/** The API keys of API Gateway, and the usage plans that contain them. */
export class ApiKeys {
  private readonly stored: StoredApiKeys;

  /** The keys `ofTemplate` always exist, whatever was stored. */
  constructor(
    readonly plans: readonly UsagePlanDefinition[],
    private readonly file: JsonFile<StoredApiKeys>,
    ofTemplate: readonly ApiKeyDefinition[] = [],
  ) {
    this.stored = file.read() ?? { keys: {}, planKeys: {} };
    const now = Math.floor(Date.now() / 1000);
    for (const { id, name = '', value, enabled, planIds } of ofTemplate) {
      this.stored.keys[id] = { id, name, value, enabled, tags: {}, createdDate: now, lastUpdatedDate: now };
      for (const plan of planIds) this.stored.planKeys[plan] = [...new Set([...this.keyIds(plan), id])];
    }
  }

  /** Returns the usage plan that limits requests with this key value on a stage. */
  planOf(value: string, apiId: string, stage: string): UsagePlanDefinition | undefined {
    const key = this.all().find((candidate) => candidate.value === value && candidate.enabled);
    if (!key) return undefined;
    return this.plans.find((plan) => this.isOn(plan, key.id) && servesStage(plan, { apiId, stage }));
  }

  all(): ApiKey[] {
    return Object.values(this.stored.keys);
  }

  get(id: string): ApiKey {
    const key = this.stored.keys[id];
    if (!key) throw new ServiceError(404, 'NotFoundException', 'Invalid API Key identifier specified');
    return key;
  }

  /** Returns the tags of a key; none if it does not exist. */
  tagsOf(id: string): Readonly<Record<string, string>> {
    return this.stored.keys[id]?.tags ?? {};
  }

  create(input: unknown): ApiKey {
    const parsed = readInput(ApiKeyInput, input, BAD_REQUEST);
    const value = parsed.value ?? randomBytes(30).toString('base64url');
    if (this.all().some((key) => key.value === value)) {
      throw new ServiceError(409, 'ConflictException', 'API Key already exists');
    }
    const now = Math.floor(Date.now() / 1000);
    const key = {
      ...parsed,
      value,
      // An object has its members in the order of their creation, unless their names are numbers.
      id: `k${randomBytes(5).toString('hex').slice(1)}`,
      createdDate: now,
      lastUpdatedDate: now,
    };
    this.stored.keys[key.id] = key;
    this.save();
    return key;
  }

  update(id: string, input: unknown): ApiKey {
    const changes = readInput(PatchInput, input, BAD_REQUEST).patchOperations.map(({ path, value }) => [
      path.slice(1),
      path === '/enabled' ? value === 'true' : value,
    ]);
    const key = {
      ...this.get(id),
      ...Object.fromEntries(changes),
      lastUpdatedDate: Math.floor(Date.now() / 1000),
    } as ApiKey;
    this.stored.keys[id] = key;
    this.save();
    return key;
  }

  delete(id: string): void {
    this.get(id);
    delete this.stored.keys[id];
    for (const plan of this.plans)
      this.stored.planKeys[plan.id] = this.keyIds(plan.id).filter((keyId) => keyId !== id);
    this.save();
  }

  plansOf(keyId: string | undefined): UsagePlanDefinition[] {
    return this.plans.filter((plan) => keyId === undefined || this.isOn(plan, keyId));
  }

  planKeys(planId: string): ApiKey[] {
    this.plan(planId);
    return this.keyIds(planId).map((id) => this.get(id));
  }

  planKey(planId: string, keyId: string): ApiKey {
    if (!this.isOn(this.plan(planId), keyId))
      throw new ServiceError(404, 'NotFoundException', 'Invalid Usage Plan Key');
    return this.get(keyId);
  }

  addToPlan(planId: string, input: unknown): ApiKey {
    const { keyId } = readInput(PlanKeyInput, input, BAD_REQUEST);
    const plan = this.plan(planId);
    const key = this.get(keyId);
    // AWS refuses this, because a request would count on two plans.
    const other = this.plansOf(keyId).find((candidate) =>
      plan.stages.some((stage) => servesStage(candidate, stage)),
    );
    if (other)
      throw new ServiceError(
        409,
        'ConflictException',
        `The API key is on usage plan ${other.id} of the same stage.`,
      );
    this.stored.planKeys[planId] = [...this.keyIds(planId), keyId];
    this.save();
    return key;
  }

  removeFromPlan(planId: string, keyId: string): void {
    this.planKey(planId, keyId);
    this.stored.planKeys[planId] = this.keyIds(planId).filter((id) => id !== keyId);
    this.save();
  }

  private plan(id: string): UsagePlanDefinition {
    const plan = this.plans.find((candidate) => candidate.id === id);
    if (!plan) throw new ServiceError(404, 'NotFoundException', 'Invalid Usage Plan ID specified');
    return plan;
  }

  private keyIds(planId: string): string[] {
    return this.stored.planKeys[planId] ?? [];
  }

  private isOn(plan: UsagePlanDefinition, keyId: string): boolean {
    return this.keyIds(plan.id).includes(keyId);
  }

  private save(): void {
    this.file.write(this.stored);
  }
}

function servesStage(plan: UsagePlanDefinition, { apiId, stage }: { apiId: string; stage: string }): boolean {
  return plan.stages.some((candidate) => candidate.apiId === apiId && candidate.stage === stage);
}
