/** The fates of the stage's own table in the template when a restored one takes its place. */
export const FORMER_TABLE = ['keep', 'remove'] as const;

export interface RestoredTableSettings {
  /** The name of a restored table that takes the place of the stage's own. @default - none */
  readonly restoredTable?: string;
  readonly formerTable: (typeof FORMER_TABLE)[number];
}

/** Returns the problem of the settings of a restored table; undefined if there is none. */
export const problemOfFormerTable = ({
  restoredTable,
  formerTable,
}: RestoredTableSettings): string | undefined =>
  restoredTable === undefined && formerTable === 'remove'
    ? 'formerTable: given "remove", expected "keep", because there is no restoredTable. The stage needs its own table.'
    : undefined;
