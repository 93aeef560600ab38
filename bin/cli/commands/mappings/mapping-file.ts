import type { Mappings, MappingsToPreview } from '../../../../portal/src/api/schema';
import type { Cli } from '../../cli';
import { Failure } from '../../failure';

/** Mappings from a file. `version` is that of the list from which the file was made. */
export type MappingsInFile = MappingsToPreview & { readonly version?: number };

/** Reads mappings in the form of `mapping list --json`. */
export async function readMappings(cli: Cli, file: string): Promise<MappingsInFile> {
  const text = await readText(cli, file);
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

async function readText({ terminal }: Cli, file: string): Promise<string> {
  if (file === '-') return terminal.readInput();
  try {
    return await terminal.readFile(file);
  } catch (error) {
    throw Failure.misused(`${file} cannot be read: ${(error as Error).message}`);
  }
}
