import type { Option } from 'commander';

/** Flags that npm has, too, so they may be in the configuration of a user. */
const FLAGS_OF_NPM: ReadonlySet<string> = new Set(['verbose']);

/**
 * Returns the intended command of a user who omitted `--` before flags; undefined if there are no flags. npm
 * passes such flags on as variables: `--fresh` as `true`, `--no-synth` as an empty text, and `--port=4000` as
 * `4000`. It splits `--port 4000` into the variable `true` and the argument `4000`.
 */
export function intendedCommand(
  options: readonly Pick<Option, 'long' | 'required' | 'negate'>[],
  env: NodeJS.ProcessEnv,
  args: readonly string[],
): string | undefined {
  const taken = options.flatMap(({ long, required, negate }) => {
    const name = long?.replace(/^--(no-)?/, '') ?? '';
    const value = env[`npm_config_${name.replaceAll('-', '_')}`];
    return value === undefined || FLAGS_OF_NPM.has(name)
      ? []
      : [{ long, takesValue: required && !negate, value }];
  });
  if (taken.length === 0) return undefined;
  const split = taken.filter(({ takesValue, value }) => takesValue && value === 'true');
  // npm does not say to which of several flags an argument belongs.
  const isClear = split.length <= 1 && args.length === split.length;
  const flags = taken.map(({ long, takesValue, value }) => {
    if (!takesValue) return long;
    return `${long} ${value !== 'true' ? value : isClear ? args[0] : '<value>'}`;
  });
  return ['npm start --', ...flags, ...(isClear || split.length > 0 ? [] : args)].join(' ');
}
