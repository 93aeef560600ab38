import table from '../measured-capacity.json';

/** The DynamoDB units of one operation. */
export interface Units {
  readonly read: number;
  readonly write: number;
}

export type MeasuredOperation = keyof typeof table;

/** The units that `npm run bench -- capacity` measures on the embedded engine. Tests measure it again. */
export const MEASURED_CAPACITY: Readonly<Record<MeasuredOperation, Units>> = table;
