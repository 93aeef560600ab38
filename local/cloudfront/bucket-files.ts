import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import * as z from 'zod';
import { UserError } from '../host/user-error';
import type { Resource } from '../template/resources';

const DeploymentProperties = z.object({
  DestinationBucketName: z.string(),
  SourceObjectKeys: z.array(z.string()),
  SourceMarkers: z.array(z.record(z.string(), z.string())).default([]),
  SourceMarkersConfig: z.array(z.object({ jsonEscape: z.boolean().default(false) })).default([]),
});

interface Source {
  readonly directory: string;
  /** What stands for a value that was not known when the file was written → the value. */
  readonly markers: readonly (readonly [string, string])[];
}

/** What the deployments of the template put into a bucket, read as it is asked for. */
export class BucketFiles {
  private constructor(private readonly sources: readonly Source[]) {}

  static of(bucketName: string, resources: readonly Resource[]): BucketFiles {
    const sources = resources
      .filter(({ type }) => type === 'Custom::CDKBucketDeployment')
      .flatMap((resource) => sourcesOf(resource, bucketName));
    return new BucketFiles(sources);
  }

  /** `key` has no leading slash. A later source has precedence, as it is written later. */
  read(key: string): Buffer | undefined {
    for (const { directory, markers } of [...this.sources].reverse()) {
      const file = join(directory, key);
      if (!file.startsWith(directory + sep) || !existsSync(file) || !statSync(file).isFile()) continue;
      const content = readFileSync(file);
      if (markers.length === 0) return content;
      return Buffer.from(
        markers.reduce((text, [marker, value]) => text.replaceAll(marker, value), content.toString()),
      );
    }
    return undefined;
  }
}

function sourcesOf({ properties, stack, logicalId }: Resource, bucketName: string): Source[] {
  const parsed = DeploymentProperties.safeParse(properties);
  if (!parsed.success) {
    throw new UserError(`The local host cannot run ${logicalId}:\n${z.prettifyError(parsed.error)}`);
  }
  const { DestinationBucketName, SourceObjectKeys, SourceMarkers, SourceMarkersConfig } = parsed.data;
  if (DestinationBucketName !== bucketName) return [];
  return SourceObjectKeys.map((key, index) => {
    const directory = stack.assets.get(key.replace(/\.zip$/, ''));
    if (!directory) throw new UserError(`${key}, a source of ${logicalId}, is not in the cloud assembly.`);
    const escape = (value: string) =>
      SourceMarkersConfig[index]?.jsonEscape ? JSON.stringify(value).slice(1, -1) : value;
    const markers = Object.entries(SourceMarkers[index] ?? {});
    return { directory, markers: markers.map(([marker, value]) => [marker, escape(value)] as const) };
  });
}
