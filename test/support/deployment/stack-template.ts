import type { CloudFormationStackArtifact } from 'aws-cdk-lib/cx-api';

interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly DependsOn?: string | readonly string[];
}

interface TemplateOutput {
  readonly Value: unknown;
  readonly Export?: { readonly Name: unknown };
}

/** An alarm of a template. */
export interface TemplateAlarm {
  readonly logicalId: string;
  readonly name: string;
  /**
   * The names of the alarms on which a composite alarm depends: those of its rule, and the one that explains
   * it.
   */
  readonly uses: readonly string[];
  /** The logical IDs of the resources that CloudFormation creates before it, and deletes after it. */
  readonly dependsOn: readonly string[];
}

/** The parts of a stack's template that decide on the order of deployments. */
export interface StackTemplate {
  readonly stack: string;
  readonly alarms: readonly TemplateAlarm[];
  /** Name of an export → its value as JSON. */
  readonly exports: ReadonlyMap<string, string>;
  readonly outputs: ReadonlySet<string>;
  /** The names of the exports that it imports. */
  readonly imports: ReadonlySet<string>;
  /** The outputs of other stacks that it reads, as `<stack> <output>`. */
  readonly reads: ReadonlySet<string>;
}

/** Returns the templates of a synthesized app, in the order in which CDK deploys its stacks. */
export const stackTemplates = (stacks: readonly CloudFormationStackArtifact[]): StackTemplate[] =>
  stacks.map(({ stackName, template }) => stackTemplate(stackName, template));

/** Reads the template of a stack. */
export function stackTemplate(stack: string, template: unknown): StackTemplate {
  const { Resources = {}, Outputs = {} } = template as {
    Resources?: Readonly<Record<string, TemplateResource>>;
    Outputs?: Readonly<Record<string, TemplateOutput>>;
  };
  const imports = new Set<string>();
  const reads = new Set<string>();
  for (const [name, argument] of intrinsicsIn(template)) {
    if (name === 'Fn::ImportValue') imports.add(String(argument));
    if (name !== 'Fn::GetStackOutput') continue;
    const { StackName, OutputName } = argument as Record<string, string>;
    reads.add(`${StackName} ${OutputName}`);
  }
  return {
    stack,
    alarms: alarmsIn(stack, Resources),
    exports: new Map(
      Object.values(Outputs).flatMap(({ Value, Export }) =>
        Export ? [[String(Export.Name), JSON.stringify(Value)] as const] : [],
      ),
    ),
    outputs: new Set(Object.keys(Outputs)),
    imports,
    reads,
  };
}

function alarmsIn(stack: string, resources: Readonly<Record<string, TemplateResource>>): TemplateAlarm[] {
  const nameOf = (logicalId: string): string => {
    const name = resources[logicalId]?.Properties?.AlarmName;
    return typeof name === 'string' ? name : `${stack}/${logicalId}`;
  };
  return Object.entries(resources)
    .filter(([, { Type }]) => /^AWS::CloudWatch::(Composite)?Alarm$/.test(Type))
    .map(([logicalId, { Properties = {}, DependsOn = [] }]) => {
      const { AlarmRule = '', ActionsSuppressor } = Properties;
      const [reference] = [...intrinsicsIn(ActionsSuppressor)].map(([, argument]) =>
        String([argument].flat()[0]),
      );
      return {
        logicalId,
        name: nameOf(logicalId),
        uses: [
          ...[...String(AlarmRule).matchAll(/ALARM\("([^"]+)"\)/g)].map(([, name = '']) => name),
          ...(reference === undefined ? [] : [nameOf(reference)]),
        ],
        dependsOn: [...[DependsOn].flat(), ...(reference === undefined ? [] : [reference])],
      };
    });
}

/** Returns all intrinsic functions in a part of a template, with their arguments. */
function* intrinsicsIn(value: unknown): Generator<[name: string, argument: unknown]> {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, member] of Object.entries(value)) {
    if (/^(Ref|Fn::\w+)$/.test(key)) yield [key, member];
    yield* intrinsicsIn(member);
  }
}
