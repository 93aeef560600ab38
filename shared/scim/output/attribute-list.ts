/**
 * Splits a list of attribute names (RFC 7644 §3.9) at its commas, and removes value filters: Microsoft's
 * Postman collection sends `attributes=emails[type eq "work"]`, and a projection selects whole attributes.
 */
export function parseAttributeList(text: string): string[] {
  const names: string[] = [];
  let name = '';
  let isInFilter = false;
  let isQuoted = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at] as string;
    if (isQuoted) {
      if (character === '\\') at++;
      else if (character === '"') isQuoted = false;
    } else if (isInFilter) {
      if (character === '"') isQuoted = true;
      else if (character === ']') isInFilter = false;
    } else if (character === '[') isInFilter = true;
    else if (character !== ',') name += character;
    else {
      names.push(name.trim());
      name = '';
    }
  }
  return [...names, name.trim()];
}
