import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { AssetHashType, DockerImage, FileSystem } from 'aws-cdk-lib';
import { type ISource, Source } from 'aws-cdk-lib/aws-s3-deployment';
import { markerValues } from '../../../portal/help/markers';

const ROOT = path.join(__dirname, '../../..');
const PORTAL = path.join(ROOT, 'portal');
const VITE = path.join(ROOT, 'node_modules/vite/bin/vite.js');

/** The part of the API collection that the portal offers as a download. */
const SCIM_COLLECTION = ['bruno.json', 'collection.bru', 'scim', 'clean-up'].map((name) =>
  path.join(ROOT, 'collection', name),
);

/** The documents that become help pages. */
const DOCS = path.join(ROOT, 'docs');

/**
 * Returns the same files with the values of a deployment in the published help files. They are inserted
 * during the deployment, because some are known only then.
 */
export const filledIn = (files: ISource, deployment: Parameters<typeof markerValues>[0]): ISource => ({
  bind: (scope, context) => ({ ...files.bind(scope, context), markers: markerValues(deployment) }),
});

/** Returns the files of the portal, built by Vite. Builds only if sources or packages have changed. */
export function portalAssets(): ISource {
  return Source.asset(PORTAL, {
    assetHashType: AssetHashType.CUSTOM,
    assetHash: FileSystem.fingerprint(PORTAL, {
      extraHash: [
        readFileSync(path.join(ROOT, 'package-lock.json'), 'utf8'),
        FileSystem.fingerprint(DOCS),
        ...SCIM_COLLECTION.map((file) => FileSystem.fingerprint(file)),
      ].join(),
    }),
    bundling: {
      // This image is never pulled, because the local build below needs no Docker.
      image: DockerImage.fromRegistry('scratch'),
      local: {
        tryBundle(directory) {
          const build = ['build', PORTAL, '--configLoader', 'runner', '--outDir', directory, '--emptyOutDir'];
          execFileSync(process.execPath, [VITE, ...build, '--logLevel', 'warn'], {
            cwd: ROOT,
            stdio: ['ignore', 2, 2],
          });
          return true;
        },
      },
    },
  });
}
