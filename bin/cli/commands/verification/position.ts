import { Failure } from '../../failure';

/** The steps of a verification, in their order: a later step relies on what an earlier one repairs. */
export const STEPS = ['names', 'items', 'counts'] as const;
type Step = (typeof STEPS)[number];

/** The place at which a verification continues, with its options. */
export interface VerifyPosition {
  /** The domain that is verified; absent if all are. */
  readonly only?: string;
  readonly repair: boolean;
  readonly scan: boolean;
  readonly step: Step;
  /** The domain at which the step is. Absent at its beginning, and if it has no domains. */
  readonly domainId?: string;
  /** The cursor of the API. Absent at the beginning of a domain. */
  readonly cursor?: string;
}

/** Returns a position as the value of `--continue`. */
export const textOf = (position: VerifyPosition): string =>
  Buffer.from(JSON.stringify(position)).toString('base64url');

/** Returns the position in the value of `--continue`. */
export function positionOf(text: string): VerifyPosition {
  try {
    const position = JSON.parse(Buffer.from(text, 'base64url').toString()) as VerifyPosition;
    if (STEPS.includes(position.step)) return position;
  } catch {
    // The message below says what to do.
  }
  throw Failure.misused(
    'The position of --continue is not complete. Copy it from the last output of the verification.',
  );
}
