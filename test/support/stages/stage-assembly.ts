import { readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createApp, synthesizeWithoutValidation } from '../../lib/synthesize';
import type { EditedTemplate } from '../system/edited-assembly';

interface AssetManifest {
  readonly files: Record<string, { readonly source: { path: string } }>;
}

const read = <T>(file: string): T => JSON.parse(readFileSync(file, 'utf8')) as T;

/**
 * As `npm start -- --stage` does: on this machine, each stage is in the account and region of the local
 * cloud.
 */
const HERE = { account: '000000000000', region: 'us-east-1' };

/**
 * Synthesizes a stage with the bundles of another assembly, because bundling takes most of the time. The
 * bundles do not depend on the settings. `settings` replaces those of the stage. Returns the directory.
 * Throws if a function has no bundle in the other assembly.
 */
export function synthesizeStage(
  stage: string,
  bundles: string,
  edit: (template: EditedTemplate) => void = () => undefined,
  settings: Readonly<Record<string, unknown>> = {},
): string {
  const { directory, stacks } = synthesizeWithoutValidation(createApp({ stage, ...HERE, ...settings }));
  for (const name of readdirSync(bundles).filter((each) => each.startsWith('asset.')))
    if (!readdirSync(directory).includes(name))
      symlinkSync(path.resolve(bundles, name), path.join(directory, name));
  for (const { id } of stacks) {
    const file = path.join(directory, `${id}.template.json`);
    const template = read<EditedTemplate>(file);
    useBundles(template, read<EditedTemplate>(path.join(bundles, `${id}.template.json`)));
    edit(template);
    writeFileSync(file, JSON.stringify(template));
    const assets = path.join(directory, `${id}.assets.json`);
    const { files } = read<AssetManifest>(path.join(bundles, `${id}.assets.json`));
    const own = read<AssetManifest>(assets);
    writeFileSync(assets, JSON.stringify({ ...own, files: { ...own.files, ...files } }));
  }
  return directory;
}

/** Replaces the code of the functions, and the page of the portal, by those of the other template. */
function useBundles({ Resources }: EditedTemplate, others: EditedTemplate): void {
  for (const [logicalId, { Type, Properties }] of Object.entries(Resources)) {
    const other = others.Resources[logicalId]?.Properties;
    if (Type === 'AWS::Lambda::Function') {
      if (!other) throw new Error(`There is no bundle of ${logicalId}.`);
      Properties.Code = other.Code;
    }
    if (Type === 'Custom::CDKBucketDeployment') {
      const [page] = other?.SourceObjectKeys as string[];
      const [, ...settings] = Properties.SourceObjectKeys as string[];
      Properties.SourceObjectKeys = [page, ...settings];
    }
  }
}
