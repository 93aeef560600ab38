import { UserError } from '../../host/user-error';
import type { LambdaFunction } from './function';

/** The functions of the template. */
export class Functions {
  private readonly byArn = new Map<string, LambdaFunction>();

  add(lambda: LambdaFunction): void {
    this.byArn.set(lambda.arn, lambda);
  }

  all(): LambdaFunction[] {
    return [...this.byArn.values()];
  }

  /** Returns a function by ARN or name. Throws a `UserError` if the template does not have it. */
  get(id: string): LambdaFunction {
    const lambda = this.byArn.get(id) ?? this.all().find(({ name }) => name === id);
    if (!lambda) throw new UserError(`The template refers to the function ${id}, but does not define it.`);
    return lambda;
  }

  /** Kills an instance of the function with this name. */
  async kill(name: string, instance: string | undefined): Promise<void> {
    const found = this.all().find((each) => each.name === name);
    if (instance !== undefined) await found?.killInstance(instance);
  }

  /** Returns the functions whose name contains the text, in any case. */
  named(part: string): LambdaFunction[] {
    return this.all().filter(({ name }) => name.toLowerCase().includes(part.toLowerCase()));
  }
}
