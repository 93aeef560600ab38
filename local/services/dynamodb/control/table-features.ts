import * as z from 'zod';
import { readProperties } from '../../../cloud/template/properties';
import type { Resource } from '../../../cloud/template/resources';
import type { JsonFile } from '../../../host/json-file';

/** The features of a table that neither engine knows. */
export interface Features {
  readonly pointInTimeRecovery: boolean;
  readonly deletionProtection: boolean;
}

interface StoredFeatures extends Features {
  /** True if a template has the table. Otherwise, a program has restored or created it. */
  readonly isManaged: boolean;
}

const NO_FEATURES: StoredFeatures = {
  pointInTimeRecovery: false,
  deletionProtection: false,
  isManaged: false,
};

const Properties = z.object({
  PointInTimeRecoverySpecification: z.object({ PointInTimeRecoveryEnabled: z.boolean() }).optional(),
  DeletionProtectionEnabled: z.boolean().default(false),
});

/** The features of all tables. They survive a restart. */
export class TableFeatures {
  private readonly tables: Record<string, StoredFeatures>;

  constructor(private readonly file: JsonFile<Record<string, StoredFeatures>>) {
    this.tables = file.read() ?? {};
  }

  of(table: string): Features {
    return this.tables[table] ?? NO_FEATURES;
  }

  set(table: string, features: Partial<Features>): void {
    this.store(table, { ...(this.tables[table] ?? NO_FEATURES), ...features });
  }

  /**
   * Takes over a table of the template. As CloudFormation, it creates and updates a table with the features
   * of the template, and imports an existing table as it is.
   */
  manage(resource: Resource, isNew: boolean): void {
    const stored = this.tables[resource.ref];
    if (stored && !isNew && !stored.isManaged) {
      this.store(resource.ref, { ...stored, isManaged: true });
      return;
    }
    const given = readProperties(Properties, resource);
    this.store(resource.ref, {
      pointInTimeRecovery: given.PointInTimeRecoverySpecification?.PointInTimeRecoveryEnabled ?? false,
      deletionProtection: given.DeletionProtectionEnabled,
      isManaged: true,
    });
  }

  forget(table: string): void {
    delete this.tables[table];
    this.file.write(this.tables);
  }

  private store(table: string, features: StoredFeatures): void {
    this.tables[table] = features;
    this.file.write(this.tables);
  }
}
