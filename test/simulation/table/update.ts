import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import {
  type Operand,
  type Path,
  readOperand,
  readPath,
  resolvePath,
  type Scope,
  Tokens,
} from './expression';
import type { StoredItem } from './values';

type Action = (scope: Scope, target: Record<string, AttributeValue>) => void;

const updates = new Map<string, readonly Action[]>();

/** Returns the item after an update. The values that the update refers to are those before it. */
export function updated(expression: string | undefined, scope: Scope): StoredItem {
  const target = { ...scope.item };
  if (expression === undefined) return target;
  let actions = updates.get(expression);
  if (!actions) updates.set(expression, (actions = readUpdate(new Tokens(expression))));
  for (const act of actions) act(scope, target);
  return target;
}

const CLAUSES: Readonly<Record<string, (tokens: Tokens) => Action>> = {
  SET: readSet,
  REMOVE: readRemove,
  ADD: readAdd,
  DELETE: readDelete,
};

function readUpdate(tokens: Tokens): Action[] {
  const actions: Action[] = [];
  while (tokens.next !== '') {
    const keyword = tokens.take();
    const read = CLAUSES[keyword.toUpperCase()];
    if (!read) throw new Error(`The simulated table does not know the clause "${keyword}".`);
    do actions.push(read(tokens));
    while (tokens.accept(','));
  }
  return actions;
}

/** Returns the name of the attribute of a path. The product changes whole attributes only. */
function attributeOf(path: Path, scope: Scope): string {
  const [name = '', ...inner] = resolvePath(path, scope);
  if (inner.length > 0) throw new Error('The simulated table changes no part of an attribute.');
  return name;
}

function readSet(tokens: Tokens): Action {
  const path = readPath(tokens);
  tokens.expect('=');
  let value = readSetOperand(tokens);
  while (tokens.next === '+' || tokens.next === '-') {
    const sign = tokens.take() === '+' ? 1 : -1;
    const [left, right] = [value, readSetOperand(tokens)];
    value = (scope) => ({ N: String(Number(left(scope)?.N) + sign * Number(right(scope)?.N)) });
  }
  return (scope, target) => {
    const result = value(scope);
    if (result === undefined)
      throw new Error('An update refers to an attribute that the item does not have.');
    target[attributeOf(path, scope)] = result;
  };
}

function readSetOperand(tokens: Tokens): Operand {
  if (!tokens.accept('IF_NOT_EXISTS')) return readOperand(tokens);
  tokens.expect('(');
  const stored = readOperand(tokens);
  tokens.expect(',');
  const otherwise = readSetOperand(tokens);
  tokens.expect(')');
  return (scope) => stored(scope) ?? otherwise(scope);
}

function readRemove(tokens: Tokens): Action {
  const path = readPath(tokens);
  return (scope, target) => {
    delete target[attributeOf(path, scope)];
  };
}

function readAdd(tokens: Tokens): Action {
  const path = readPath(tokens);
  const operand = readOperand(tokens);
  return (scope, target) => {
    const name = attributeOf(path, scope);
    const [before, added] = [scope.item[name], operand(scope)];
    target[name] =
      added?.SS !== undefined
        ? { SS: [...new Set([...(before?.SS ?? []), ...added.SS])] }
        : { N: String(Number(before?.N ?? 0) + Number(added?.N)) };
  };
}

function readDelete(tokens: Tokens): Action {
  const path = readPath(tokens);
  const operand = readOperand(tokens);
  return (scope, target) => {
    const name = attributeOf(path, scope);
    const removed = operand(scope)?.SS ?? [];
    const left = (scope.item[name]?.SS ?? []).filter((element) => !removed.includes(element));
    if (left.length > 0) target[name] = { SS: left };
    else delete target[name];
  };
}
