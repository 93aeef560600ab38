import { keyCheckKey } from '../table/mail-keys';
import { optionalText } from '../table/read-item';
import type { Table } from '../table/table';

/** The domain after which an unfinished check of all SCIM keys continues. */
export class KeyCheckPosition {
  constructor(private readonly table: Table) {}

  /** Returns undefined if the last check was finished. */
  async read(): Promise<string | undefined> {
    const item = await this.table.get(keyCheckKey);
    return item && optionalText(item, 'after');
  }

  async save(domainId: string): Promise<void> {
    await this.table.put({ ...keyCheckKey, after: domainId });
  }

  async clear(): Promise<void> {
    await this.table.delete(keyCheckKey);
  }
}
