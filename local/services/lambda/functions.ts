import { UserError } from '../../host/user-error';
import type { LambdaFunction } from './function';
import { type InvocationTarget, LATEST } from './invocation-target';
import { type FormerVersion, TwoVersions } from './versions/two-versions';

/** The functions of the template, with their versions and aliases. */
export class Functions {
  /** Each function, and each of its versions, which has instances of its own. */
  private readonly lambdas: LambdaFunction[] = [];
  private readonly byArn = new Map<string, LambdaFunction | TwoVersions>();
  private readonly aliases = new Map<string, InvocationTarget>();

  /**
   * Adds a function, or a published version of one. With `former`, it gets only a share of the invocations.
   */
  add(lambda: LambdaFunction, former?: FormerVersion): void {
    this.lambdas.push(lambda, ...(former ? [former.lambda] : []));
    this.byArn.set(lambda.arn, former ? new TwoVersions(lambda, former) : lambda);
  }

  /** Adds an alias of a version. */
  addAlias(functionName: string, alias: string, version: string): void {
    const { arn: functionArn } = this.get(functionName);
    const target = this.byArn.get(`${functionArn}:${version}`);
    if (!target) throw new UserError(`Function not found: ${functionArn}:${version}`);
    const arn = `${functionArn}:${alias}`;
    this.aliases.set(arn, {
      arn,
      name: functionName,
      qualifier: alias,
      version,
      timeoutMs: target.timeoutMs,
      invoke: (event, requestId) => target.invoke(event, requestId, arn),
    });
  }

  all(): LambdaFunction[] {
    return [...this.lambdas];
  }

  /**
   * Returns a function, version, or alias by its ARN, or by its name with a qualifier if it has one. Throws a
   * `UserError` if the template does not have it.
   */
  get(id: string): InvocationTarget {
    const known = id.replace(new RegExp(`:${LATEST.replace('$', '\\$')}$`), '');
    const all = new Map<string, InvocationTarget>([...this.byArn, ...this.aliases]);
    const found = all.get(known) ?? [...all.values()].find(({ arn }) => nameIn(arn) === known);
    if (!found) throw new UserError(`The template refers to the function ${id}, but does not define it.`);
    return found;
  }

  /** Kills an instance of the function with this name. */
  async kill(name: string, instance: string | undefined): Promise<void> {
    const found = this.lambdas.filter((each) => each.name === name);
    if (instance !== undefined) await Promise.all(found.map((each) => each.killInstance(instance)));
  }

  /** Returns the functions whose name contains the text, in any case. */
  named(part: string): LambdaFunction[] {
    return this.lambdas.filter(({ name }) => name.toLowerCase().includes(part.toLowerCase()));
  }
}

/** Returns the name in an ARN, with the qualifier if it has one. */
const nameIn = (arn: string): string => arn.replace(/^.*:function:/, '');
