import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Resource, synthesize } from '../synthesize';

type Templates = ReturnType<typeof synthesize>;

/** Type → property → whether CloudFormation replaces the resource. The CDK's own diff uses these data. */
const replacements = (): Map<string, Record<string, { causesReplacement?: string }>> => {
  const file = path.join(__dirname, '../../../node_modules/aws-cdk/db.json.gz');
  const { schema } = JSON.parse(gunzipSync(readFileSync(file)).toString()) as {
    schema: { resource: { entities: { cloudFormationType: string; properties: object }[] } };
  };
  return new Map(schema.resource.entities.map((each) => [each.cloudFormationType, each.properties as never]));
};

const causes = replacements();

/** Lists the types of what differs in other templates, with the changed properties. */
export const changesBetween = (before: Templates, after: Templates): string[] =>
  [
    ...new Set(
      Object.entries(before).flatMap(([name, template]) => {
        const next = (after[name as keyof Templates].toJSON() as { Resources: Record<string, Resource> })
          .Resources;
        const { Resources } = template.toJSON() as { Resources: Record<string, Resource> };
        return Object.entries(Resources).flatMap(([logicalId, { Type, Properties = {} }]) => {
          const changed = next[logicalId];
          if (!changed) return [`${Type} is removed`];
          const others = changed.Properties ?? {};
          return (
            [...new Set([...Object.keys(Properties), ...Object.keys(others)])]
              .filter((each) => JSON.stringify(Properties[each]) !== JSON.stringify(others[each]))
              // Without bundles, the hash of a function's code is one of the whole project.
              .filter((each) => !/^AWS::Lambda::(Function|Version|Alias)$/.test(Type) && each !== 'Code')
              .map((each) =>
                causes.get(Type)?.[each]?.causesReplacement ? `${Type} is replaced` : `${Type} ${each}`,
              )
          );
        });
      }),
    ),
  ].sort();
