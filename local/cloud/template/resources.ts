import { UserError } from '../../host/user-error';
import type { ResourceDefinition, Stack } from './assembly';
import { evaluate, NO_VALUE, type Scope } from './intrinsics';
import {
  ACCOUNT,
  arn,
  identityOfLeftOut,
  type Identity,
  LEFT_OUT,
  PARTITION,
  REGION,
  RUN,
  URL_SUFFIX,
} from './identity';

/** A resource that the host runs, its properties free of intrinsic functions. */
export interface Resource extends Identity {
  readonly stack: Stack;
  readonly logicalId: string;
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** Those of a CloudFormation type. */
export function ofType(resources: readonly Resource[], type: string): Resource[] {
  return resources.filter((resource) => resource.type === type);
}

/** All that the host runs of `stacks`, in their order. Throws a `UserError` that lists what it could not run. */
export function resolveResources(stacks: readonly Stack[]): Resource[] {
  rejectUnknownTypes(stacks);
  const exports = new Map<string, () => unknown>();
  const scopes = stacks.map((stack) => new StackScope(stack, exports));
  for (const scope of scopes) scope.publishExports();
  return scopes.flatMap((scope) => scope.resources());
}

function rejectUnknownTypes(stacks: readonly Stack[]): void {
  const unknown = stacks.flatMap(({ name, template }) =>
    Object.entries(template.Resources)
      .filter(([, { Type }]) => !(Type in RUN) && !(Type in LEFT_OUT))
      .map(([logicalId, { Type }]) => `  ${Type} (${name}/${logicalId})`),
  );
  if (unknown.length === 0) return;
  throw new UserError(
    `The local host cannot run these resources of the template:\n${unknown.join('\n')}\n` +
      'Teach it to, or name their types in LEFT_OUT of local/template/resource-types.ts.',
  );
}

class StackScope implements Scope {
  private readonly identities = new Map<string, Identity>();
  private readonly evaluating = new Set<string>();
  private readonly pseudo: Readonly<Record<string, unknown>>;

  constructor(
    private readonly stack: Stack,
    private readonly exports: Map<string, () => unknown>,
  ) {
    this.pseudo = {
      'AWS::AccountId': ACCOUNT,
      'AWS::NoValue': NO_VALUE,
      'AWS::NotificationARNs': [],
      'AWS::Partition': PARTITION,
      'AWS::Region': REGION,
      'AWS::StackId': arn('cloudformation', `stack/${stack.name}/local`),
      'AWS::StackName': stack.name,
      'AWS::URLSuffix': URL_SUFFIX,
    };
  }

  publishExports(): void {
    for (const { Value, Export } of Object.values(this.stack.template.Outputs)) {
      if (Export) this.exports.set(String(evaluate(Export.Name, this)), () => evaluate(Value, this));
    }
  }

  resources(): Resource[] {
    return Object.entries(this.stack.template.Resources)
      .filter(([, definition]) => definition.Type in RUN && this.isWanted(definition))
      .map(([logicalId, { Type, Properties }]) => {
        try {
          const properties = evaluate(Properties, this) as Record<string, unknown>;
          return { stack: this.stack, logicalId, type: Type, properties, ...this.identity(logicalId) };
        } catch (error) {
          throw new UserError(`${this.stack.name}/${logicalId} (${Type}): ${(error as Error).message}`);
        }
      });
  }

  ref(logicalId: string): unknown {
    if (logicalId in this.pseudo) return this.pseudo[logicalId];
    const parameter = this.stack.template.Parameters[logicalId];
    if (!parameter) return this.identity(logicalId).ref;
    if (parameter.Default !== undefined) return parameter.Default;
    throw new Error(`the parameter ${logicalId} has no default.`);
  }

  attribute(logicalId: string, name: string): unknown {
    const value = this.identity(logicalId).attributes[name];
    if (value !== undefined) return value;
    throw new Error(`the local host does not know the attribute ${name} of ${logicalId}.`);
  }

  exported(name: string): unknown {
    const value = this.exports.get(name);
    if (value) return value();
    throw new Error(`no stack exports ${name}.`);
  }

  condition(name: string): boolean {
    if (!(name in this.stack.template.Conditions)) throw new Error(`there is no condition ${name}.`);
    return evaluate(this.stack.template.Conditions[name], this) === true;
  }

  mapping(map: string, key: string, name: string): unknown {
    const value = this.stack.template.Mappings[map]?.[key]?.[name];
    if (value !== undefined) return value;
    throw new Error(`there is no mapping ${map}.${key}.${name}.`);
  }

  private isWanted({ Condition }: ResourceDefinition): boolean {
    return Condition === undefined || this.condition(Condition);
  }

  private identity(logicalId: string): Identity {
    const known = this.identities.get(logicalId);
    if (known) return known;
    const definition = this.stack.template.Resources[logicalId];
    if (!definition) throw new Error(`there is no resource or parameter ${logicalId}.`);
    if (this.evaluating.has(logicalId)) throw new Error(`the name of ${logicalId} depends on itself.`);
    this.evaluating.add(logicalId);
    const naming = {
      stack: this.stack.name,
      logicalId,
      property: (name: string) => evaluate(definition.Properties[name], this),
    };
    const identity = RUN[definition.Type]?.(naming) ?? identityOfLeftOut(definition.Type, naming);
    this.identities.set(logicalId, identity);
    return identity;
  }
}
