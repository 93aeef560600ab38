import * as z from 'zod/mini';

/** The settings of the deployment for the content and the sender of its emails. */
export interface MailSettings {
  /** The verified SES address of the sender, such as `licenses@example.com`. */
  readonly sender: string;
  readonly productName: string;
  /** Accent color, `#rrggbb`. */
  readonly color: string;
  /** The address to which the reader writes for help. */
  readonly supportAddress: string;
  /** BCP 47 tag of the language for users whose language is unknown or has no templates. */
  readonly language: string;
  /** The name of the SES configuration set. */
  readonly configurationSet: string;
}

// The name is part of the headers Subject and From. A line break would start another header.
const oneLine = z.string().check(z.trim(), z.minLength(1), z.maxLength(64), z.regex(/^\P{Cc}*$/u));

const settingsSchema = z.object({
  sender: z.email(),
  productName: oneLine,
  color: z.string().check(z.regex(/^#[0-9a-f]{6}$/i)),
  supportAddress: z.email(),
  language: z.string().check(z.regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/)),
  configurationSet: z.string().check(z.regex(/^[A-Za-z0-9_-]{1,64}$/)),
});

/** Returns the settings from their JSON. Throws an error that lists the invalid settings. */
export function parseMailSettings(json: string): MailSettings {
  const result = settingsSchema.safeParse(JSON.parse(json));
  if (result.success) return result.data;
  const problems = result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new Error(`The email settings are invalid. ${problems.join(' ')}`);
}
