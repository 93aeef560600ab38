import { randomInt } from 'node:crypto';
import * as z from 'zod';

const CLASSES = {
  lower: 'abcdefghijklmnopqrstuvwxyz',
  upper: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
  digits: '0123456789',
  punctuation: '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~',
};

export const GenerateSecretString = z.object({
  PasswordLength: z.number().default(32),
  ExcludeLowercase: z.boolean().default(false),
  ExcludeUppercase: z.boolean().default(false),
  ExcludeNumbers: z.boolean().default(false),
  ExcludePunctuation: z.boolean().default(false),
  ExcludeCharacters: z.string().default(''),
  IncludeSpace: z.boolean().default(false),
  RequireEachIncludedType: z.boolean().default(true),
  SecretStringTemplate: z.string().optional(),
  GenerateStringKey: z.string().optional(),
});
export type GenerateSecretString = z.infer<typeof GenerateSecretString>;

/** Generates a password, or the JSON of a template with a password in it, as Secrets Manager does. */
export function generateSecretString(settings: GenerateSecretString): string {
  const password = randomPassword(settings);
  const { SecretStringTemplate, GenerateStringKey } = settings;
  if (SecretStringTemplate === undefined || GenerateStringKey === undefined) return password;
  return JSON.stringify({ ...(JSON.parse(SecretStringTemplate) as object), [GenerateStringKey]: password });
}

function randomPassword(settings: GenerateSecretString): string {
  const classes = [
    settings.ExcludeLowercase ? '' : CLASSES.lower,
    settings.ExcludeUppercase ? '' : CLASSES.upper,
    settings.ExcludeNumbers ? '' : CLASSES.digits,
    settings.ExcludePunctuation ? '' : CLASSES.punctuation,
    settings.IncludeSpace ? ' ' : '',
  ]
    .map((characters) =>
      [...characters].filter((character) => !settings.ExcludeCharacters.includes(character)),
    )
    .filter((characters) => characters.length > 0);
  const all = classes.flat();
  if (all.length === 0) throw new Error('A generated secret has no characters to choose from.');
  for (;;) {
    const password = Array.from({ length: settings.PasswordLength }, () => all[randomInt(all.length)]);
    const hasAll = classes.every((characters) =>
      password.some((character) => characters.includes(character ?? '')),
    );
    if (hasAll || !settings.RequireEachIncludedType || password.length < classes.length)
      return password.join('');
  }
}
