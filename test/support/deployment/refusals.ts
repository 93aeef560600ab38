import type { StackTemplate, TemplateAlarm } from './stack-template';

/**
 * Returns what AWS refuses while CDK updates the stacks one after the other, from the templates `before` to
 * those `after`. CloudFormation updates a stack in two phases: it first creates and changes resources, and
 * then deletes those that the new template lacks.
 */
export function refusalsOf(before: readonly StackTemplate[], after: readonly StackTemplate[]): string[] {
  const deployed = new Map(before.map((template) => [template.stack, template]));
  const refusals: string[] = [];
  for (const template of after) {
    const { stack } = template;
    const former = deployed.get(stack);
    const others = () => [...deployed.values()].filter((each) => each.stack !== stack);
    const problems = [
      ...missingValues(template, others()),
      ...creations(template, former, others()),
      ...removedExports(template, former, others()),
      ...deletions(template, former, others()),
    ];
    refusals.push(...problems.map((problem) => `${stack}: ${problem}`));
    deployed.set(stack, template);
  }
  return refusals;
}

function missingValues({ imports, reads }: StackTemplate, others: readonly StackTemplate[]): string[] {
  const hasOutput = (text: string) =>
    others.some(({ stack, outputs }) => [...outputs].some((output) => `${stack} ${output}` === text));
  return [
    ...[...imports]
      .filter((name) => !others.some(({ exports }) => exports.has(name)))
      .map((name) => `nothing exports ${name}`),
    ...[...reads].filter((text) => !hasOutput(text)).map((text) => `there is no output ${text}`),
  ];
}

/** Two alarms cannot have the same name, and an alarm cannot use one that does not exist yet. */
function creations(
  { alarms }: StackTemplate,
  former: StackTemplate | undefined,
  others: readonly StackTemplate[],
): string[] {
  const isNew = ({ logicalId, name }: TemplateAlarm) =>
    !former?.alarms.some((each) => each.logicalId === logicalId && each.name === name);
  const existing = [...others, ...(former ? [former] : [])].flatMap((each) => each.alarms);
  const exists = (name: string) => existing.some((each) => each.name === name);
  return alarms.flatMap((alarm) => [
    ...(isNew(alarm) && exists(alarm.name) ? [`${alarm.name} exists already`] : []),
    ...alarm.uses
      .filter((name) => !exists(name))
      .filter(
        (name) => !alarms.some((each) => each.name === name && alarm.dependsOn.includes(each.logicalId)),
      )
      .map((name) => `${alarm.name} uses ${name}, which does not exist`),
  ]);
}

function removedExports(
  { exports }: StackTemplate,
  former: StackTemplate | undefined,
  others: readonly StackTemplate[],
): string[] {
  return [...(former?.exports ?? [])]
    .filter(([name, value]) => exports.get(name) !== value)
    .flatMap(([name]) =>
      others.filter(({ imports }) => imports.has(name)).map(({ stack }) => `${stack} imports ${name}`),
    );
}

/** An alarm cannot be deleted before the composite alarms that use it. */
function deletions(
  { alarms }: StackTemplate,
  former: StackTemplate | undefined,
  others: readonly StackTemplate[],
): string[] {
  const deleted = (former?.alarms ?? []).filter(
    ({ logicalId, name }) => !alarms.some((each) => each.logicalId === logicalId && each.name === name),
  );
  return deleted.flatMap(({ logicalId, name }) =>
    [
      ...[...others.flatMap((each) => each.alarms), ...alarms],
      // CloudFormation deletes them in the reverse order of their dependencies.
      ...deleted.filter(({ dependsOn }) => !dependsOn.includes(logicalId)),
    ]
      .filter(({ uses }) => uses.includes(name))
      .map((user) => `${name} cannot be deleted, because ${user.name} uses it`),
  );
}
