import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

const SCRIPT = path.join(__dirname, 'lint-texts.mjs');
const ROOT = path.join(__dirname, '../..');

const IMPURE: readonly (readonly [name: string, text: string])[] = [
  ['the clock', 'export const now = () => Date.now();'],
  ['the time of day', 'export const now = () => new Date();'],
  ['random numbers', 'export const pick = () => Math.random();'],
  ['generated ids', 'export const id = () => crypto.randomUUID();'],
  ['the environment', 'export const table = process.env.TABLE_NAME;'],
  ['timers', 'export const later = (act: () => void) => setTimeout(act, 1);'],
  ['the network', "export const get = () => fetch('https://example.com');"],
  ['the log', "export const log = () => console.log('x');"],
  ['globals by another name', 'export const now = () => globalThis.performance.now();'],
];
const PARSE_A_DATE = 'export const at = (text: string) => Date.parse(text);';

/** Returns the rules that refuse each text in a file. */
async function lint(file: string, texts: readonly string[]): Promise<string[][]> {
  const input = JSON.stringify(texts.map((text) => ({ file, text })));
  const { stdout } = await promisify(execFile)(process.execPath, [SCRIPT, input], { cwd: ROOT });
  return JSON.parse(stdout) as string[][];
}

let inProtocol: string[][];
let inService: string[][];
beforeAll(async () => {
  const texts = [...IMPURE.map(([, text]) => text), PARSE_A_DATE];
  inProtocol = await lint('shared/scim/probe.ts', texts);
  inService = await lint('shared/service/probe.ts', texts);
});

it.each(IMPURE.map(([name], index) => [name, index] as const))(
  'lint refuses %s in the protocol',
  (_, index) => {
    expect(inProtocol[index]).not.toEqual([]);
    expect(inService[index]).toEqual([]);
  },
);

it('the protocol may parse a date, which depends on nothing but the text', () => {
  expect(inProtocol.at(-1)).toEqual([]);
});
