/** An update that sets each of `values` and takes the attributes `removed` away; `others` are values of its condition. */
export function setExpression(
  values: Readonly<Record<string, unknown>>,
  removed: readonly string[] = [],
  others: Readonly<Record<string, unknown>> = {},
) {
  const set = Object.entries(values).filter(([, value]) => value !== undefined);
  const names = [...set.map(([name]) => name), ...removed];
  return {
    UpdateExpression:
      `SET ${set.map(([name]) => `#${name} = :${name}`).join(', ')}` +
      (removed.length > 0 ? ` REMOVE ${removed.map((name) => `#${name}`).join(', ')}` : ''),
    ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
    ExpressionAttributeValues: {
      ...Object.fromEntries(set.map(([name, value]) => [`:${name}`, value])),
      ...others,
    },
  };
}
