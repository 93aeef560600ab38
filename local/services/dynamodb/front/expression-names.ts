import type { WireRequest } from './wire';

const TOKEN = /:\w+|#?[A-Za-z_]\w*(?:\[\d+\]|\.#?[A-Za-z_]\w*)*\s*\(?/g;
const KEYWORD = /^(SET|REMOVE|ADD|DELETE|AND|OR|NOT|IN|BETWEEN)$/i;

/** Returns the names of the top-level attributes that a request mentions, for `dynamodb:Attributes`. */
export function attributesOf(request: WireRequest): string[] {
  const { Key, Item, AttributesToGet = [], KeyConditions, ExpressionAttributeNames = {} } = request;
  const expressions = [
    request.KeyConditionExpression,
    request.ConditionExpression,
    request.FilterExpression,
    request.ProjectionExpression,
    request.UpdateExpression,
  ];
  const mentioned = expressions.flatMap((expression) => namesIn(expression ?? '', ExpressionAttributeNames));
  const listed = [Key, Item, KeyConditions].flatMap((part) => Object.keys(part ?? {}));
  return [...new Set([...listed, ...AttributesToGet, ...mentioned])];
}

function namesIn(expression: string, names: Readonly<Record<string, string>>): string[] {
  return (expression.match(TOKEN) ?? []).flatMap((token) => {
    // A name before a parenthesis is a function or an operator.
    if (token.startsWith(':') || token.endsWith('(')) return [];
    const [name = ''] = token.trim().split(/[.[]/);
    if (KEYWORD.test(name)) return [];
    return names[name] ?? name;
  });
}
