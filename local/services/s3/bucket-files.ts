import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import * as z from 'zod';
import { readProperties } from '../../cloud/template/properties';
import { ofType, type Resource } from '../../cloud/template/resources';
import type { Rewrite } from '../../cloud/template/rewrite';
import { wildcards } from '../../cloud/wildcards';
import { UserError } from '../../host/user-error';

const DeploymentProperties = z.object({
  DestinationBucketName: z.string(),
  SourceObjectKeys: z.array(z.string()),
  SourceMarkers: z.array(z.record(z.string(), z.string())).default([]),
  SourceMarkersConfig: z.array(z.object({ jsonEscape: z.boolean().default(false) })).default([]),
  Exclude: z.array(z.string()).default([]),
  Include: z.array(z.string()).default([]),
  SystemMetadata: z.object({ 'cache-control': z.string() }).partial().default({}),
});

interface Source {
  readonly directory: string;
  /** Marker in a file → the value that was not known when the file was written. */
  readonly markers: readonly (readonly [string, string])[];
  readonly takes: (key: string) => boolean;
  readonly cacheControl: string | undefined;
}

export interface BucketFile {
  readonly content: Buffer;
  readonly cacheControl: string | undefined;
}

/** The files that the template deploys to a bucket. They are read from the cloud assembly on demand. */
export class BucketFiles {
  private constructor(
    private readonly sources: readonly Source[],
    private readonly rewriteText: Rewrite,
  ) {}

  /**
   * `rewriteText` changes the texts that contain values, because the parts of a URL may be several values.
   */
  static of(
    bucketName: string,
    resources: readonly Resource[],
    rewriteText: Rewrite = (text) => text,
  ): BucketFiles {
    const sources = ofType(resources, 'Custom::CDKBucketDeployment').flatMap((resource) =>
      sourcesOf(resource, bucketName),
    );
    return new BucketFiles(sources, rewriteText);
  }

  /** Returns a file by its key, which has no leading slash. A later source overrides an earlier one. */
  read(key: string): BucketFile | undefined {
    for (const { directory, markers, takes, cacheControl } of [...this.sources].reverse()) {
      const file = join(directory, key);
      if (!file.startsWith(directory + sep) || !takes(key)) continue;
      if (!existsSync(file) || !statSync(file).isFile()) continue;
      return { content: this.withValues(readFileSync(file), markers), cacheControl };
    }
    return undefined;
  }

  /** Files without markers, such as pictures, stay as they are. */
  private withValues(content: Buffer, markers: Source['markers']): Buffer {
    if (!markers.some(([marker]) => content.includes(marker))) return content;
    const text = markers.reduce((all, [marker, value]) => all.replaceAll(marker, value), content.toString());
    return Buffer.from(this.rewriteText(text));
  }
}

function sourcesOf(resource: Resource, bucketName: string): Source[] {
  const { stack, logicalId } = resource;
  const { DestinationBucketName, SourceObjectKeys, SourceMarkers, SourceMarkersConfig, ...shared } =
    readProperties(DeploymentProperties, resource);
  if (DestinationBucketName !== bucketName) return [];
  const excluded = shared.Exclude.map(wildcards);
  const included = shared.Include.map(wildcards);
  // As in the AWS CLI, `Include` adds files back that `Exclude` removes.
  const takes = (key: string) =>
    included.some((one) => one.test(key)) || !excluded.some((one) => one.test(key));
  return SourceObjectKeys.map((key, index) => {
    const directory = stack.assets.get(key.replace(/\.zip$/, ''));
    if (!directory) throw new UserError(`${key}, a source of ${logicalId}, is not in the cloud assembly.`);
    const escape = (value: string) =>
      SourceMarkersConfig[index]?.jsonEscape ? JSON.stringify(value).slice(1, -1) : value;
    const markers = Object.entries(SourceMarkers[index] ?? {}).map(
      ([marker, value]) => [marker, escape(value)] as const,
    );
    return { directory, markers, takes, cacheControl: shared.SystemMetadata['cache-control'] };
  });
}
