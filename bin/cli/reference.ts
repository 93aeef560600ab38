import type { Command } from 'commander';

/** Markdown: a section for each noun and each command, with its help as it is printed. */
export function reference(program: Command): string {
  const sections = [program, ...program.commands.flatMap((noun) => [noun, ...noun.commands])];
  return sections.map(section).join('\n');
}

function section(command: Command): string {
  const name = nameOf(command);
  const level = '#'.repeat(Math.min(name.split(' ').length + 1, 3));
  let help = '';
  // The first section has the options that all take.
  command.configureHelp({ ...command.configureHelp(), showGlobalOptions: false });
  command.configureOutput({ writeOut: (text) => (help += text) });
  command.outputHelp();
  return `${level} ${name}\n\n\`\`\`text\n${help.trim()}\n\`\`\`\n`;
}

/** With those of what it belongs to. */
const nameOf = (command: Command): string =>
  command.parent ? `${nameOf(command.parent)} ${command.name()}` : command.name();
