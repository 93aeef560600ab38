import * as z from 'zod/mini';

/** What the mails say and who sends them; comes from the deployment's configuration. */
export interface MailSettings {
  /** The verified SES address that sends, e.g. `licenses@example.com`. */
  readonly sender: string;
  readonly productName: string;
  /** Accent colour, `#rrggbb`. */
  readonly colour: string;
  /** Where a reader asks for help. */
  readonly supportAddress: string;
  /** Of those whose language is not known, or has no templates; BCP 47. */
  readonly language: string;
  /** Name of the SES configuration set. */
  readonly configurationSet: string;
}

// The name goes into a subject and a sender's name: a line break there would begin another header.
const oneLine = z.string().check(z.trim(), z.minLength(1), z.maxLength(64), z.regex(/^\P{Cc}*$/u));

const settingsSchema = z.object({
  sender: z.email(),
  productName: oneLine,
  colour: z.string().check(z.regex(/^#[0-9a-f]{6}$/i)),
  supportAddress: z.email(),
  language: z.string().check(z.regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/)),
  configurationSet: z.string().check(z.regex(/^[A-Za-z0-9_-]{1,64}$/)),
});

/** Reads settings from JSON; throws an error that says what is wrong with them. */
export function parseMailSettings(json: string): MailSettings {
  const result = settingsSchema.safeParse(JSON.parse(json));
  if (result.success) return result.data;
  const problems = result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new Error(`The mail settings are not valid. ${problems.join(' ')}`);
}
