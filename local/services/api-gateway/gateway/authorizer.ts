import * as z from 'zod';
import { FunctionError } from '../../lambda/function-error';
import type { InvocationTarget } from '../../lambda/invocation-target';
import { arn } from '../../../cloud/template/account';
import type { AuthorizerDefinition } from '../api';
import { Fault } from './fault';
import { identityOf } from './identity';
import { decide, PolicyDocument } from './policy';
import type { RequestHead } from './request';

const AuthorizerResult = z.object({
  principalId: z.string(),
  policyDocument: PolicyDocument,
  context: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).nullish(),
  usageIdentifierKey: z.string().nullish(),
});
type AuthorizerResult = z.infer<typeof AuthorizerResult>;

/** An authorizer with its cache. A cached result belongs to an identity, and is valid for every method. */
export class Authorizer {
  private readonly cache = new Map<string, { result: AuthorizerResult; until: number }>();

  constructor(
    private readonly definition: AuthorizerDefinition,
    private readonly lambda: InvocationTarget,
    /** Returns whether the authorizer may invoke its function. */
    private readonly mayInvoke: (functionArn: string, sourceArn: string) => boolean,
  ) {}

  get apiId(): string {
    return this.definition.apiId;
  }

  /**
   * Adds the authorizer's context to the request's context. Returns the value of the API key that the
   * authorizer gave, if any. `event` creates the event of a `REQUEST` authorizer. Throws a `Fault`.
   */
  async authorize(request: RequestHead, event: () => object): Promise<string | undefined> {
    const { type, identitySources, validation } = this.definition;
    const identity = identityOf(identitySources, request);
    if (!identity) throw new Fault('UNAUTHORIZED');
    const [token = ''] = identity;
    if (type === 'TOKEN' && validation && !validation.test(token)) throw new Fault('UNAUTHORIZED');
    const { apiId, stage } = request.context;
    const methodArn = arn('execute-api', `${apiId}/${stage}/${request.method}${request.path}`);
    const authorizerEvent =
      type === 'TOKEN'
        ? () => ({ type, methodArn, authorizationToken: token })
        : () => ({ type, methodArn, ...event() });
    const result = await this.resultFor(JSON.stringify(identity), authorizerEvent);
    const context = Object.entries(result.context ?? {}).filter(([, value]) => value !== null);
    request.context.authorizer = {
      ...Object.fromEntries(context.map(([key, value]) => [key, String(value)])),
      principalId: result.principalId,
    };
    if (decide(result.policyDocument, methodArn) !== 'allow') throw new Fault('ACCESS_DENIED');
    return result.usageIdentifierKey ?? undefined;
  }

  flush(): void {
    this.cache.clear();
  }

  private async resultFor(identity: string, authorizerEvent: () => object): Promise<AuthorizerResult> {
    const entry = this.cache.get(identity);
    if (entry && entry.until > Date.now()) return entry.result;
    this.cache.delete(identity);
    const parsed = AuthorizerResult.safeParse(await this.invoke(authorizerEvent()));
    if (!parsed.success) throw new Fault('AUTHORIZER_CONFIGURATION_ERROR', z.prettifyError(parsed.error));
    const { ttlSeconds } = this.definition;
    if (ttlSeconds > 0)
      this.cache.set(identity, { result: parsed.data, until: Date.now() + ttlSeconds * 1000 });
    return parsed.data;
  }

  private async invoke(event: object): Promise<unknown> {
    const { apiId, id } = this.definition;
    if (!this.mayInvoke(this.lambda.arn, arn('execute-api', `${apiId}/authorizers/${id}`)))
      throw new Fault('AUTHORIZER_CONFIGURATION_ERROR', 'Invalid permissions on Lambda function');
    try {
      return await this.lambda.invoke(event);
    } catch (error) {
      if (error instanceof FunctionError && error.errorMessage === 'Unauthorized')
        throw new Fault('UNAUTHORIZED');
      throw new Fault('AUTHORIZER_FAILURE', String(error));
    }
  }
}
