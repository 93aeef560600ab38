import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { UserError } from '../../host/user-error';

const Attributes = z.record(z.string(), z.unknown());

const ResourceDefinition = z.object({
  Type: z.string(),
  Properties: Attributes.default({}),
  Condition: z.string().optional(),
});

const Template = z.object({
  Parameters: z.record(z.string(), z.object({ Default: z.unknown() })).default({}),
  Mappings: z.record(z.string(), z.record(z.string(), Attributes)).default({}),
  Conditions: Attributes.default({}),
  Resources: z.record(z.string(), ResourceDefinition).default({}),
  Outputs: z
    .record(z.string(), z.object({ Value: z.unknown(), Export: z.object({ Name: z.unknown() }).optional() }))
    .default({}),
});

const Manifest = z.object({
  artifacts: z.record(
    z.string(),
    z.object({
      type: z.string(),
      dependencies: z.array(z.string()).default([]),
      properties: z
        .object({
          templateFile: z.string(),
          stackName: z.string(),
          file: z.string(),
          directoryName: z.string(),
        })
        .partial()
        .default({}),
    }),
  ),
});

const AssetManifest = z.object({
  files: z.record(z.string(), z.object({ source: z.object({ path: z.string() }) })).default({}),
});

type Template = z.infer<typeof Template>;
export type ResourceDefinition = z.infer<typeof ResourceDefinition>;

export interface Stack {
  readonly name: string;
  readonly template: Template;
  /** File asset hash → absolute path of the directory or file that CDK would upload. */
  readonly assets: ReadonlyMap<string, string>;
}

/** Returns the stacks of a synthesized cloud assembly, in the order in which CDK would deploy them. */
export function loadAssembly(directory: string): Stack[] {
  const { artifacts } = parse(Manifest, join(directory, 'manifest.json'));
  const assets = new Map<string, string>();
  for (const { type, properties } of Object.values(artifacts)) {
    if (type !== 'cdk:asset-manifest' || !properties.file) continue;
    for (const [hash, { source }] of Object.entries(
      parse(AssetManifest, join(directory, properties.file)).files,
    )) {
      assets.set(hash, join(directory, source.path));
    }
  }
  return inDependencyOrder(artifacts).flatMap(([id, { type, properties }]) => {
    if (type === 'cdk:cloud-assembly' && properties.directoryName) {
      return loadAssembly(join(directory, properties.directoryName));
    }
    if (type !== 'aws:cloudformation:stack' || !properties.templateFile) return [];
    const template = parse(Template, join(directory, properties.templateFile));
    return [{ name: properties.stackName ?? id, template, assets }];
  });
}

function inDependencyOrder<T extends { dependencies: string[] }>(nodes: Record<string, T>): [string, T][] {
  const ordered = new Map<string, T>();
  const visit = (id: string) => {
    const node = nodes[id];
    if (!node || ordered.has(id)) return;
    node.dependencies.forEach(visit);
    ordered.set(id, node);
  };
  Object.keys(nodes).forEach(visit);
  return [...ordered];
}

function parse<T>(schema: z.ZodType<T>, file: string): T {
  if (!existsSync(file))
    throw new UserError(`There is no ${file}. Run "npm run synth" first, or start without --no-synth.`);
  const result = schema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  if (result.success) return result.data;
  throw new UserError(`${file} does not have the format that CDK writes:\n${z.prettifyError(result.error)}`);
}
