import type { Command } from 'commander';
import type { Cli } from '../../cli';
import { formatTime } from '../../columns';
import { addCommand, addNoun } from '../../command';
import { addYesOption } from '../../options/common-options';
import { rotateDeriving } from './rotate';

/** Adds `token-secret rotate`, which is `secret rotate access-token`. */
export function addTokenSecretCommands(program: Command, cli: Cli): void {
  const noun = addNoun(
    program,
    cli,
    'token-secret',
    'the secret from which access tokens are derived; needs AWS credentials',
  );
  addYesOption(
    addCommand(noun, cli, {
      usage: 'rotate',
      description:
        'rotate the secret, as `secret rotate access-token` does; tokens that were issued stay valid until they expire, ' +
        'in at most six hours. SCIM keys and client secrets do not change',
      examples: ['token-secret rotate', 'token-secret rotate --end-tokens --yes'],
    }).option(
      '--end-tokens',
      'end the former secret, because somebody may know it: all access tokens stop working within ten minutes, and ' +
        'requests can fail during the first five',
    ),
  ).action(async (options: { yes?: boolean; endTokens?: boolean }) => {
    const { endTokens = false } = options;
    await cli.confirm(
      endTokens
        ? 'Replace the secret? All access tokens stop working, and clients must request new ones.'
        : 'Rotate the secret of access tokens?',
      options,
    );
    const rotation = await rotateDeriving(cli, 'access-token', { endFormer: endTokens });
    const text = endTokens
      ? 'The secret was replaced. No access token that was issued before works in ten minutes.'
      : `Functions use the new secret from ${formatTime(rotation.usedFrom)}, and accept tokens of the former one until they expire.`;
    cli.print(rotation, () => [text]);
  });
}
