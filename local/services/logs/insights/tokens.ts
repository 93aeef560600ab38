import type { Language } from '../../../host/token-reader';

/** The language of Logs Insights. Its keywords are found in any case. */
export const QUERY: Language = {
  name: 'query',
  token:
    /\s*(?:#[^\n]*\n\s*)*(\/(?:\\.|[^/\\\n])+\/i?|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`[^`]+`|\d+[smhd]\b|\d+(?:\.\d+)?|@?[A-Za-z_][\w]*(?:\.[A-Za-z_@][\w]*)*|!=|<=|>=|=~|[|=<>(),[\]*+/%^-])/y,
  keywordOf: (token) => token.toLowerCase(),
};
