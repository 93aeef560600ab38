import * as z from 'zod/mini';
import { fields } from '../../fields';

/** The largest number of rows of a request. At 40 rows a second, they take little more than a second. */
const MAX_IMPORT_ROWS = 50;

const VALUE = z.nullable(z.union([z.string(), z.boolean(), z.number()]));
const VALUES = z.record(z.string(), VALUE);

/** The values of a user as a client sends them. */
type SentValues = z.output<typeof VALUES>;

const NAMED_VALUES =
  'an object with the values of a user by the names of columns: texts, numbers, true, false, or null';

/** The body of a user who is created or changed manually. */
export const USER_VALUES = fields({ values: [VALUES, NAMED_VALUES] });

export const USER_IMPORT = fields({
  rows: [
    z
      .array(z.strictObject({ row: z.int().check(z.positive()), values: VALUES }))
      .check(z.minLength(1), z.maxLength(MAX_IMPORT_ROWS)),
    `a list of 1 to ${MAX_IMPORT_ROWS} rows, each with its number in the file (row) and the values of its user (values)`,
  ],
  dryRun: [z.boolean(), 'true or false'],
  seatsTaken: [z.optional(z.int()), 'the number of seats that earlier rows of the file take'],
});

/** Returns the values as texts. `null` removes a value, as an empty text does. */
export const textsOf = (values: SentValues): Record<string, string> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value ?? '')]));
