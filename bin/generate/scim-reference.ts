import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { scimProgram } from '../cli/program';
import { reference } from '../cli/reference';
import { processTerminal } from '../cli/terminal';

const REFERENCE_FILE = path.join(__dirname, '../../docs/cli.md');

// Keeps the hand-written introduction and replaces the generated reference after it.
const [introduction] = readFileSync(REFERENCE_FILE, 'utf8').split(/^## scim$/m, 1);
const program = scimProgram({ ...processTerminal(), env: {}, width: undefined });
writeFileSync(REFERENCE_FILE, `${introduction}${reference(program)}`);
