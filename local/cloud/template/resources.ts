import { UserError } from '../../host/user-error';
import { ACCOUNT, arn, PARTITION, REGION, URL_SUFFIX } from './account';
import type { ResourceDefinition, Stack } from './assembly';
import { evaluate, NO_VALUE, type Scope } from './intrinsics';
import { type Identity, identityOfIgnored, type IgnoredTypes, type ResourceTypes } from './identity';

/** A resource that the local cloud runs. Its properties contain no intrinsic functions. */
export interface Resource extends Identity {
  readonly stack: Stack;
  readonly logicalId: string;
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** Returns the resources of a CloudFormation type. */
export function ofType(resources: readonly Resource[], type: string): Resource[] {
  return resources.filter((resource) => resource.type === type);
}

/**
 * Returns the resources of these types, in the order of the stacks. Throws a `UserError` that lists all
 * unknown types.
 */
export function resolveStacks(
  stacks: readonly Stack[],
  types: ResourceTypes,
  ignored: IgnoredTypes,
): Resource[] {
  rejectUnknownTypes(stacks, types, ignored);
  const published: Published = { exports: new Map(), outputs: new Map() };
  const scopes = stacks.map((stack) => new StackScope(stack, types, published));
  for (const scope of scopes) scope.publishOutputs();
  return scopes.flatMap((scope) => scope.resources());
}

function rejectUnknownTypes(stacks: readonly Stack[], types: ResourceTypes, ignored: IgnoredTypes): void {
  const unknown = stacks.flatMap(({ name, template }) =>
    Object.entries(template.Resources)
      .filter(([, { Type }]) => !(Type in types) && !(Type in ignored))
      .map(([logicalId, { Type }]) => `  ${Type} (${name}/${logicalId})`),
  );
  if (unknown.length === 0) return;
  throw new UserError(
    `The local cloud cannot run these resources of the template:\n${unknown.join('\n')}\n` +
      'Add a service that runs their types, or list the types in local/services/ignored-types.ts.',
  );
}

/** The references of stacks to others. */
interface Published {
  /** Name of an export → value. */
  readonly exports: Map<string, () => unknown>;
  /** Name of a stack and of an output → value. */
  readonly outputs: Map<string, () => unknown>;
}

class StackScope implements Scope {
  private readonly identities = new Map<string, Identity>();
  private readonly evaluating = new Set<string>();
  private readonly pseudo: Readonly<Record<string, unknown>>;

  constructor(
    private readonly stack: Stack,
    private readonly types: ResourceTypes,
    private readonly published: Published,
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

  publishOutputs(): void {
    const { exports, outputs } = this.published;
    for (const [name, { Value, Export }] of Object.entries(this.stack.template.Outputs)) {
      const value = () => evaluate(Value, this);
      outputs.set(`${this.stack.name} ${name}`, value);
      if (Export) exports.set(String(evaluate(Export.Name, this)), value);
    }
  }

  resources(): Resource[] {
    return Object.entries(this.stack.template.Resources)
      .filter(([, definition]) => definition.Type in this.types && this.isIncluded(definition))
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
    throw new Error(`the attribute ${name} of ${logicalId} is not supported.`);
  }

  exported(name: string): unknown {
    const value = this.published.exports.get(name);
    if (value) return value();
    throw new Error(`no stack exports ${name}.`);
  }

  stackOutput(stack: string, name: string): unknown {
    const value = this.published.outputs.get(`${stack} ${name}`);
    if (value) return value();
    throw new Error(`the stack ${stack} has no output ${name}.`);
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

  private isIncluded({ Condition }: ResourceDefinition): boolean {
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
    const identity = this.types[definition.Type]?.(naming) ?? identityOfIgnored(definition.Type, naming);
    this.identities.set(logicalId, identity);
    return identity;
  }
}
