import type { Mappings, MappingsToPreview } from '../../../../portal/src/api/schema';
import type { Cli } from '../../cli';
import { Failure } from '../../failure';

/** Reads mappings in the form of `mapping list --json`. */
export async function readMappings(cli: Cli, file: string): Promise<MappingsToPreview> {
  const text = await readText(cli, file);
  let value: Partial<Mappings>;
  try {
    value = JSON.parse(text) as Partial<Mappings>;
  } catch (error) {
    throw Failure.misused(`${file} is not JSON: ${(error as Error).message}`);
  }
  const { mappings, organizations } = value ?? {};
  if (!Array.isArray(mappings))
    throw Failure.misused(
      `${file} has no list "mappings". Write one with: scim mapping list <domainId> --json`,
    );
  return { mappings, ...(organizations && { organizations }) };
}

async function readText({ terminal }: Cli, file: string): Promise<string> {
  if (file === '-') return terminal.readInput();
  try {
    return await terminal.readFile(file);
  } catch (error) {
    throw Failure.misused(`${file} cannot be read: ${(error as Error).message}`);
  }
}
