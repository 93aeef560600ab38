import type { JsonFile } from '../../host/json-file';
import { valuesOf } from './condition-keys';
import type { Permission } from './permission';

/** A kind of request that a function sent. IDs and names of items are replaced. */
export interface Use {
  readonly function: string;
  readonly action: string;
  readonly resource: string;
  /** The partition key; undefined if the request has none. */
  readonly key?: string;
  /** The text with which AWS refuses the request; undefined if the request is allowed. */
  readonly refused?: string;
}

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const ZERO_UUID = '00000000-0000-0000-0000-000000000000';
/** The IDs that services generate at run time, and hashes. */
const HEXADECIMAL = /\b[0-9a-f]{10,}\b/g;

/** Records which action each function used on which resource and partition key. */
export class Usage {
  private readonly uses = new Map<string, Use>();

  /** A file that already exists is continued. */
  constructor(private readonly file: Pick<JsonFile<readonly Use[]>, 'read' | 'write'>) {
    for (const use of file.read() ?? []) this.uses.set(JSON.stringify(use), use);
  }

  /** Records a request. `refused` is the text with which it is refused. */
  record(functionName: string, { action, resource, context = {} }: Permission, refused?: string): void {
    const common = {
      function: functionName,
      action,
      resource: normalizedArn(resource),
      ...(refused !== undefined && { refused: normalizedArn(refused) }),
    };
    const keys = valuesOf(context, 'dynamodb:LeadingKeys');
    if (keys === undefined) return this.add(common);
    for (const key of keys) this.add({ ...common, key: normalizedKey(key) });
  }

  all(): readonly Use[] {
    return [...this.uses.values()];
  }

  private add(use: Use): void {
    const id = JSON.stringify(use);
    if (this.uses.has(id)) return;
    this.uses.set(id, use);
    // There are a few hundred kinds, so the file is rarely written. It is complete even if the process is
    // killed.
    this.file.write(this.all());
  }
}

const normalizedArn = (arn: string): string =>
  arn.replace(UUID, ZERO_UUID).replace(HEXADECIMAL, (id) => '0'.repeat(id.length));

/** Keeps the parts of a key that name a kind, such as `USER`, and replaces the others. */
export const normalizedKey = (key: string): string =>
  key
    .replace(UUID, ZERO_UUID)
    .split('#')
    .map((part) => (part === ZERO_UUID || /^[A-Z][A-Z-]*$/.test(part) ? part : 'x'))
    .join('#');
