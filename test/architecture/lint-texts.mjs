/**
 * Lints texts as if they were files of the repository. The argument is JSON, `[{ "file", "text" }]`; the
 * output is JSON, the rules that refuse each text. Rules that need types are off, because the files do not
 * exist.
 */
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';

const eslint = new ESLint({ overrideConfig: [tseslint.configs.disableTypeChecked] });
const rules = [];
for (const { file, text } of JSON.parse(process.argv[2])) {
  const [result] = await eslint.lintText(text, { filePath: file });
  rules.push(result.messages.map(({ ruleId, message }) => ruleId ?? message));
}
console.log(JSON.stringify(rules));
