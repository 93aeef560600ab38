import type { Mappings, MappingsToPreview } from '../../../../portal/src/api/schema';
import type { Cli } from '../../cli';
import { Failure } from '../../failure';
import { readInputFile } from '../../options/input-file';

/** Mappings from a file. `version` is that of the list from which the file was made. */
export type MappingsInFile = MappingsToPreview & { readonly version?: number };

/** Reads mappings in the form of `mapping list --json`. */
export async function readMappings(cli: Cli, file: string): Promise<MappingsInFile> {
  const text = await readInputFile(cli.terminal, file);
  let value: Partial<Mappings>;
  try {
    value = JSON.parse(text) as Partial<Mappings>;
  } catch (error) {
    throw Failure.misused(`${file} is not JSON: ${(error as Error).message}`);
  }
  const { mappings, organizations, version } = value ?? {};
  if (!Array.isArray(mappings))
    throw Failure.misused(
      `${file} has no list "mappings". Write one with: scim mapping list <domainId> --json`,
    );
  if (version !== undefined && !Number.isInteger(version))
    throw Failure.misused(
      `The "version" in ${file} is not a whole number. Remove it, or take that of the list.`,
    );
  return { mappings, ...(organizations && { organizations }), ...(version !== undefined && { version }) };
}
